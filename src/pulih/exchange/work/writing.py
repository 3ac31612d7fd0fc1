"""Writes the checked rows of a batch, chunk by chunk; a chunk is written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.cases.actions.reporting import receive_report
from pulih.cases.intake_facts import Received
from pulih.cases.models import Report
from pulih.exchange.models import ImportBatch, ImportChunk, ImportedRow, RowReport
from pulih.exchange.rows.packing import unpack
from pulih.exchange.work.bulk import insert_imported
from pulih.exchange.work.checking import ROW_MARK
from pulih.people.actions.extending import extend_people
from pulih.people.actions.judging import propose_pairs
from pulih.people.actions.registration import register_people
from pulih.people.drafts import PersonDraft
from pulih.people.models import DuplicatePair
from pulih.people.pairs import Proposal
from pulih.people.queries.known import find_by_numbers

PAIRS_AT_ONCE = 500


def write_chunk(chunk: ImportChunk, batch: ImportBatch) -> None:
    """Register, extend and report what a chunk holds; it is marked written in the same transaction.

    A worker that is killed leaves whole chunks behind it, and the next one goes on after them.
    """
    with transaction.atomic():
        fresh = ImportChunk.objects.select_for_update().get(pk=chunk.pk)
        if fresh.is_written:
            return
        rows: list[dict[str, Any]] = fresh.rows or []
        _write_rows(rows, batch)
        fresh.rows, fresh.is_written = "", True
        fresh.save(update_fields=["rows", "is_written"])
        batch.progress_done += len(rows)
        batch.save(update_fields=["progress_done"])


def _write_rows(rows: list[dict[str, Any]], batch: ImportBatch) -> None:
    by = batch.created_by
    drafts = [unpack(row["draft"]) for row in rows]
    target = _known(rows, batch)
    news: list[tuple[int, PersonDraft]] = []
    first_of: dict[str, int] = {}
    later: list[tuple[int, int]] = []
    for number, (row, draft) in enumerate(zip(rows, drafts, strict=True)):
        if row.get("sealed"):
            _report_sealed(row, draft, batch)
        elif number in target:
            continue
        elif row["key"] and row["key"] in first_of:
            later.append((number, first_of[row["key"]]))
        else:
            news.append((number, draft))
            if row["key"]:
                first_of[row["key"]] = number
    keys = register_people(drafts=[draft for _number, draft in news], batch_id=batch.pk, by=by)
    additions = [(target[number], drafts[number]) for number in target]
    for (number, _draft), key in zip(news, keys, strict=True):
        target[number] = key
    for number, first in later:
        target[number] = target[first]
        additions.append((target[first], drafts[number]))
    if additions:
        extend_people(additions=additions, batch_id=batch.pk, by=by)
    insert_imported(
        batch,
        ((row["digest"], row["key"], target.get(number)) for number, row in enumerate(rows)),
    )


def _known(rows: list[dict[str, Any]], batch: ImportBatch) -> dict[int, UUID]:
    """Row number → person, for people registered before, or by an earlier chunk of this file."""
    indexes = {row["key"] for row in rows if row.get("by_nik")}
    by_number = find_by_numbers(indexes, office=batch.office)
    keys = {row["key"] for row in rows if row["key"]}
    earlier = dict(
        ImportedRow.objects.filter(
            batch=batch, person_key__in=keys, person__isnull=False
        ).values_list("person_key", "person")
    )
    found: dict[int, UUID] = {}
    for number, row in enumerate(rows):
        if row.get("sealed"):
            continue
        if row.get("by_nik") and (person := by_number.get(row["key"])):
            found[number] = person.key
        elif row["key"] in earlier:
            found[number] = earlier[row["key"]]
    return found


def _report_sealed(row: dict[str, Any], draft: PersonDraft, batch: ImportBatch) -> None:
    """A row about a child victim becomes a sealed report without an entry in the registry."""
    said = [fact.detail for fact in draft.facts if fact.detail]
    about = row.get("initials") or draft.full_name
    kind = next((status.kind for status in draft.statuses), CHILD_VICTIM)
    receive_report(
        facts=Received(
            channel=Report.Channel.OTHER_OFFICE,
            ppks_kind=kind,
            about=about,
            description=_("From list %(number)s. ") % {"number": batch.number} + "; ".join(said),
            village_code=draft.addresses[0].region_code if draft.addresses else "",
        ),
        by=batch.created_by,
    )


CHILD_VICTIM = 6
"""The kind of a row that gives initials alone: a child that was abused (domain list, kind 6)."""


def propose_found_pairs(batch: ImportBatch) -> int:
    """Put the pairs that the check found on the list of those to be judged."""
    reports = batch.reports.filter(verdict=RowReport.Verdict.DUPLICATE)
    people = dict(
        ImportedRow.objects.filter(batch=batch, person__isnull=False).values_list(
            "digest", "person"
        )
    )
    proposals = []
    count = 0
    for report in reports.iterator():
        proposal = _proposal(report, people)
        if proposal is not None:
            proposals.append(proposal)
        if len(proposals) >= PAIRS_AT_ONCE:
            count += _propose(proposals, batch)
            proposals = []
    return count + _propose(proposals, batch)


def _proposal(report: RowReport, people: dict[str, UUID]) -> Proposal | None:
    _where, _code, _level, told = report.problems[0]
    one = people.get(report.digest)
    named = str(told["other"])
    is_row = named.startswith(ROW_MARK)
    other = people.get(named.removeprefix(ROW_MARK)) if is_row else UUID(named)
    if one is None or other is None or one == other:
        return None
    return Proposal(one, other, int(told["score"]) / 100)


def _propose(proposals: Iterable[Proposal], batch: ImportBatch) -> int:
    return propose_pairs(
        pairs=proposals,
        source=DuplicatePair.Source.IMPORT,
        batch_id=batch.pk,
        by=batch.created_by,
    )
