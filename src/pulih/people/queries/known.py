"""Who is in the open registry already: asked by an import for many rows at once.

These reads serve the machine, not a reader: they say whether a row is somebody known. What
is shown of it afterwards is read for the user.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from jejak.records import Record
from pulih.access.models import Office
from pulih.people.models import Identifier, Person
from pulih.people.records import COMPARED, make_record, token
from pulih.people.storage.numbers import index_of, normal_form

WHY = "open entries of the office, compared with rows of a list"
CHUNK = 5000


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """An open entry: its key, and the number that may be shown."""

    key: UUID
    number: str


def number_index(kind: str, text: str) -> str:
    """The digest under which open people with this number are found."""
    return index_of(kind, normal_form(kind, text), sealed=False)


def find_by_numbers(indexes: Iterable[str], *, office: Office) -> dict[str, KnownPerson]:
    """Open people by the digest of their NIK; of several with one number, the first registered."""
    wanted = list(indexes)
    if not wanted:
        return {}
    rows = Identifier.objects.unscoped(reason=WHY).filter(
        index__in=wanted,
        kind=Identifier.Kind.NIK,
        sealed=False,
        person__office=office,
        person__compartment=None,
        person__merged_into=None,
    )
    found: dict[str, KnownPerson] = {}
    ordered = rows.order_by("recorded_at").values_list("index", "person", "person__number")
    for index, person, number in ordered:
        found.setdefault(index, KnownPerson(person, number))
    return found


def list_open_records(*, office: Office) -> Iterator[Record]:
    """Every open person of the office as the identity engine compares them."""
    people = (
        Person.objects.unscoped(reason=WHY)
        .filter(office=office, compartment=None, merged_into=None)
        .only(
            *("full_name", "sex", "birth_date", "birth_precision", "birth_year_from"),
            *("birth_year_to", "estimated_on", "home_code", "found_in_id", "compartment_id"),
        )
    )
    numbers = _numbers(office)
    for person in people.iterator(chunk_size=CHUNK):
        yield make_record(
            str(person.pk),
            names=(person.full_name,),
            sex=person.sex,
            birth=person.birth,
            places=(person.home_code, person.found_in_id),
            identifiers=numbers.get(person.pk, ()),
        )


def list_numbers(keys: Iterable[UUID]) -> dict[UUID, str]:
    """The register numbers of open people."""
    rows = Person.objects.unscoped(reason=WHY).filter(pk__in=list(keys), compartment=None)
    return dict(rows.values_list("pk", "number"))


def _numbers(office: Office) -> dict[UUID, list[str]]:
    rows = Identifier.objects.unscoped(reason=WHY).filter(
        kind__in=COMPARED, sealed=False, person__office=office, person__merged_into=None
    )
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for person, kind, index in rows.values_list("person", "kind", "index").iterator(CHUNK):
        found[person].append(token(kind, index))
    return found
