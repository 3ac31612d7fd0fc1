"""People as the identity engine compares them."""

from __future__ import annotations

from collections.abc import Iterable

from jejak.birth import BirthDate
from jejak.records import Record
from pulih.people.models import Identifier, Person
from pulih.people.storage.numbers import index_of, normal_form

COMPARED = (Identifier.Kind.NIK, Identifier.Kind.KK, Identifier.Kind.BPJS)
"""The numbers that say something about who a person is."""


def token(kind: str, index: str) -> str:
    """A number for the engine: its kind and its digest, never the number."""
    return f"{kind}:{index}"


def make_record(
    key: str,
    *,
    names: Iterable[str],
    sex: str = "",
    birth: BirthDate | None = None,
    places: Iterable[str | None] = (),
    relatives: Iterable[tuple[str, str]] = (),
    identifiers: Iterable[str] = (),
) -> Record:
    """A record without its empty parts."""
    return Record(
        id=key,
        names=tuple(dict.fromkeys(name for name in names if name.strip())),
        sex=sex,
        birth=birth,
        places=tuple(sorted({code for code in places if code})),
        relatives=tuple((relation, name) for relation, name in relatives if name.strip()),
        identifiers=frozenset(identifiers),
    )


def sought(
    *,
    name: str = "",
    called: str = "",
    sex: str = "",
    birth: BirthDate | None = None,
    place: str = "",
    mother: str = "",
    father: str = "",
    numbers: Iterable[tuple[str, str]] = (),
) -> Record:
    """A question: who may this be?

    Args:
        name, called: the full name and what people say; either may be missing.
        place: code of a region, as deep as known.
        numbers: pairs of kind and number as written. They are asked for among open people and,
            by their other index, among the sealed ones that the reader may see.
    """
    given = [(kind, normal_form(kind, text)) for kind, text in numbers if text.strip()]
    tokens = [
        token(kind, index_of(kind, value, sealed=sealed))
        for kind, value in given
        for sealed in (False, True)
    ]
    return make_record(
        "",
        names=(name, called),
        sex=sex,
        birth=birth,
        places=(place,),
        relatives=(("mother", mother), ("father", father)),
        identifiers=tokens,
    )


def record_of(person: Person) -> Record:
    """An entry with all that hangs on it; reads what was not read before."""
    return make_record(
        str(person.pk),
        names=(person.own_name, *(name.value for name in person.names.all())),
        sex=person.sex,
        birth=person.birth,
        places=(
            person.home_code,
            person.found_in_id,
            *(address.region_id for address in person.addresses.all()),
        ),
        relatives=((kin.relation, str(kin.other_name)) for kin in person.kin.all()),
        identifiers=(
            token(number.kind, number.index)
            for number in person.identifiers.all()
            if number.kind in COMPARED
        ),
    )
