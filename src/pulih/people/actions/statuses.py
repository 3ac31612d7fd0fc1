"""PPKS kinds and other dated facts: begun, ended, never overwritten."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people import rules
from pulih.people.codes import KINDS
from pulih.people.drafts import FactDraft, StatusDraft
from pulih.people.models import Person, PersonFact, PpksStatus
from pulih.people.storage.locking import lock_entry


@transaction.atomic
def add_status(
    *, person: Person, draft: StatusDraft, is_primary: bool = False, by: User
) -> PpksStatus:
    """Record that a person is of a PPKS kind from a day; the first kind is the primary one.

    Args:
        person: the entry.
        draft: the kind, its day and where it comes from.
        is_primary: make it the kind by which the person is counted.
        by: whoever records it.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: the kind is not one of the scheme, its day lies in the future, or the person
            has it already.

    Source: R-PEO-7, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    if str(draft.kind) not in KINDS:
        raise RuleError(_("There is no such PPKS kind."), rule="R-PEO-7")
    if draft.status_on and draft.status_on > today():
        raise RuleError(_("The day lies in the future."), rule="R-PEO-7")
    running = entry.statuses.filter(ended_on=None)
    if running.filter(kind=draft.kind).exists():
        raise RuleError(_("The person has this kind already."), rule="R-PEO-7")
    first = not running.filter(is_primary=True).exists()
    if is_primary and not first:
        running.update(is_primary=False)
    status = PpksStatus.objects.create(
        person=entry,
        kind=draft.kind,
        scheme_version=KINDS.scheme,
        is_primary=is_primary or first,
        subtype=draft.subtype,
        disability=draft.disability,
        status_on=draft.status_on,
        source=draft.source,
        note=draft.note,
        recorded_by=by,
    )
    _show_main_kind(entry)
    audit.record("ppks.added", actor=by, subject=entry, detail={"kind": draft.kind})
    return status


@transaction.atomic
def end_status(*, status: PpksStatus, ended_on: dt.date, reason: str, by: User) -> PpksStatus:
    """End a PPKS status on a day; it stays in the history.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: it has ended already, or the day is before its beginning or in the future.

    Source: R-PEO-7, docs/rules.md.
    """
    entry = lock_entry(status.person, by=by)
    if status.ended_on is not None:
        raise RuleError(_("This status has ended already."), rule="R-PEO-7")
    if ended_on > today() or (status.status_on and ended_on < status.status_on):
        raise RuleError(
            _("The end lies between the beginning of the status and today."), rule="R-PEO-7"
        )
    status.ended_on, was_primary, status.is_primary = ended_on, status.is_primary, False
    status.save(update_fields=["ended_on", "is_primary"])
    heir = entry.statuses.filter(ended_on=None).first()
    if was_primary and heir is not None:
        heir.is_primary = True
        heir.save(update_fields=["is_primary"])
    _show_main_kind(entry)
    audit.record("ppks.ended", actor=by, subject=entry, reason=reason, detail={"kind": status.kind})
    return status


@transaction.atomic
def withdraw_statuses(*, person: Person, source: str, by: User) -> int:
    """Take the kinds that one record wrote on an open entry away without a trace on the entry.

    Called inside the action that holds the record more closely from now on: an ended kind would
    tell of it still. The trail keeps that it was done.

    Args:
        source: the number of the record.

    Returns:
        How many kinds.

    Source: R-CASE-333, docs/rules/cases.md.
    """
    rows = person.statuses.filter(source=source)
    kinds = list(rows.values_list("kind", flat=True))
    if not kinds:
        return 0
    rows.delete()
    heir = person.statuses.filter(ended_on=None).first()
    if heir is not None and not person.statuses.filter(ended_on=None, is_primary=True).exists():
        heir.is_primary = True
        heir.save(update_fields=["is_primary"])
    _show_main_kind(person)
    audit.record("ppks.withdrawn", actor=by, subject=person, detail={"kinds": kinds})
    return len(kinds)


@transaction.atomic
def add_fact(*, person: Person, draft: FactDraft, by: User) -> PersonFact:
    """Add a dated fact, such as an insurance or a DTSEN decile; a decile refuses nobody.

    Raises:
        PermissionDenied: `by` may not change the entry.

    Source: R-PEO-12, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    fact = PersonFact.objects.create(
        person=entry,
        kind=draft.kind,
        code=draft.code,
        detail=draft.detail,
        period=draft.period,
        fact_on=draft.fact_on,
        source=draft.source,
        recorded_by=by,
    )
    audit.record("fact.added", actor=by, subject=entry, detail={"kind": draft.kind})
    return fact


def _show_main_kind(entry: Person) -> None:
    """Keep on the entry the kind that lists show; none that is held closely (R-PEO-7)."""
    primary = entry.statuses.filter(ended_on=None, is_primary=True).first()
    kind = primary.kind if primary else None
    shown = kind if kind in rules.OPEN_KINDS and not entry.is_sealed else None
    if shown != entry.main_kind:
        entry.main_kind = shown
        entry.save(update_fields=["main_kind", "updated_at"])
