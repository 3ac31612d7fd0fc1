"""Writing a plan: its versions, goals and planned services, and the client's agreement."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.changes import check_unchanged
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.actions.serving import BEFOREHAND, kept_details
from pulih.cases.intake_facts import GoalFacts, ServiceFacts
from pulih.cases.intake_rules import check_begun, check_not_ended, may_write
from pulih.cases.models import Case, Goal, Plan, PlannedService
from pulih.cases.queries.plans import approved_plan, plan_in_work
from pulih.cases.queries.staff import workers_of
from pulih.cases.rules import check_day
from pulih.cases.stages import Stage
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people.codes import ATENSI, SERVICE_KINDS

ANCHORS = 5


@transaction.atomic
def start_plan(*, case: Case, by: User) -> Plan:
    """Begin a new version; goals and services of the version in force are copied into it.

    Args:
        case: a case the user can see; it is locked and re-read here.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the case has not reached planning or has ended, or a version is in work.

    Source: R-CASE-24, docs/rules/cases.md (PP 39/2012 art. 7(2)).
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    check_begun(case, Stage.PLANNING)
    check_not_ended(case)
    if plan_in_work(case) is not None:
        raise RuleError(_("A version of the plan is in work already."), rule="R-CASE-24")
    former = approved_plan(case)
    last = case.plans.aggregate(last=Max("version"))["last"] or 0
    plan = case.plans.create(
        version=last + 1,
        author=by,
        created_on=today(),
        summary=str(former.summary) if former else "",
    )
    plan.writers.add(by)
    if former is not None:
        _copy(former, plan)
    add_event(case, "plan_started", on=today(), by=by, version=plan.version)
    audit.record("plan.started", actor=by, subject=case, detail={"version": plan.version})
    return plan


@transaction.atomic
def set_summary(*, plan: Plan, summary: str, seen: str | None = None, by: User) -> Plan:
    """Write what the plan is about, in a few sentences.

    Args:
        seen: the stamp of the form it was typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` does not work on the case, or the version is no longer changed.

    Source: R-CASE-25, docs/rules/cases.md.
    """
    plan = _open_to(plan, by)
    check_unchanged(plan, seen, trail_of=plan.case)
    plan.summary = summary.strip()
    plan.save(update_fields=["summary"])
    _note_change(plan, "summary", by)
    return plan


@transaction.atomic
def save_goal(
    *,
    plan: Plan,
    facts: GoalFacts,
    goal: Goal | None = None,
    seen: str | None = None,
    by: User,
) -> Goal:
    """Add a goal, or change one of this version.

    Args:
        plan: a version in work of a case the user can see.
        facts: the goal; its five outcomes all differ.
        goal: the goal to change; None adds one.
        seen: the stamp of the form that changes it (R-ACC-162).

    Raises:
        PermissionDenied: `by` does not work on the case, or the version is no longer changed.
        RuleError: text, area, outcomes, baseline or weight are not as a scaled goal needs them.

    Source: R-CASE-26, docs/rules/cases.md (goal attainment scaling).
    """
    plan = _open_to(plan, by)
    _check_goal(facts)
    if goal:
        goal = plan.goals.get(pk=goal.pk)
        check_unchanged(goal, seen, trail_of=plan.case)
    else:
        goal = Goal(plan=plan, position=_next(plan.goals))
    goal.text = facts.text.strip()
    goal.area = facts.area
    goal.anchors = [anchor.strip() for anchor in facts.anchors]
    goal.baseline = facts.baseline
    goal.weight = facts.weight
    goal.due_on = facts.due_on
    goal.save()
    _note_change(plan, "goal", by, key=goal.pk)
    return goal


@transaction.atomic
def remove_goal(*, goal: Goal, by: User) -> None:
    """Take a goal out of a version in work; services planned for it stay without a goal.

    Raises:
        PermissionDenied: `by` does not work on the case, or the version is no longer changed.

    Source: R-CASE-25, docs/rules/cases.md.
    """
    plan = _open_to(goal.plan, by)
    key = goal.pk
    plan.goals.get(pk=key).delete()
    _note_change(plan, "goal removed", by, key=key)


