"""Finding a place: by any part of its name for the picker, by similarity for imports.

Places are public facts, so these reads need no scope; the office is only who comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from pulih.access.models import Office
from pulih.people.models import Region
from pulih.people.models.region import bare_name, dotted, parent_code

# Other apps read places from here.
from pulih.people.places import known_codes as known_codes

PICKER_ROWS = 20
CANDIDATES = 5
# A typed place below the first is not worth showing; at the second it may be taken without asking,
# if no other comes near.
WORTH_SHOWING = 70.0
SURE = 90.0
MARGIN = 6.0
ABBREVIATED = 3  # letters that a shortened name keeps at least


def search_regions(text: str, *, office: Office, deepest_only: bool = False) -> list[Region]:
    """Places with the text anywhere in their name, at most 20.

    A whole name comes before a beginning, a beginning before a part, and the office's own regency
    before the rest of the country. More words than one may name the places above
    ("babadan pangkur").
    """
    name = bare_name(text)
    if not name:
        return []
    found = Region.objects.filter(_contains(name), in_force=True)
    if deepest_only:
        found = found.filter(level=Region.Level.VILLAGE)
    # Two steps: the walk over all names stays inside the index, only what is shown is read whole.
    ranked = found.annotate(rank=_rank(name, office.region_code))
    codes = list(
        ranked.order_by("rank", "-level", "code").values_list("code", flat=True)[:PICKER_ROWS]
    )
    rows = with_places_above(Region.objects.filter(pk__in=codes))
    by_code = {row.code: row for row in rows}
    return [by_code[code] for code in codes]


def with_places_above(rows: QuerySet[Region]) -> QuerySet[Region]:
    """The rows with the places above them read at once, for `place_hint`."""
    return rows.select_related("parent__parent__parent")


def place_hint(region: Region, office: Office) -> str:
    """The places above a place, as far as the office needs them to tell it from its namesakes."""
    names: list[str] = []
    above = region.parent
    while above is not None and not (names and above.code == office.region_code):
        if above.level == Region.Level.DISTRICT:
            names.append(_("%(name)s district") % {"name": above.name})
        elif above.code != parent_code(office.region_code):
            names.append(above.name)
        above = above.parent
    return ", ".join(names)


def get_place(code: str) -> Region | None:
    """The place of a code, with or without dots, in force or not."""
    try:
        return with_places_above(Region.objects.filter(pk=dotted(code))).first()
    except ValueError:
        return None


def _contains(name: str) -> Q:
    words = name.split()
    whole = Q(search_name__contains=name)
    if len(words) == 1:
        return whole
    every, some = Q(), Q()
    for word in words:
        every &= Q(path__contains=word)
        some |= Q(search_name__contains=word)
    return whole | (every & some)


def _rank(name: str, home: str) -> Case:
    """Twice the kind of match, and three more for places outside the office's regency."""
    at_home = Q(code__startswith=f"{home}.") | Q(code=home)
    words = name.split()
    kinds = (
        Q(search_name=name),
        Q(search_name__startswith=name) | Q(search_name=words[0]),
        Q(search_name__contains=f" {name}"),
        Q(),
    )
    whens = []
    for step, kind in enumerate(kinds):
        whens.append(When(kind & at_home, then=Value(2 * step)))
        whens.append(When(kind & ~at_home, then=Value(2 * step + 3)))
    return Case(*whens, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that a typed text may mean, with the likeness (0–100)."""

    code: str
    name: str
    district: str
    score: float


@dataclass
class PlaceMatcher:
    """Matches freely typed districts and villages of one regency; made once for an import.

    Every distinct text is compared once.
    """

    districts: Mapping[str, str]
    villages: Mapping[str, str]
    _seen: dict[tuple[str, str | None], tuple[PlaceCandidate, ...]] = field(default_factory=dict)

    def match_district(self, text: str) -> tuple[PlaceCandidate, ...]:
        """Districts that the text may mean, the likeliest first; a code counts as certain."""
        return self._match(text, "district", self.districts)

    def match_village(self, text: str, district: str | None = None) -> tuple[PlaceCandidate, ...]:
        """Villages that the text may mean, inside a district (its code) if that is known."""
        # Asked for every row of a list: the places are cut down only for a text not seen before.
        if (text, district) in self._seen:
            return self._seen[text, district]
        places = self.villages
        if district:
            places = {code: name for code, name in places.items() if code.startswith(district)}
        return self._match(text, district, places)

    def _match(
        self, text: str, where: str | None, places: Mapping[str, str]
    ) -> tuple[PlaceCandidate, ...]:
        key = (text, where)
        if key not in self._seen:
            self._seen[key] = tuple(self._candidates(text, places))
        return self._seen[key]

    def _candidates(self, text: str, places: Mapping[str, str]) -> list[PlaceCandidate]:
        code = _code(text)
        if code in places:
            return [self._candidate(code, 100.0)]
        name = bare_name(text)
        if not name:
            return []
        scored = [(_likeness(name, bare_name(place)), code) for code, place in places.items()]
        near = sorted((-score, code) for score, code in scored if score >= WORTH_SHOWING)
        return [self._candidate(code, round(-score, 1)) for score, code in near[:CANDIDATES]]

    def _candidate(self, code: str, score: float) -> PlaceCandidate:
        name = self.villages.get(code) or self.districts[code]
        return PlaceCandidate(code, name, self.districts.get(code[:8], ""), score)


def place_matcher(regency: str) -> PlaceMatcher:
    """The matcher for a regency, by its code."""
    inside = Region.objects.filter(code__startswith=f"{regency}.", in_force=True)
    names = {
        level: dict(inside.filter(level=level).values_list("code", "name")) for level in (3, 4)
    }
    return PlaceMatcher(districts=names[3], villages=names[4])


def match_district(text: str, *, office: Office) -> tuple[PlaceCandidate, ...]:
    """Districts of the office's regency that the text may mean."""
    return place_matcher(office.region_code).match_district(text)


def match_village(
    text: str, *, office: Office, district: str | None = None
) -> tuple[PlaceCandidate, ...]:
    """Villages of the office's regency that the text may mean."""
    return place_matcher(office.region_code).match_village(text, district)


def settled(candidates: Iterable[PlaceCandidate]) -> PlaceCandidate | None:
    """The candidate that may be taken without asking: like enough, and far before the next."""
    first, *others = [*candidates, None]
    if first is None or first.score < SURE:
        return None
    second = others[0] if others else None
    return first if second is None or first.score - second.score >= MARGIN else None


def _code(text: str) -> str:
    try:
        return dotted(text)
    except ValueError:
        return ""


def _likeness(typed: str, name: str) -> float:
    """How alike two names are: slips, doubled and swapped letters, dropped vowels."""
    if typed == name:
        return 100.0
    squeezed = typed.replace(" ", ""), name.replace(" ", "")
    slips = fuzz.ratio(*squeezed)
    beginning = 95 * JaroWinkler.similarity(*squeezed)
    return min(99.0, max(slips, beginning, _shortened(*squeezed)))


def _shortened(typed: str, name: str) -> float:
    """A likeness for names written without some letters: "kdgalar" for "kedunggalar"."""
    if len(typed) < ABBREVIATED or len(typed) >= len(name) or typed[0] != name[0]:
        return 0.0
    letters = iter(name)
    if not all(letter in letters for letter in typed):
        return 0.0
    return 80 + 15 * len(typed) / len(name)
