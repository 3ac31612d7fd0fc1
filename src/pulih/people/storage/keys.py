"""The keys under which open people are found, and how many people share each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db import connection

from jejak.names import keys as keys_of_name
from jejak.names import parse_name
from pulih.people.models import KeyCount, Person, SearchKey

ALL_PEOPLE = ""
LONGEST_KEY = 60


def keys_of(names: tuple[str, ...]) -> set[str]:
    """The keys of every name of one person."""
    return {key[:LONGEST_KEY] for name in names for key in keys_of_name(name)}


def sort_name(full_name: str) -> str:
    """The name as lists sort it: lower case, without titles."""
    words = parse_name(full_name).main.text
    return (words or full_name.casefold())[:120]


def count(office_id: UUID, changes: Mapping[str, int]) -> None:
    """Add to the number of people with each key; in key order, so that writers cannot lock up."""
    table = KeyCount._meta.db_table
    changed = sorted((key, change) for key, change in changes.items() if change)
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
    findable = not person.is_sealed and person.merged_into_id is None
    names = (person.full_name, *(name.text for name in person.names.all()))
    after = keys_of(tuple(name for name in names if name)) if findable else set()
    # The key of everybody stands for the person itself, so that shares add up.
    own.filter(key__in=before - after).delete()
    SearchKey.objects.bulk_create(
        SearchKey(person=person, key=key) for key in sorted(after - before)
    )
    changes = Counter(dict.fromkeys(after - before, 1))
    changes.subtract(dict.fromkeys(before - after, 1))
    if bool(before) != bool(after):
        changes[ALL_PEOPLE] += 1 if after else -1
    count(person.office_id, changes)