@transaction.atomic
def save_service(
    *,
    plan: Plan,
    facts: ServiceFacts,
    service: PlannedService | None = None,
    seen: str | None = None,
    by: User,
) -> PlannedService:
    """Add a planned service, or change one of this version.

    Args:
        plan: a version in work of a case the user can see.
        facts: the service.
        service: the one to change; None adds one.
        seen: the stamp of the form that changes it (R-ACC-162).

    Raises:
        PermissionDenied: `by` does not work on the case, or the version is no longer changed.
        RuleError: the kind or component is unknown, the goal is of another plan, the dates are
            out of order, or the one responsible does not work with cases.

    Source: R-CASE-27, docs/rules/cases.md (PP 39/2012 art. 7(1), Permensos 7/2021).
    """
    plan = _open_to(plan, by)
    _check_service(plan, facts)
    if service:
        found = plan.services.get(pk=service.pk)
        check_unchanged(found, seen, trail_of=plan.case)
    else:
        found = PlannedService(plan=plan, position=_next(plan.services))
    found.kind = facts.kind
    found.text = facts.text.strip()
    found.atensi = facts.atensi
    found.goal = facts.goal
    found.frequency = facts.frequency.strip()
    found.planned_from = facts.planned_from
    found.planned_until = facts.planned_until
    found.responsible = facts.responsible
    found.form_version, found.details = kept_details(facts.kind, facts.details, asked=BEFOREHAND)
    found.save()
    _note_change(plan, "service", by, key=found.pk)
    return found


@transaction.atomic
def remove_service(*, service: PlannedService, by: User) -> None:
    """Take a planned service out of a version in work.

    Raises:
        PermissionDenied: `by` does not work on the case, or the version is no longer changed.

    Source: R-CASE-25, docs/rules/cases.md.
    """
    plan = _open_to(service.plan, by)
    key = service.pk
    plan.services.get(pk=key).delete()
    _note_change(plan, "service removed", by, key=key)


@transaction.atomic
def record_agreement(*, plan: Plan, agreed_by: str, name: str, on: dt.date, by: User) -> Plan:
    """Record that the client or the guardian agreed to this version as it stands.

    Any later change of the version takes the agreement back.

    Args:
        plan: a version in work with goals and services.
        agreed_by: client or guardian.
        name: who agreed; needed for a guardian.
        on: which day.

    Raises:
        PermissionDenied: `by` does not work on the case, or the version is no longer changed.
        RuleError: there is nothing to agree to, a guardian has no name, or the day is wrong.

    Source: R-CASE-29, docs/rules/cases.md.
    """
    plan = _open_to(plan, by)
    check_day(on)
    if agreed_by not in Plan.AgreedBy.values:
        raise RuleError(_("Say who agreed."), rule="R-CASE-29")
    if agreed_by == Plan.AgreedBy.GUARDIAN and not name.strip():
        raise RuleError(_("Name the parent or guardian who agreed."), rule="R-CASE-29")
    if on < plan.created_on:
        raise RuleError(_("Nobody agrees to a plan before it is written."), rule="R-CASE-29")
    check_whole(plan)
    plan.agreed_by = agreed_by
    plan.agreed_name = name.strip()
    plan.agreed_on = on
    plan.save(update_fields=["agreed_by", "agreed_name", "agreed_on"])
    add_event(plan.case, "plan_agreed", on=on, by=by, version=plan.version, agreed_by=agreed_by)
    audit.record("plan.agreed", actor=by, subject=plan.case, detail={"version": plan.version})
    return plan


def check_whole(plan: Plan) -> None:
    """Refuse a plan without goals or services (R-CASE-29); part of an action."""
    if not plan.goals.exists():
        raise RuleError(_("The plan has no goal yet."), rule="R-CASE-29")
    if not plan.services.exists():
        raise RuleError(_("The plan has no service yet."), rule="R-CASE-29")


