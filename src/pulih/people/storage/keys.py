"""The keys under which open people are found, and how many people share each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection

from jejak.birth import BirthDate
from jejak.names import parse_name
from jejak.records import Record
from jejak.retrieval import record_keys
from pulih.people.models import KeyCount, Person, SearchKey

ALL_PEOPLE = ""
LONGEST_KEY = 60
AT_ONCE = 500
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


def line_up(keys: Iterable[str]) -> str:
    """Keys as a person's entry holds them, one a line."""
    return "\n".join(sorted(keys))


def refresh(person: Person) -> None:
    """Write the keys of an open person anew; a sealed or absorbed one has none."""
    before = set(person.search_keys.split("\n")) if person.is_findable else set()
    after: set[str] = set()
    if not person.is_sealed and person.merged_into_id is None:
        names = (person.full_name, *(name.text for name in person.names.all()))
        after = keys_of(names, person.birth, (person.home_code, person.found_in_id))
    if gone := before - after:
        _forget([(key, person.pk.hex) for key in gone])
    fresh = sorted(after - before)
    SearchKey.objects.bulk_create(SearchKey(person=person, key=key) for key in fresh)
    changes = Counter(dict.fromkeys(fresh, 1))
    changes.subtract(dict.fromkeys(before - after, 1))
    if bool(before) != bool(after):
        changes[ALL_PEOPLE] += 1 if after else -1
    count(person.office_id, changes)
    person.search_keys, person.is_findable = line_up(after), bool(after)
    rows = Person.objects.unscoped(reason="keys are written, not shown").filter(pk=person.pk)
    rows.update(search_keys=person.search_keys, is_findable=person.is_findable)


def publish(people: Mapping[UUID, str], *, office_id: UUID) -> None:
    """Put the keys of entries that were just written into the table, and count them.

    Args:
        people: key of the entry → its keys, one a line; none of them findable yet.
        office_id: whose entries they are.
    """
    rows = _rows(people)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {_TABLE} (key, person_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",  # noqa: S608
            rows,
        )
    changes = Counter(key for key, _person in rows)
    changes[ALL_PEOPLE] = len(people)
    count(office_id, changes)
    written = Person.objects.unscoped(reason="keys are written, not shown")
    keys = list(people)
    for start in range(0, len(keys), AT_ONCE):
        written.filter(pk__in=keys[start : start + AT_ONCE]).update(is_findable=True)


def withdraw(people: Mapping[UUID, str], *, office_id: UUID) -> None:
    """Take the keys of findable entries that are about to go out of the table and the counts."""
    rows = _rows(people)
    _forget(rows)
    changes: Counter[str] = Counter()
    changes.subtract(key for key, _person in rows)
    changes[ALL_PEOPLE] = -len(people)
    count(office_id, changes)


def _rows(people: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """Rows of the table in the order of their keys, so that neighbours go to the same page."""
    return sorted(
        (key, person)
        for person, keys in ((person.hex, keys) for person, keys in people.items())
        for key in keys.split("\n")
    )


def _forget(rows: Sequence[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {_TABLE} WHERE key = %s AND person_id = %s", rows)  # noqa: S608


_TABLE = SearchKey._meta.db_table
