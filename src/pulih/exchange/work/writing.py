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
from pulih.exchange.work.bulk import insert_imported
from pulih.exchange.work.checking import ROW_MARK
from pulih.exchange.work.preparing import Prepared
from pulih.people.actions.extending import extend_people
from pulih.people.actions.judging import propose_pairs
from pulih.people.actions.registration import build_people, register_built
from pulih.people.drafts import PersonDraft
from pulih.people.models import DuplicatePair
from pulih.people.pairs import Proposal
from pulih.people.queries.known import find_by_numbers

PAIRS_AT_ONCE = 500


def write_chunk(prepared: Prepared, batch: ImportBatch, earlier: EarlierRows) -> None:
    """Register, extend and report what a chunk holds; it is marked written in the same transaction.

    A worker that is killed leaves whole chunks behind it, and the next one goes on after them.
    """
    with transaction.atomic():
        chunk = ImportChunk.objects.select_for_update().defer("rows").get(pk=prepared.key)
        if chunk.is_written:
            return
        target = _write_rows(prepared, batch, earlier)
        chunk.rows, chunk.is_written = "", True
        chunk.save(update_fields=["rows", "is_written"])
        batch.progress_done += len(prepared.rows)
        batch.save(update_fields=["progress_done"])
    earlier.remember(prepared.rows, target)


def _write_rows(prepared: Prepared, batch: ImportBatch, earlier: EarlierRows) -> dict[int, UUID]:
    """Returns row number → person."""
    by, rows, drafts = batch.created_by, prepared.rows, prepared.drafts
    target = _known(rows, batch, earlier)
    news: list[int] = []
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
            news.append(number)
            if row["key"]:
                first_of[row["key"]] = number
    additions = [(target[number], drafts[number]) for number in target]
    built = prepared.built
    if news != prepared.new:
        # Somebody was registered or taken out since the check.
        fresh = [drafts[number] for number in news]
        built = build_people(drafts=fresh, batch_id=batch.pk, user=by)
    keys = register_built(built=built, batch_id=batch.pk, by=by)
    target |= dict(zip(news, keys, strict=True))
    for number, first in later:
        target[number] = target[first]
        additions.append((target[first], drafts[number]))
    if additions:
        extend_people(additions=additions, batch_id=batch.pk, by=by)
    insert_imported(
        batch,
        ((row["digest"], row["key"], target.get(number)) for number, row in enumerate(rows)),
    )
    return target


class EarlierRows:
    """Who the earlier rows of a batch became, by the key that rows of one person share."""

    def __init__(self, batch: ImportBatch) -> None:
        rows = batch.imported.exclude(person_key="").filter(person__isnull=False)
        self._person = dict(rows.values_list("person_key", "person").iterator())

    def find(self, key: str) -> UUID | None:
        """The person of an earlier row with this key."""
        return self._person.get(key)

    def remember(self, rows: Iterable[dict[str, Any]], target: dict[int, UUID]) -> None:
        """Take in the rows of a chunk that was written."""
        for number, row in enumerate(rows):
            if row["key"] and number in target:
                self._person[row["key"]] = target[number]


def _known(rows: list[dict[str, Any]], batch: ImportBatch, earlier: EarlierRows) -> dict[int, UUID]:
    """Row number → person, for people registered before, or by an earlier chunk of this file."""
    indexes = {row["key"] for row in rows if row.get("by_nik")}
    by_number = find_by_numbers(indexes, office=batch.office)
    found: dict[int, UUID] = {}
    for number, row in enumerate(rows):
        if row.get("sealed"):
            continue
        if row.get("by_nik") and (person := by_number.get(row["key"])):
            found[number] = person.key
        elif row["key"] and (before := earlier.find(row["key"])):
            found[number] = before
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
