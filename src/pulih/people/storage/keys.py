"""The keys under which open people are found, and how many people share each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection

from jejak.birth import BirthDate
from jejak.names import parse_name
from jejak.records import Record
from jejak.retrieval import record_keys
from pulih.people.models import KeyCount, Person, SearchKey

ALL_PEOPLE = ""
LONGEST_KEY = 60
# Keys of a word with a band of years or a district are rare by themselves: nobody asks how rare.
COUNTED = ("t:", "c:", "p:")


def keys_of(
    names: Iterable[str], birth: BirthDate | None, places: Iterable[str | None]
) -> set[str]:
    """The keys of one person: words of every name, alone, with the years and with the district."""
    record = Record(
        id="",
        names=tuple(name for name in names if name.strip()),
        birth=birth,
        places=tuple(code for code in places if code),
    )
    return {key for key in record_keys(record) if len(key) <= LONGEST_KEY}


def sort_name(full_name: str) -> str:
    """The name as lists sort it: lower case, without titles."""
    return (parse_name(full_name).main.text or full_name.casefold())[:120]


def count(office_id: UUID, changes: Mapping[str, int]) -> None:
    """Add to the number of people with each key; in key order, so that writers cannot lock up."""
    table = KeyCount._meta.db_table
    changed = sorted(
        (key, change)
        for key, change in changes.items()
        if change and (not key or key.startswith(COUNTED))
    )
    if not changed:
        return
    office = KeyCount._meta.get_field("office").get_db_prep_value(office_id, connection)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (office_id, key, people) VALUES (%s, %s, %s)"  # noqa: S608
            " ON CONFLICT (office_id, key) DO UPDATE"
            f" SET people = {table}.people + excluded.people",
            [(office, key, change) for key, change in changed],
        )


def refresh(person: Person) -> None:
    """Write the keys of an open person anew; a sealed or absorbed one has none."""
    own = SearchKey.objects.unscoped(reason="keys are written, not shown").filter(person=person)
    before = set(own.values_list("key", flat=True))
    after: set[str] = set()
    if not person.is_sealed and person.merged_into_id is None:
        names = (person.full_name, *(name.text for name in person.names.all()))
        after = keys_of(names, person.birth, (person.home_code, person.found_in_id))
    own.filter(key__in=before - after).delete()
    fresh = sorted(after - before)
    SearchKey.objects.bulk_create(SearchKey(person=person, key=key) for key in fresh)
    changes = Counter(dict.fromkeys(fresh, 1))
    changes.subtract(dict.fromkeys(before - after, 1))
    if bool(before) != bool(after):
        changes[ALL_PEOPLE] += 1 if after else -1
    count(person.office_id, changes)
