"""The family and the surroundings of a client: from the registry, the referrals and the needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from pulih.access.models import User
from pulih.cases.drawing.figures import (
    CLIENT,
    Bond,
    Family,
    Figure,
    Place,
    Sign,
    Strength,
    Tie,
)
from pulih.cases.drawing.store import Sketch, read_sketch
from pulih.cases.models import Case, FamilyChart, Referral
from pulih.common.clock import today
from pulih.people.models import Kinship, Person
from pulih.people.queries import sheet

R = Kinship.Relation

LEVELS = {
    R.FATHER: -1,
    R.MOTHER: -1,
    R.GUARDIAN: -1,
    R.UNCLE_AUNT: -1,
    R.GRANDPARENT: -2,
    R.SPOUSE: 0,
    R.SIBLING: 0,
    R.IN_LAW: 0,
    R.CHILD: 1,
    R.GRANDCHILD: 2,
}
"""The generation of a relative, seen from the client; who is not here stands in the ecomap."""

_ORDER: Mapping[str, int] = {
    relation: number
    for number, relation in enumerate(relation for relation in R if relation != R.GUARDIAN)
}
COUPLE = (R.FATHER, R.MOTHER)
SIGN_OF_RELATION = {R.FATHER: Sign.MAN, R.MOTHER: Sign.WOMAN}


def sketch_of(case: Case) -> Sketch:
    """What was drawn by hand for a case."""
    chart = FamilyChart.objects.filter(case=case).first()
    return read_sketch(chart.content if chart else None)


def read_along(case: Case) -> Sketch:
    """The same, of a case that was read with its chart by `get_case`."""
    chart = getattr(case, "chart", None)
    return read_sketch(chart.content if chart else None)


def family_of(
    case: Case, sketch: Sketch, *, user: User, kin: Sequence[sheet.Relative] | None = None
) -> Family:
    """The family of the client: kin and family card of the registry, and what was added by hand.

    Nobody learns here of an entry in another compartment than that of the case's own person.

    Args:
        kin: from `relatives_of`, where they were read already.
    """
    known = relatives_of(case) if kin is None else kin
    relatives = [one for one in known if one.row.relation in LEVELS]
    home = {one.pk: one for one in sheet.household_of(case.person, user=user)}
    figures = [_client(case)]
    figures += [_relative(one, home) for one in relatives]
    drawn = {one.other.pk for one in relatives if one.other is not None}
    figures += [
        _figure(str(person.pk), person, level=0, at_home=True)
        for pk, person in home.items()
        if pk not in drawn
    ]
    figures += sketch.figures
    return Family(tuple(figures), tuple(_ties(relatives, figures, sketch)))


def surroundings_of(
    case: Case, sketch: Sketch, *, user: User, kin: Sequence[sheet.Relative] | None = None
) -> list[Place]:
    """People and institutions around the client, each once by name; `kin` as in `family_of`."""
    found: dict[str, Place] = {}
    for name, note in _named_around(case, relatives_of(case) if kin is None else kin, user):
        key = name.casefold()
        if name and key not in found:
            found[key] = Place(key, name, note, sketch.strengths.get(key, Strength.PLAIN))
    for place in sketch.places:
        strength = sketch.strengths.get(place.key, Strength.PLAIN)
        found.setdefault(place.key, Place(place.key, place.name, "", strength, drawn=True))
    return list(found.values())


def relatives_of(case: Case) -> list[sheet.Relative]:
    """Kin of the entry that the case holds, and of the open entry of the same person."""
    found = sheet.relatives_of(case.person)
    if case.open_entry is not None:
        found += sheet.relatives_of(case.open_entry)
    return _once(found)


def _once(relatives: Sequence[sheet.Relative]) -> list[sheet.Relative]:
    """Somebody who is kin in two ways, such as mother and guardian, is drawn once."""
    found: dict[object, sheet.Relative] = {}
    for one in sorted(relatives, key=lambda one: _ORDER.get(R(one.row.relation), len(_ORDER))):
        found.setdefault(one.other.pk if one.other else one.row.pk, one)
    return list(found.values())


def _client(case: Case) -> Figure:
    return _figure(CLIENT, case.person, level=0, at_home=False)


def _figure(key: str, person: Person, *, level: int, at_home: bool, note: str = "") -> Figure:
    sign = {Person.Sex.MALE: Sign.MAN, Person.Sex.FEMALE: Sign.WOMAN}
    return Figure(
        key=key,
        name=person.name,
        sign=sign.get(Person.Sex(person.sex), Sign.UNKNOWN) if person.sex else Sign.UNKNOWN,
        age=_age(person),
        note=note,
        level=level,
        is_dead=person.status == Person.Status.DECEASED,
        at_home=at_home,
    )


def _age(person: Person) -> str:
    if person.birth is None or person.status == Person.Status.DECEASED:
        return ""
    lowest, highest = person.birth.age_on(today())
    return str(lowest) if lowest == highest else f"±{(lowest + highest) // 2}"


def _relative(one: sheet.Relative, home: Mapping[UUID, Person]) -> Figure:
    relation = R(one.row.relation)
    note = str(relation.label)
    level = LEVELS[relation]
    if one.other is None:
        sign = SIGN_OF_RELATION.get(relation, Sign.UNKNOWN)
        return Figure(str(one.row.pk), one.name, sign=sign, note=note, level=level)
    at_home = one.other.pk in home
    return _figure(str(one.row.pk), one.other, level=level, at_home=at_home, note=note)


def _ties(
    relatives: Sequence[sheet.Relative], figures: Sequence[Figure], sketch: Sketch
) -> Iterator[Tie]:
    """Who belongs to whom; what a hand drew between two people goes before what was assumed."""
    drawn = {frozenset((tie.a, tie.b)) for tie in sketch.ties}
    rooted = {key for tie in sketch.ties if tie.bond != Bond.OTHER for key in (tie.a, tie.b)}
    known = [tie for tie in _known_ties(relatives) if frozenset((tie.a, tie.b)) not in drawn]
    tied = {key for tie in known for key in (tie.a, tie.b)} | rooted
    for tie in known:
        # Where a hand has shown through whom somebody belongs, the loose line goes.
        if tie.bond != Bond.OTHER or tie.a not in rooted:
            yield tie
    for figure in figures:
        if figure.key not in tied and not figure.is_client:
            yield Tie(Bond.OTHER, figure.key, CLIENT)
    yield from sketch.ties


def _known_ties(relatives: Sequence[sheet.Relative]) -> Iterator[Tie]:
    by_relation: dict[str, list[str]] = {}
    for one in relatives:
        by_relation.setdefault(one.row.relation, []).append(str(one.row.pk))
    parents = by_relation.get(R.FATHER, [])[:1] + by_relation.get(R.MOTHER, [])[:1]
    if len(parents) == len(COUPLE):
        yield Tie(Bond.MARRIED, parents[0], parents[1])
    for relation, keys in by_relation.items():
        for key in keys:
            yield from _tie_to_client(R(relation), key, parents)


def _tie_to_client(relation: Kinship.Relation, key: str, parents: Sequence[str]) -> Iterator[Tie]:
    if relation in COUPLE:
        yield Tie(Bond.PARENT, key, CLIENT)
    elif relation == R.SPOUSE:
        yield Tie(Bond.MARRIED, CLIENT, key)
    elif relation == R.CHILD:
        yield Tie(Bond.PARENT, CLIENT, key)
    elif relation == R.SIBLING and parents:
        yield from (Tie(Bond.PARENT, parent, key) for parent in parents)
    elif relation == R.SIBLING:
        yield Tie(Bond.SIBLING, CLIENT, key)
    else:
        yield Tie(Bond.OTHER, key, CLIENT)


def _named_around(
    case: Case, kin: Sequence[sheet.Relative], user: User
) -> Iterator[tuple[str, str]]:
    for one in kin:
        if one.row.relation not in LEVELS:
            yield one.name.strip(), str(R(one.row.relation).label)
    for contact in case.person.contacts.all():
        yield str(contact.owner).strip(), str(contact.get_kind_display())
    sent = Referral.objects.visible_to(user).filter(case=case).select_related("to_section")
    for referral in sent.exclude(state__in=[Referral.State.DRAFT, Referral.State.WITHDRAWN]):
        yield referral.asked_name.strip(), str(referral.get_target_display())
    for need in case.needs.exclude(helper=""):
        yield need.helper.strip(), str(need.get_kind_display())
