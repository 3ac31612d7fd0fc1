"""The needs of a client: written down, met, or explained."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.changes import check_unchanged
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.facts import Needed
from pulih.cases.models import Case, Need
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.actions import When, drop_tasks, open_task
from pulih.inbox.models import Subject

SEE_TO_NEED = "see_to_need"


@transaction.atomic
def record_needs(*, case: Case, needed: Collection[Needed], by: User) -> list[Need]:
    """Write down what the client lacks; whoever sees to it gets a task when there is a day.

    Args:
        case: a case the user can see; it is locked and re-read here.
        needed: one or more needs.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: nothing is written, or a need is given to somebody outside the team.

    Source: R-CASE-100, R-CASE-101, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    if not needed:
        raise RuleError(_("Choose or write at least one need."), rule="R-CASE-100")
    made = []
    for one in needed:
        _check_owner(case, one.owner)
        need = case.needs.create(recorded_by=by, **_values(one))
        _remind(need, by)
        made.append(need)
    audit.record("need.recorded", actor=by, subject=case, detail={"count": len(made)})
    return made


@transaction.atomic
def change_need(*, need: Need, needed: Needed, seen: str | None = None, by: User) -> Need:
    """Change a need that is open.

    Args:
        need: one of a case that the user can see; it is re-read under the lock of its case.
        seen: the stamp of the form it was typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it is settled already, or is given to somebody outside the team.

    Source: R-CASE-100, R-CASE-101, docs/rules/cases.md.
    """
    need = _locked(need, by)
    _still_open(need)
    check_unchanged(need, seen, trail_of=need.case)
    _check_owner(need.case, needed.owner)
    for name, value in _values(needed).items():
        setattr(need, name, value)
    need.save()
    drop_tasks(subject_id=need.pk, by=by)
    _remind(need, by)
    audit.record("need.changed", actor=by, subject=need.case, detail={"need": str(need.pk)})
    return need


@transaction.atomic
def meet_need(*, need: Need, note: str = "", by: User) -> Need:
    """Tick a need as met today.

    Args:
        note: how, where somebody wants to say it.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it is settled already.

    Source: R-CASE-102, docs/rules/cases.md.
    """
    return _settle(need, Need.State.MET, note, by)


@transaction.atomic
def explain_need(*, need: Need, why: str, by: User) -> Need:
    """Say why a need cannot be met; it then holds nothing up, and stays in sight.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it is settled already, or no reason is given.

    Source: R-CASE-102, docs/rules/cases.md.
    """
    if not why.strip():
        raise RuleError(_("Say why this need cannot be met."), rule="R-CASE-102")
    return _settle(need, Need.State.UNMET, why, by)


@transaction.atomic
def reopen_need(*, need: Need, by: User) -> Need:
    """Take a tick back: the need is open again.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it is open.

    Source: R-CASE-102, docs/rules/cases.md.
    """
    need = _locked(need, by)
    if need.is_open:
        raise RuleError(_("This need is open."), rule="R-CASE-102")
    need.state, need.settled_on, need.settled_by, need.note = Need.State.OPEN, None, None, ""
    need.save(update_fields=["state", "settled_on", "settled_by", "note"])
    _remind(need, by)
    audit.record("need.reopened", actor=by, subject=need.case, detail={"need": str(need.pk)})
    return need


def _settle(need: Need, state: Need.State, note: str, by: User) -> Need:
    need = _locked(need, by)
    _still_open(need)
    need.state, need.settled_on, need.settled_by = state, today(), by
    need.note = note.strip()
    need.save(update_fields=["state", "settled_on", "settled_by", "note"])
    drop_tasks(subject_id=need.pk, by=by)
    kind = "need_met" if state == Need.State.MET else "need_explained"
    add_event(need.case, kind, on=today(), by=by, need=need.kind, reason=need.note)
    audit.record(
        "need.settled",
        actor=by,
        subject=need.case,
        reason=need.note,
        detail={"need": str(need.pk), "state": str(state)},
    )
    return need


def _locked(need: Need, by: User) -> Need:
    case = lock_case(need.case)
    may(by, Action.CASE_WORK, case).require()
    found = case.needs.select_for_update(of=("self",)).get(pk=need.pk)
    found.case = case
    return found


def _still_open(need: Need) -> None:
    if not need.is_open:
        raise RuleError(_("This need is settled already."), rule="R-CASE-102")


def _check_owner(case: Case, owner: User | None) -> None:
    if owner is not None and not case.team.filter(user=owner, left_on=None).exists():
        raise RuleError(_("Somebody of the team sees to a need."), rule="R-CASE-101")


def _values(needed: Needed) -> dict[str, object]:
    return {
        "kind": needed.kind,
        "text": needed.text.strip(),
        "helper": needed.helper.strip(),
        "owner": needed.owner,
        "due_on": needed.due_on,
    }


def _remind(need: Need, by: User) -> None:
    """A need with somebody and a day stands in that somebody's list of tasks."""
    if need.owner is None or need.due_on is None:
        return
    case = need.case
    about = Subject(
        office=case.office,
        compartment=case.compartment,
        kind=need._meta.label_lower,
        id=need.pk,
        label=case.number,
        url_name="cases:needs",
        url_kwargs={"number": case.number},
    )
    open_task(
        kind=SEE_TO_NEED,
        title=_("See to a need: %(number)s") % {"number": case.number},
        about=about,
        to=need.owner,
        when=When(need.due_on),
        by=by,
    )