def lock_plan(plan: Plan) -> Plan:
    """The plan as it is now, with its case locked until the transaction ends."""
    case = lock_case(plan.case)
    found = case.plans.select_related("author", "decided_by").get(pk=plan.pk)
    found.case = case
    return found


def _open_to(plan: Plan, by: User) -> Plan:
    found = lock_plan(plan)
    may_write(by, found).require()
    return found


def _note_change(plan: Plan, what: str, by: User, *, key: UUID | None = None) -> None:
    """Remember the writer and take an agreement back: it was given to other words."""
    plan.writers.add(by)
    if plan.agreed_by:
        plan.agreed_by, plan.agreed_name, plan.agreed_on = "", "", None
        plan.save(update_fields=["agreed_by", "agreed_name", "agreed_on"])
    audit.record(
        "plan.changed",
        actor=by,
        subject=plan.case,
        detail={"version": plan.version, "what": what, "row": str(key or "")},
    )


def _next(rows: object) -> int:
    last = rows.aggregate(last=Max("position"))["last"]  # type: ignore[attr-defined]
    return (last or 0) + 1


def _copy(former: Plan, plan: Plan) -> None:
    copies = {}
    for goal in former.goals.all():
        copies[goal.pk] = plan.goals.create(
            position=goal.position,
            area=goal.area,
            text=str(goal.text),
            anchors=list(goal.anchors),
            weight=goal.weight,
            baseline=goal.baseline,
            due_on=goal.due_on,
        )
    for service in former.services.all():
        plan.services.create(
            goal=copies.get(service.goal_id) if service.goal_id else None,
            kind=service.kind,
            atensi=service.atensi,
            text=str(service.text),
            frequency=service.frequency,
            planned_from=service.planned_from,
            planned_until=service.planned_until,
            responsible=service.responsible,
            form_version=service.form_version,
            details=service.details,
            position=service.position,
        )


def _check_goal(facts: GoalFacts) -> None:
    anchors = [anchor.strip() for anchor in facts.anchors]
    if not facts.text.strip() or facts.area not in Goal.Area.values:
        raise RuleError(_("A goal needs its text and its area."), rule="R-CASE-26")
    if len(anchors) != ANCHORS or not all(anchors):
        raise RuleError(_("Describe all five outcomes, from −2 to +2."), rule="R-CASE-26")
    if len({anchor.casefold() for anchor in anchors}) != ANCHORS:
        raise RuleError(_("The five outcomes must differ."), rule="R-CASE-26")
    if not -2 <= facts.baseline <= 1:
        raise RuleError(
            _("The situation now lies between −2 and +1: at +2 nothing is left to reach."),
            rule="R-CASE-26",
        )
    if not 1 <= facts.weight <= ANCHORS:
        raise RuleError(_("A weight lies between 1 and 5."), rule="R-CASE-26")


def _check_service(plan: Plan, facts: ServiceFacts) -> None:
    if facts.kind not in SERVICE_KINDS:
        raise RuleError(_("Choose one of the eleven kinds of service."), rule="R-CASE-27")
    if facts.atensi is not None and str(facts.atensi) not in ATENSI:
        raise RuleError(_("Choose one of the seven components of ATENSI."), rule="R-CASE-27")
    if facts.goal is not None and facts.goal.plan_id != plan.pk:
        raise RuleError(_("This goal is of another version of the plan."), rule="R-CASE-27")
    if facts.planned_from and facts.planned_until and facts.planned_until < facts.planned_from:
        raise RuleError(_("The service ends before it begins."), rule="R-CASE-27")
    responsible = facts.responsible
    if responsible and not workers_of(plan.case.office).filter(pk=responsible.pk).exists():
        raise RuleError(
            _("Only somebody who works with cases is responsible for a service."),
            rule="R-CASE-27",
        )
