"""What lists of staff and of students have in common: the rows in chunks, and taking them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction

from pulih.access import user_rules
from pulih.access.actions.withdrawing import Changed, withdraw_accounts
from pulih.access.models import User
from pulih.common.clock import today
from pulih.exchange.models import ImportBatch, ImportChunk, ImportedUser, RowReport
from pulih.exchange.rows.interpreted import Remark
from pulih.exchange.rules import ACTIONS
from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.layout import Layout
from pulih.exchange.sheets.open import Workbook
from pulih.exchange.sheets.read import Row, read_rows
from pulih.exchange.work.bulk import Said, insert_reports

CHUNK = 500
SHOWN = 20
CHANGE_NOTHING = frozenset({"student.known"})


@dataclass(frozen=True, slots=True)
class CheckedAccount:
    """A row with what there is to say about it, and as it is staged."""

    row: Row
    packed: dict[str, str]
    remarks: tuple[Remark, ...]

    @property
    def verdict(self) -> str:
        """What becomes of the row."""
        if any(remark.code in CHANGE_NOTHING for remark in self.remarks):
            return RowReport.Verdict.UNCHANGED
        levels = {remark.level for remark in self.remarks}
        if "error" in levels:
            return RowReport.Verdict.REFUSED
        return RowReport.Verdict.WARNED if "warning" in levels else RowReport.Verdict.NOTED


def check_rows(
    batch: ImportBatch,
    workbook: Workbook,
    layout: Layout,
    check: Callable[[Sequence[Row]], list[CheckedAccount]],
) -> Counter[str]:
    """Check every row, some hundred at a time, and stage what can be taken."""
    mappings = {
        fingerprint: {int(column): Field(name) for column, name in columns.items()}
        for fingerprint, columns in batch.mapping.items()
    }
    counts: Counter[str] = Counter()
    rows: Iterator[Row] = read_rows(workbook, layout, mappings, today=today())
    position = 0
    while part := list(islice(rows, CHUNK)):
        checked = check(part)
        stays = {RowReport.Verdict.REFUSED, RowReport.Verdict.UNCHANGED}
        good = [one for one in checked if one.verdict not in stays]
        verdicts = Counter(one.verdict for one in checked if one.remarks)
        counts["rows"] += len(checked)
        counts["taken"] += len(good)
        for verdict in ("refused", "warned", "unchanged", "noted"):
            counts[verdict] += verdicts[verdict]
        with transaction.atomic():
            insert_reports(batch, (_said(one) for one in checked if one.remarks))
            if good:
                ImportChunk.objects.create(
                    batch=batch, position=position, rows=[one.packed for one in good]
                )
            batch.progress_done += len(part)
            batch.save(update_fields=["progress_done"])
        position += 1
    return counts


def _said(one: CheckedAccount) -> Said:
    return Said(
        one.row.sheet,
        one.row.number,
        one.verdict,
        [remark.packed() for remark in one.remarks],
        one.row.texts if one.verdict == RowReport.Verdict.REFUSED else None,
    )


def remember(
    batch: ImportBatch,
    *,
    made: Iterable[User],
    changed: Iterable[tuple[User, Mapping[str, Any], Mapping[str, Any]]] = (),
) -> None:
    """Keep which accounts an import made or changed, so that it can be taken back."""
    rows = [ImportedUser(batch=batch, user=user, is_new=True) for user in made]
    rows += [
        ImportedUser(batch=batch, user=user, is_new=False, before=dict(before), after=dict(after))
        for user, before, after in changed
    ]
    ImportedUser.objects.bulk_create(rows, ignore_conflicts=True)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What taking an import of accounts back would do."""

    removable: int
    changed: int
    staying: Sequence[tuple[User, str]]
    staying_count: int


def outlook(batch: ImportBatch) -> Outlook:
    """Look ahead: which accounts would go, and which would stay and why (R-EXC-13)."""
    rows = list(batch.users.select_related("user").order_by("user__full_name"))
    made = [row.user for row in rows if row.is_new]
    uses = user_rules.uses_of(made)
    used = [(user, uses[user.pk]) for user in made if user.pk in uses]
    return Outlook(
        removable=len(made) - len(used),
        changed=len(rows) - len(made),
        staying=used[:SHOWN],
        staying_count=len(used),
    )


@transaction.atomic
def undo_accounts(batch: ImportBatch) -> None:
    """Take the accounts of an import back; those that stay are kept with their reason."""
    by = batch.undone_by
    if by is None:
        raise ValueError("an import is taken back by somebody")
    rows = list(batch.users.filter(stayed="").select_related("user"))
    done = withdraw_accounts(
        made=[row.user for row in rows if row.is_new],
        changed=[
            Changed(row.user, row.before or {}, row.after or {}) for row in rows if not row.is_new
        ],
        action=ACTIONS[ImportBatch.Kind(batch.kind)],
        by=by,
    )
    for user, reason in done.stayed:
        batch.users.filter(user=user).update(stayed=reason[:200])
    batch.counts = {
        **batch.counts,
        "removed": done.removed,
        "restored": done.restored,
        "stayed": len(done.stayed),
    }
    batch.progress_done = len(rows)
    batch.save(update_fields=["counts", "progress_done"])
