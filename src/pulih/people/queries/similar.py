"""Who may this be: the identity engine over the open people, and over what the reader may know."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log2
from typing import Any
from uuid import UUID

from jejak.names import keys as keys_of_name
from jejak.records import Match, Record
from jejak.retrieval import record_keys
from jejak.search import find_similar
from jejak.vocabulary import Vocabulary
from jejak.weights import USUAL_SHARE
from pulih.access.models import Office, User
from pulih.access.scope import compartments_of
from pulih.people.models import Identifier, KeyCount, Kinship, Person, PersonName, SearchKey
from pulih.people.records import COMPARED, make_record, record_of, token
from pulih.people.storage.keys import ALL_PEOPLE, COUNTED

MOST_POSTINGS = 4000
IDENTIFIER_WEIGHT = 1000.0
VOCABULARY_SECONDS = 60.0
# As if so many people of usual names were there besides: in a small registry one of ten people is
# no proof that a name is common.
PRIOR_PEOPLE = 200

_vocabularies: dict[UUID, tuple[float, Vocabulary]] = {}


@dataclass(frozen=True, slots=True)
class SimilarPerson:
    """An entry that may be the person, with the engine's reasons."""

    person: Person
    match: Match


def find_similar_people(
    query: Record, *, user: User, today: dt.date, limit: int = 10, minimum: float = 0.0
) -> list[SimilarPerson]:
    """Entries that may be the person asked for, most probable first, of those the user may see.

    A name alone makes nobody probable; whoever has it is still shown, so that "nobody" is true.

    Args:
        query: made by `records.sought`, or by `records.record_of` for an entry itself.
        user: the reader; sealed people are found by who is named in their compartment only.
        today: the day on which ages are stated.
        minimum: the least probability that is worth showing.
    """
    source = DatabaseSource(query, user)
    matches = find_similar(query, source, today=today, limit=limit, minimum=minimum)
    matches = [match for match in matches if _is_alike(match)]
    people = Person.objects.visible_to(user).in_bulk([UUID(match.record.id) for match in matches])
    return [
        SimilarPerson(people[UUID(match.record.id)], match)
        for match in matches
        if UUID(match.record.id) in people
    ]


def _is_alike(match: Match) -> bool:
    """Does the name or a number speak for this entry? Age and place alone are no reason."""
    return any(item.field in {"name", "identifier"} and item.bits > 0 for item in match.evidence)


