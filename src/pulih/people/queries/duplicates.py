"""Reads of possible duplicates: the list, one pair side by side, the search for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.common.clock import today
from pulih.people import ages, evidence
from pulih.people import pairs as evidence_of
from pulih.people.models import (
    DuplicatePair,
    DuplicateScan,
    Identifier,
    Judgement,
    Kinship,
    Merge,
    Person,
    Region,
)

UNKNOWN = "missing"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a line of the list says of a pair: what speaks for it, what against."""

    pair: DuplicatePair
    agrees: tuple[str, ...]
    differs: tuple[str, ...]

    @property
    def percent(self) -> int:
        """The probability as a whole percentage, never quite certain."""
        return min(99, max(1, round(self.pair.score * 100)))


def list_pairs(*, user: User, state: str) -> QuerySet[DuplicatePair]:
    """Pairs of entries that both stand, in a state, the likeliest first."""
    return _standing(user).filter(state=state).select_related("first", "second")


def count_pairs(*, user: User) -> Mapping[str, int]:
    """How many pairs are in each state."""
    rows = _standing(user).order_by().values_list("state")
    return dict(rows.annotate(Count("pk")))


def _standing(user: User) -> QuerySet[DuplicatePair]:
    rows = DuplicatePair.objects.visible_to(user)
    return rows.filter(first__merged_into=None, second__merged_into=None)


def get_pair(pk: UUID, *, user: User) -> DuplicatePair:
    """One pair of two standing entries, or 404."""
    pair = _standing(user).select_related("first", "second").filter(pk=pk).first()
    if pair is None:
        raise Http404(_("There is no such pair."))
    return pair


def last_judgement(first: Person, second: Person, *, user: User) -> Judgement | None:
    """What was said of two entries most recently, if anything."""
    low, high = sorted((first.pk, second.pk))
    rows = Judgement.objects.visible_to(user).filter(first=low, second=high)
    return rows.select_related("by").order_by("at", "pk").last()


def summaries(pairs: Iterable[DuplicatePair]) -> list[Summary]:
    """The pairs of one page with their reasons in words."""
    return [_summary(pair) for pair in pairs]


def _summary(pair: DuplicatePair) -> Summary:
    lines = evidence.lines(evidence_of.opened(pair.evidence), {})
    agrees = tuple(line.label for line in lines if line.verdict in ("agrees", "near"))
    differs = tuple(line.label for line in lines if line.verdict == "differs")
    return Summary(pair, agrees, differs)


def side_by_side(first: Person, second: Person) -> list[evidence.Line]:
    """Two entries compared as they are now: what agrees, what differs, what one does not say."""
    found = evidence_of.opened(evidence_of.compare(first, second, today=today()))
    turned = first.pk > second.pk
    places = _names_of(evidence.codes_in(found))
    lines = [_turned(line) if turned else line for line in evidence.lines(found, places)]
    told = {line.label for line in lines}
    both = [_told(person) for person in (first, second)]
    for label, left in both[0].items():
        right = both[1][label]
        if label not in told and (left or right):
            lines.append(evidence.Line(label, left, right, _unweighed(left, right), ""))
        elif label in told and label in _shown_numbers():
            lines = [_with_values(line, left, right, label) for line in lines]
        elif label == str(evidence.LABELS["name"]):
            lines = [_with_whole_names(line, left, right, label) for line in lines]
    return lines


def _turned(line: evidence.Line) -> evidence.Line:
    return evidence.Line(line.label, line.right, line.left, line.verdict, line.because)


def _with_values(line: evidence.Line, left: str, right: str, label: str) -> evidence.Line:
    """The numbers themselves, masked; the engine compares them without being told."""
    if line.label != label:
        return line
    return evidence.Line(label, left, right, line.verdict, line.because)


def _with_whole_names(line: evidence.Line, left: str, right: str, label: str) -> evidence.Line:
    """The names in full around the words that were compared; an alias that was compared stays."""
    if line.label != label:
        return line
    whole = [
        own if part.casefold() in own.casefold() else part
        for own, part in ((left, line.left), (right, line.right))
    ]
    return evidence.Line(label, whole[0], whole[1], line.verdict, line.because)


def _unweighed(left: str, right: str) -> str:
    """The verdict on what the engine does not weigh, or what one of the two does not say."""
    if not (left and right):
        return UNKNOWN
    return "agrees" if left.casefold() == right.casefold() else "differs"


def _shown_numbers() -> set[str]:
    kinds = (Identifier.Kind.NIK, Identifier.Kind.KK, Identifier.Kind.BPJS)
    return {str(kind.label) for kind in kinds}


def _told(person: Person) -> dict[str, str]:
    """What an entry says of each thing that is compared, by its label."""
    labels = evidence.LABELS
    home = _names_of({person.home_code} - {""})
    told = {
        str(labels["name"]): person.own_name,
        str(labels["sex"]): str(person.get_sex_display()),
        str(labels["birth"]): ages.birth_text(person),
        str(labels["place"]): home.get(person.home_code, ""),
    }
    for kind in (Identifier.Kind.NIK, Identifier.Kind.KK, Identifier.Kind.BPJS):
        numbers = [row.masked for row in person.identifiers.all() if row.kind == kind]
        told[str(kind.label)] = ", ".join(dict.fromkeys(numbers))
    for relation in (Kinship.Relation.MOTHER, Kinship.Relation.FATHER):
        names = [str(kin.other_name) for kin in person.kin.all() if kin.relation == relation]
        told[str(relation.label)] = ", ".join(name for name in names if name)
    told[_("Place of birth")] = person.birth_place
    return told


def _names_of(codes: Iterable[str]) -> dict[str, str]:
    """Places with the one above, so that namesakes are told apart."""
    rows = Region.objects.filter(pk__in=list(codes)).select_related("parent")
    return {row.code: f"{row.name}, {row.parent.name}" if row.parent else row.name for row in rows}


def list_merges(*, user: User) -> QuerySet[Merge]:
    """Merges that stand, the latest first."""
    rows = Merge.objects.visible_to(user).filter(undone_at=None)
    return rows.select_related("kept", "absorbed", "by")


def last_scan(*, user: User) -> DuplicateScan | None:
    """The search of the office's registry that runs now, or the last one."""
    return DuplicateScan.objects.filter(office=user.office_id).first()
