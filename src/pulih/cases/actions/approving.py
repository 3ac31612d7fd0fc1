"""Submitting a plan, and the decision on it by somebody who did not write it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.access.rules import may
from pulih.cases.actions import telling
from pulih.cases.actions.history import add_event
from pulih.cases.actions.planning import check_whole, lock_plan
from pulih.cases.intake_rules import may_decide, may_write
from pulih.cases.models import Plan
from pulih.common.clock import now, today
from pulih.common.errors import RuleError


@transaction.atomic
def submit_plan(*, plan: Plan, by: User) -> Plan:
    """Ask for approval; from now on the version is not changed.

    Args:
        plan: a whole version to which the client or guardian has agreed.

    Raises:
        PermissionDenied: `by` does not work on the case, or the version is not in work.
        RuleError: it has no goal or no service, or nobody has agreed to it.

    Source: R-CASE-29, docs/rules/cases.md.
    """
    plan = lock_plan(plan)
    may_write(by, plan).require()
    check_whole(plan)
    if not plan.agreed_by:
        raise RuleError(
            _("First talk the plan through with the client or guardian and record the agreement."),
            rule="R-CASE-29",
        )
    plan.state = Plan.State.SUBMITTED
    plan.submitted_at = now()
    plan.save(update_fields=["state", "submitted_at"])
    add_event(plan.case, "plan_submitted", on=today(), by=by, version=plan.version)
    audit.record("plan.submitted", actor=by, subject=plan.case, detail={"version": plan.version})
    telling.plan_waits(plan, by)
    return plan


@transaction.atomic
def take_back_plan(*, plan: Plan, by: User) -> Plan:
    """Take a submitted plan back to change it.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it does not wait for approval.

    Source: R-CASE-25, docs/rules/cases.md.
    """
    plan = lock_plan(plan)
    may(by, Action.CASE_WORK, plan.case).require()
    _check_waits(plan)
    plan.state = Plan.State.DRAFT
    plan.submitted_at = None
    plan.save(update_fields=["state", "submitted_at"])
    add_event(plan.case, "plan_taken_back", on=today(), by=by, version=plan.version)
    audit.record("plan.taken_back", actor=by, subject=plan.case, detail={"version": plan.version})
    telling.plan_taken_back(plan, by)
    return plan


@transaction.atomic
def approve_plan(*, plan: Plan, note: str = "", by: User) -> Plan:
    """Approve a plan; it is in force from now on, and the version before it no longer is.

    Args:
        plan: a submitted version of a case the user can see.
        note: a word to the author.
        by: the head of the case's section, or the head of office; never who wrote in it.

    Raises:
        PermissionDenied: `by` does not decide on this plan (rules.may_decide).
        RuleError: it does not wait for approval.

    Source: R-CASE-28, docs/rules/cases.md.
    """
    plan = lock_plan(plan)
    may_decide(by, plan).require()
    _check_waits(plan)
    for former in plan.case.plans.filter(state=Plan.State.APPROVED):
        former.state = Plan.State.SUPERSEDED
        former.save(update_fields=["state"])
    _decide(plan, Plan.State.APPROVED, note, by)
    add_event(
        plan.case, "plan_approved", on=today(), by=by, version=plan.version, note=note.strip()
    )
    audit.record(
        "plan.approved", actor=by, subject=plan.case, reason=note, detail=_decided(plan, by)
    )
    telling.plan_decided(plan, by)
    return plan


@transaction.atomic
def return_plan(*, plan: Plan, note: str, by: User) -> Plan:
    """Return a plan to its author with what must change.

    Args:
        plan: a submitted version of a case the user can see.
        note: what must change.
        by: whoever could approve it.

    Raises:
        PermissionDenied: `by` does not decide on this plan (rules.may_decide).
        RuleError: it does not wait for approval, or the note is empty.

    Source: R-CASE-28, docs/rules/cases.md.
    """
    plan = lock_plan(plan)
    may_decide(by, plan).require()
    _check_waits(plan)
    if not note.strip():
        raise RuleError(_("Say what must change in the plan."), rule="R-CASE-28")
    _decide(plan, Plan.State.RETURNED, note, by)
    add_event(
        plan.case, "plan_returned", on=today(), by=by, version=plan.version, note=note.strip()
    )
    audit.record(
        "plan.returned", actor=by, subject=plan.case, reason=note, detail=_decided(plan, by)
    )
    telling.plan_decided(plan, by)
    return plan


def _decide(plan: Plan, state: str, note: str, by: User) -> None:
    plan.state = state
    plan.decided_by = by
    plan.decided_at = now()
    plan.decision_note = note.strip()
    plan.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])


def _decided(plan: Plan, by: User) -> dict[str, object]:
    """The version, and the letter by which an acting head decides on it (R-ACC-184)."""
    acting = by.capacity(Role.SECTION_HEAD, Role.HEAD_OF_OFFICE)
    return {"version": plan.version, **({"acting": acting} if acting else {})}


def _check_waits(plan: Plan) -> None:
    if plan.state != Plan.State.SUBMITTED:
        raise RuleError(_("This version of the plan does not wait for approval."), rule="R-CASE-28")