class DatabaseSource:
    """The register of one reader as the identity engine asks it: keys, shares, candidates.

    Open people come from the table of keys. Sealed ones are opened in memory, and weighed with the
    frequencies of the open ones alone.
    """

    def __init__(self, query: Record, user: User) -> None:
        self._query, self._user = query, user
        self._counts: dict[str, int] = {}

    def share(self, key: str) -> float:
        """Return the share of open people who have the key; nobody counts as half a person."""
        people = max(self._counts.get(key, 0), 0.5) + PRIOR_PEOPLE * USUAL_SHARE
        return people / (max(self._counts.get(ALL_PEOPLE, 0), 1) + PRIOR_PEOPLE)

    def near(self, key: str) -> Iterable[str]:
        """Return keys of the register that differ by a letter or two."""
        return _vocabulary(self._user.office).near(key)

    def candidates(
        self, keys: frozenset[str], identifiers: frozenset[str], *, limit: int
    ) -> list[Record]:
        """Return records that share an identifier or a key, most and rarest first."""
        self._read_counts({ALL_PEOPLE, *keys})
        ranked = self._rank(keys)
        for key in self._same_numbers(identifiers):
            ranked[key] += IDENTIFIER_WEIGHT
        chosen = nlargest(limit, ranked, key=ranked.__getitem__)
        records = self._read_records(chosen) + self._sealed(keys, identifiers)
        names = (name for record in records for name in record.names)
        self._read_counts({key for name in names for key in keys_of_name(name)})
        return records

    def _read_counts(self, keys: Iterable[str]) -> None:
        asked = [
            key for key in keys if key not in self._counts and (not key or key.startswith(COUNTED))
        ]
        rows = KeyCount.objects.filter(office=self._user.office_id, key__in=asked)
        self._counts |= dict.fromkeys(asked, 0) | dict(rows.values_list("key", "people"))

    def _rank(self, keys: frozenset[str]) -> defaultdict[UUID, float]:
        """The people behind the keys, weighed by how rare each key is."""
        wanted = self._affordable(keys)
        if not wanted:
            return defaultdict(float)
        rows = SearchKey.objects.unscoped(reason="keys lead to people who are read by scope")
        postings: dict[str, list[UUID]] = defaultdict(list)
        found = rows.filter(key__in=wanted).values_list("key", "person")
        for key, person in found[:MOST_POSTINGS]:
            postings[key].append(person)
        everybody = max(self._counts.get(ALL_PEOPLE, 0), 1)
        ranked: defaultdict[UUID, float] = defaultdict(float)
        for people in postings.values():
            weight = log2(max(everybody / len(people), 1.0)) + 0.1
            for person in people:
                ranked[person] += weight
        return ranked

    def _affordable(self, keys: frozenset[str]) -> list[str]:
        """The rarest keys, as many as can be read in a moment, and at least one."""
        wanted, postings = [key for key in keys if not key.startswith(COUNTED)], 0
        counted = sorted(
            (self._counts[key], key)
            for key in keys
            if key.startswith(COUNTED) and self._counts.get(key)
        )
        for people, key in counted:
            postings += people
            if postings > MOST_POSTINGS and wanted:
                break
            wanted.append(key)
        return wanted

    def _same_numbers(self, identifiers: frozenset[str]) -> list[UUID]:
        """Open people with an equal number."""
        if not identifiers:
            return []
        indexes = [item.partition(":")[2] for item in identifiers]
        rows = Identifier.objects.visible_to(self._user).filter(index__in=indexes, sealed=False)
        return list(rows.values_list("person", flat=True)[:100])

    def _read_records(self, chosen: Sequence[UUID]) -> list[Record]:
        """The open people among the chosen, as the engine compares them."""
        if not chosen:
            return []
        people = Person.objects.visible_to(self._user).filter(
            pk__in=chosen, compartment=None, merged_into=None
        )
        names: dict[UUID, list[str]] = defaultdict(list)
        for key, text in PersonName.objects.filter(person__in=chosen).values_list("person", "text"):
            names[key].append(text)
        numbers = self._numbers(chosen) if self._query.identifiers else {}
        kin = self._kin(chosen) if self._query.relatives else {}
        return [
            make_record(
                str(person.pk),
                names=(person.full_name, *names[person.pk]),
                sex=person.sex,
                birth=person.birth,
                places=(person.home_code, person.found_in_id),
                relatives=kin.get(person.pk, ()),
                identifiers=numbers.get(person.pk, ()),
            )
            for person in people.only(*_COMPARED_COLUMNS)
        ]

    def _numbers(self, chosen: Sequence[UUID]) -> dict[UUID, list[str]]:
        rows = Identifier.objects.visible_to(self._user).filter(
            person__in=chosen, kind__in=COMPARED
        )
        found: dict[UUID, list[str]] = defaultdict(list)
        for person, kind, index in rows.values_list("person", "kind", "index"):
            found[person].append(token(kind, index))
        return found

    def _kin(self, chosen: Sequence[UUID]) -> dict[UUID, list[tuple[str, str]]]:
        found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
        for kin in Kinship.objects.filter(person__in=chosen).exclude(other_name=""):
            found[kin.person_id].append((kin.relation, str(kin.other_name)))
        return found

    def _sealed(self, keys: frozenset[str], identifiers: frozenset[str]) -> list[Record]:
        """Sealed people whom the reader may know and who share a key or a number."""
        rooms: list[Any] = list(compartments_of(self._user))
        if not rooms:
            return []
        people = Person.objects.visible_to(self._user).filter(
            compartment__in=rooms, merged_into=None
        )
        together: tuple[Any, ...] = ("names", "addresses", "kin", "identifiers")
        records = (record_of(person) for person in people.prefetch_related(*together))
        return [
            record
            for record in records
            if record_keys(record) & keys or record.identifiers & identifiers
        ]


_COMPARED_COLUMNS = (
    *("full_name", "sex", "birth_date", "birth_precision", "birth_year_from", "birth_year_to"),
    *("estimated_on", "home_code", "found_in_id", "compartment_id"),
)


def _vocabulary(office: Office) -> Vocabulary:
    """The sounds of the office's open people; at most a minute old."""
    known = _vocabularies.get(office.pk)
    if known is None or known[0] < time.monotonic():
        rows = KeyCount.objects.filter(office=office, key__startswith="t:", people__gt=0)
        fresh = Vocabulary(rows.values_list("key", "people"))
        known = _vocabularies[office.pk] = (time.monotonic() + VOCABULARY_SECONDS, fresh)
    return known[1]
