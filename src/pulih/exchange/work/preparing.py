"""Prepares the chunks of an import ahead of the one that writes them, in a process of its own.

Opening a chunk and encrypting what it holds takes as long as writing it. The helper reads only;
whatever it prepared is checked again by the writer, inside its transaction.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import django
from django.conf import settings

from pulih.exchange.models import ImportBatch, ImportChunk
from pulih.exchange.rows.packing import unpack
from pulih.people.actions.registration import build_people
from pulih.people.built import BuiltEntries
from pulih.people.drafts import PersonDraft

logger = logging.getLogger(__name__)
AHEAD = 3
WORTH_IT = 4  # chunks; fewer are written before a second process has started
WHY = "a background task works on the batch that a user started"


@dataclass(slots=True)
class Prepared:
    """A chunk with its drafts opened, and the rows of those who looked new when it was checked.

    Attributes:
        new: numbers of the rows that `built` stands for, in its order.
    """

    key: UUID
    rows: list[dict[str, Any]]
    drafts: list[PersonDraft]
    new: list[int]
    built: BuiltEntries


def prepare(chunk: ImportChunk, batch: ImportBatch) -> Prepared:
    """Open a chunk and make the rows of its new people."""
    rows: list[dict[str, Any]] = chunk.rows or []
    drafts = [unpack(row["draft"]) for row in rows]
    new = [number for number, row in enumerate(rows) if row.get("new")]
    built = build_people(
        drafts=[drafts[number] for number in new], batch_id=batch.pk, user=batch.created_by
    )
    return Prepared(chunk.pk, rows, drafts, new, built)


def prepared_chunks(batch: ImportBatch) -> Iterator[Prepared]:
    """The chunks of a batch that are not written yet, in order, prepared a few ahead."""
    waiting = list(batch.chunks.filter(is_written=False).values_list("pk", flat=True))
    done = 0
    if settings.PULIH_HELPERS and len(waiting) >= WORTH_IT:
        try:
            with _helper() as pool:
                for one in _ahead(pool, waiting, batch.pk):
                    yield one
                    done += 1
        except BrokenProcessPool:
            # Killed from outside, or out of memory: the rest goes on here, only slower.
            logger.warning("import %s goes on without its helper", batch.number)
    for key in waiting[done:]:
        yield prepare(ImportChunk.objects.get(pk=key), batch)


def _ahead(pool: ProcessPoolExecutor, keys: Sequence[UUID], batch: UUID) -> Iterator[Prepared]:
    under_way: deque[Future[Prepared]] = deque()
    for key in keys:
        under_way.append(pool.submit(_prepare, key, batch))
        if len(under_way) > AHEAD:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


@contextmanager
def _helper() -> Iterator[ProcessPoolExecutor]:
    """One process, started afresh: a fork would share this one's connection to the database."""
    pool = ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("spawn"), initializer=django.setup
    )
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare(key: UUID, batch: UUID) -> Prepared:
    found = ImportBatch.objects.unscoped(reason=WHY).select_related("created_by__office")
    return prepare(ImportChunk.objects.get(pk=key), found.get(pk=batch))
