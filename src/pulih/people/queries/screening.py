"""Probable duplicates of many entries at once: rare keys in common, then the identity engine.

The search before registering asks widely for one person and may take its time. Going through a
whole registry that way would take hours, so here two entries are compared only when they share a
number, a rare key, or two keys of a word with years or a district.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from jejak.names import keys as keys_of_name
from jejak.records import Record
from jejak.score import Comparer
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.people.models import Identifier, KeyCount, Person, SearchKey
from pulih.people.pairs import COMPARED_ROWS, Proposal
from pulih.people.records import COMPARED, record_of
from pulih.people.storage.keys import ALL_PEOPLE, COUNTED

PROBABLE = 0.5
"""From this probability on a pair is put before somebody."""

RARE = 30
ENOUGH = 2  # keys in common, or a single one that is rare
MOST_FOR_ONE = 60
WHOLE_WORD = "t:"
WITH_CONTEXT = ("b:", "d:")
WHY = "keys lead to people who are read by scope"


def screened_people(*, user: User) -> QuerySet[Person]:
    """Who takes part in the search for duplicates: open entries that stand."""
    rows = Person.objects.visible_to(user, Action.PERSON_MERGE)
    return rows.filter(compartment=None, merged_into=None)


def probable_pairs(
    people: Sequence[Person], *, user: User, both_ways: bool = False
) -> list[Proposal]:
    """The pairs of these entries with others of the registry that are probably one person.

    Args:
        people: entries read with `pairs.COMPARED_ROWS`.
        user: whoever searches.
        both_ways: also look at entries with a smaller key; a search of the whole registry meets
            those pairs from the other side.
    """
    near = _neighbours(people)
    if not both_ways:
        near = {key: {other for other in others if other > key} for key, others in near.items()}
    records = _records(people, near, user)
    share = _Shares(records.values(), user).share
    found = []
    for key in (person.pk for person in people):
        others = [records[other] for other in near.get(key, ()) if other in records]
        if others:
            comparer = Comparer(records[key], share, today=today())
            matches = map(comparer.match, others)
            found += [
                Proposal(key, UUID(match.record.id), match.score)
                for match in matches
                if match.score >= PROBABLE
            ]
    return found


def _neighbours(people: Sequence[Person]) -> dict[UUID, set[UUID]]:
    """For each entry those that share enough to be worth a comparison."""
    own = _own_keys(people)
    postings = _postings({key for keys in own.values() for key in keys})
    near: dict[UUID, set[UUID]] = {}
    for person, keys in own.items():
        shared: Counter[UUID] = Counter()
        for key in keys:
            weight = ENOUGH if len(postings[key]) <= RARE else 1
            if key.startswith(WITH_CONTEXT) or weight == ENOUGH:
                shared.update(dict.fromkeys(postings[key], weight))
        del shared[person]
        best = shared.most_common(MOST_FOR_ONE)
        near[person] = {other for other, weight in best if weight >= ENOUGH}
    for person, other in _same_numbers(people):
        near.setdefault(person, set()).add(other)
    return near


def _own_keys(people: Sequence[Person]) -> dict[UUID, list[str]]:
    """The keys by which an entry is screened: words in context, and whole words that are rare."""
    keys = {
        person.pk: [
            key
            for key in person.search_keys.split("\n")
            if key.startswith((WHOLE_WORD, *WITH_CONTEXT))
        ]
        for person in people
        if person.is_findable
    }
    words = {key for own in keys.values() for key in own if key.startswith(WHOLE_WORD)}
    offices = {person.office_id for person in people}
    counted = KeyCount.objects.filter(office__in=offices, key__in=words, people__gt=RARE)
    common = set(counted.values_list("key", flat=True))
    return {person: [key for key in own if key not in common] for person, own in keys.items()}


def _postings(keys: Iterable[str]) -> dict[str, list[UUID]]:
    rows = SearchKey.objects.unscoped(reason=WHY).filter(key__in=list(keys))
    postings: dict[str, list[UUID]] = defaultdict(list)
    for key, person in rows.values_list("key", "person"):
        postings[key].append(person)
    return postings


def _same_numbers(people: Sequence[Person]) -> set[tuple[UUID, UUID]]:
    own: dict[str, list[UUID]] = defaultdict(list)
    for person in people:
        for number in person.identifiers.all():
            if number.kind in COMPARED:
                own[number.index].append(person.pk)
    rows = Identifier.objects.unscoped(reason=WHY)
    others = rows.filter(Q(index__in=list(own)), sealed=False).values_list("index", "person")
    return {(person, other) for index, other in others for person in own[index] if person != other}


def _records(
    people: Sequence[Person], near: dict[UUID, set[UUID]], user: User
) -> dict[UUID, Record]:
    """Every entry that is compared, as the engine compares it; those that the user may see."""
    records = {person.pk: record_of(person) for person in people}
    wanted = {other for others in near.values() for other in others} - records.keys()
    rows = screened_people(user=user).filter(pk__in=list(wanted))
    for person in rows.prefetch_related(*COMPARED_ROWS):
        records[person.pk] = record_of(person)
    return records


class _Shares:
    """How common the words of the compared names are in the office."""

    def __init__(self, records: Iterable[Record], user: User) -> None:
        names = {name for record in records for name in record.names}
        keys = {key for name in names for key in keys_of_name(name) if key.startswith(COUNTED)}
        rows = KeyCount.objects.filter(office=user.office_id, key__in=[ALL_PEOPLE, *keys])
        self._counts = dict(rows.values_list("key", "people"))
        self._everybody = max(self._counts.get(ALL_PEOPLE, 0), 1)

    def share(self, key: str) -> float:
        """Return the share of open people who have the key; nobody counts as half a person."""
        return min(max(self._counts.get(key, 0), 0.5) / self._everybody, 1.0)
