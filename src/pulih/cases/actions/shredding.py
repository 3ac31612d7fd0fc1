"""Destroying a case with all that hangs on it; called by the action that has asked the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import models, transaction

from pulih.access import audit
from pulih.access.models import User
from pulih.cases.models import Case
from pulih.cases.reach import children_of
from pulih.common import ledger
from pulih.common.key_shredding import destroy_keys
from pulih.files.actions.destroying import destroy_files
from pulih.inbox.actions.destroying import destroy_inbox
from pulih.papers.actions.emptying import empty_letters


@transaction.atomic
def shred_case(*, case: Case, by: User | None) -> dict[str, int]:
    """Destroy a case: its report, plan, services, notes, files, letters' words, tasks.

    The registered person stays, and the trail keeps the number. Rows that only point to the case
    and may stand without it lose the pointer.

    With the rows go the keys of a sealed case and of its report, so that older copies of the
    database stay unreadable.

    Args:
        by: None when a restore applies an earlier destruction again.

    Returns:
        How many rows of each kind were destroyed, by the kind's name.

    Source: R-CASE-300, R-CONF-40, docs/rules/cases.md.
    """
    report = case.report
    gone: Counter[str] = Counter()
    keys: set[UUID] = set()
    _destroy([case], gone, keys)
    if report is not None:
        _destroy([report], gone, keys)
    gone["files"] += destroy_files(keys)
    gone["letters"] += empty_letters(keys)
    gone["tasks and notices"] += destroy_inbox(keys)
    destroy_keys(keys)
    audit.record("case.destroyed", actor=by, subject=case, detail=dict(gone), office=case.office)
    kind, key = case._meta.label_lower, str(case.pk)
    # Only once it is certain; a crash in between is made good when the next backup is made.
    transaction.on_commit(lambda: ledger.append(kind, key))
    return {name: count for name, count in gone.items() if count}


def _destroy(rows: Collection[models.Model], gone: Counter[str], keys: set[UUID]) -> None:
    """Destroy rows of one model, after all that hangs on them."""
    if not rows:
        return
    model = type(next(iter(rows)))
    pks = [row.pk for row in rows]
    for relation in children_of(model):
        field: Any = relation.field
        manager = field.model._base_manager
        hanging = manager.filter(**{f"{field.name}__in": pks})
        if field.null:
            # It can stand without the case: a referral of another case, a counter service.
            hanging.update(**{field.name: None})
        else:
            _destroy(list(hanging), gone, keys)
    keys.update(pks)
    gone[str(model._meta.model_name)] += len(pks)
    # Everything that hung on them is gone: nothing is left for a collector to find.
    model._base_manager.filter(pk__in=pks)._raw_delete(using="default")
