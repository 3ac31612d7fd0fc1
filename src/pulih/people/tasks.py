"""Background work of the people app; arguments are keys only."""

from __future__ import annotations

import time
from uuid import UUID

from django.db import transaction
from django_tasks import task

from pulih.access.models import User
from pulih.common.clock import now
from pulih.people.actions.custody import tell_custodians
from pulih.people.actions.judging import propose_pairs
from pulih.people.models import DuplicatePair, DuplicateScan, Person
from pulih.people.pairs import COMPARED_ROWS
from pulih.people.queries.screening import probable_pairs, screened_people

SECONDS = 15.0
PIECE = 100


@task()
def scan_duplicates(scan_id: str) -> None:
    """Search the registry for a while, then stand in the queue again behind other work."""
    if not go_on(UUID(scan_id), seconds=SECONDS):
        scan_duplicates.enqueue(scan_id)


@task()
def look_for_duplicates(person_id: str, user_id: str) -> None:
    """Put the entries that one entry may be on the list; after it changed much, as in a merge."""
    user = User.objects.get(pk=user_id)
    rows = screened_people(user=user).filter(pk=person_id).prefetch_related(*COMPARED_ROWS)
    propose_pairs(
        pairs=probable_pairs(list(rows), user=user, both_ways=True),
        source=DuplicatePair.Source.SCAN,
        by=user,
    )


@task()
def look_for_sealed(person_id: str) -> None:
    """Tell who may know when an open entry has the number of a sealed one; after every entry."""
    rows = Person.objects.unscoped(reason="background work that shows nothing")
    person = rows.filter(pk=person_id).first()
    if person is not None:
        tell_custodians(person=person, by=None)


@task()
def look_for_sealed_of_import(batch_id: str, after: str = "") -> None:
    """The same for everybody whom an import registered, a while at a time; match or not.

    It stands in the queue again behind other work, from the last entry it looked at.
    """
    rows = Person.objects.unscoped(reason="background work that shows nothing")
    people = rows.filter(import_batch=UUID(batch_id)).order_by("pk")
    until = time.monotonic() + SECONDS
    while piece := list((people.filter(pk__gt=UUID(after)) if after else people)[:PIECE]):
        for person in piece:
            tell_custodians(person=person, by=None)
        after = str(piece[-1].pk)
        if time.monotonic() > until:
            look_for_sealed_of_import.enqueue(batch_id, after)
            return


def go_on(scan_id: UUID, *, seconds: float) -> bool:
    """Search for a while; returns whether the search is finished.

    Each piece is a transaction of its own, so that other writers come in between and a search that
    was killed goes on where it was.
    """
    until = time.monotonic() + seconds
    scan = DuplicateScan.objects.select_related("by__office").get(pk=scan_id)
    while scan.finished_at is None:
        _search_piece(scan)
        if time.monotonic() > until:
            break
    return scan.finished_at is not None


def _search_piece(scan: DuplicateScan) -> None:
    rows = screened_people(user=scan.by).order_by("pk").prefetch_related(*COMPARED_ROWS)
    if scan.last_person is not None:
        rows = rows.filter(pk__gt=scan.last_person)
    piece = list(rows[:PIECE])
    pairs = probable_pairs(piece, user=scan.by)
    with transaction.atomic():
        scan.found += propose_pairs(pairs=pairs, source=DuplicatePair.Source.SCAN, by=scan.by)
        scan.done += len(piece)
        if piece:
            scan.last_person = piece[-1].pk
        if len(piece) < PIECE:
            scan.finished_at = now()
        scan.save(update_fields=["found", "done", "last_person", "finished_at"])
