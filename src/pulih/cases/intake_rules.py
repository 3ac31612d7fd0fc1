"""Rules up to the approved plan: how closely a matter is held, and who decides on a plan."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import Office, Section, User
from pulih.access.policy import Action, RecordClass
from pulih.access.roles import Role
from pulih.access.rules import may, names_of
from pulih.cases.models import Case, Plan, Report
from pulih.cases.stages import Stage
from pulih.common.errors import RuleError
from pulih.people.codes import KINDS

_CLOSENESS = (RecordClass.OPEN, RecordClass.RESTRICTED, RecordClass.SEALED)


def class_of_kind(ppks_kind: int | None) -> RecordClass:
    """How closely a matter of this PPKS kind is held when nothing else is said (R-CASE-4)."""
    if ppks_kind is None or str(ppks_kind) not in KINDS:
        return RecordClass.OPEN
    return KINDS[str(ppks_kind)].record_class


def class_of(row: Report | Case) -> RecordClass:
    """How closely a report or a case is held now."""
    if row.compartment_id is not None:
        return RecordClass.SEALED
    return RecordClass.RESTRICTED if row.restricted else RecordClass.OPEN


def closest(*classes: RecordClass) -> RecordClass:
    """The closest of several ways to hold a record."""
    return max(classes, key=_CLOSENESS.index)


def section_for(office: Office, ppks_kind: int | None) -> Section:
    """The section that takes a kind when nothing else is said (R-CASE-3)."""
    known = ppks_kind is not None and str(ppks_kind) in KINDS
    kind = KINDS[str(ppks_kind)].section if known else Section.Kind.REHABILITATION
    return office.sections.get(kind=kind)


def may_receive(user: User) -> Decision:
    """Who writes down incoming reports (R-CASE-3)."""
    if user.may(Action.REPORT_RECEIVE):
        return ALLOW
    return deny(_("Your role does not receive reports."), who=names_of(Action.REPORT_RECEIVE))


def may_see_reporter(user: User, report: Report) -> Decision:
    """A protected reporter is shown to whoever decides on the report, and to the receiver."""
    if not report.reporter_protected or report.received_by_id == user.pk:
        return ALLOW
    if may(user, Action.REPORT_TRIAGE, report):
        return ALLOW
    return deny(_("The reporter asked to be protected."), who=names_of(Action.REPORT_TRIAGE))


def check_begun(case: Case, stage: Stage) -> None:
    """Refuse work of a stage that the case has not reached (R-CASE-1).

    Raises:
        RuleError: the case is in an earlier stage.
    """
    if case.stage < stage:
        raise RuleError(
            _("The case is still in “%(now)s”; this belongs to “%(then)s”.")
            % {"now": case.stage_now.label, "then": stage.label},
            rule="R-CASE-1",
        )


def check_not_ended(case: Case) -> None:
    """Refuse work on a case that has ended (R-CASE-1).

    Raises:
        RuleError: the case has been terminated.
    """
    if case.is_ended:
        raise RuleError(_("The case has ended; the section head can reopen it."), rule="R-CASE-1")


def may_write(user: User, plan: Plan) -> Decision:
    """Only a draft or a returned plan is changed, by those who work on the case (R-CASE-25)."""
    if not plan.is_editable:
        return deny(
            _("This version of the plan is no longer changed: write a new version."),
            who=_("The team of the case."),
        )
    return may(user, Action.CASE_WORK, plan.case)


def may_decide(user: User, plan: Plan) -> Decision:
    """The head of the section approves a plan, never somebody who wrote in it (R-CASE-28)."""
    if user.pk == plan.author_id or plan.writers.filter(pk=user.pk).exists():
        return deny(_("Nobody approves a plan they wrote in."), who=decider_of(plan))
    answer = may(user, Action.PLAN_APPROVE, plan.case)
    return answer if answer else deny(answer.reason, who=decider_of(plan))


def decider_of(plan: Plan) -> str:
    """Who decides on this plan, in words."""
    if is_by_head(plan):
        return str(Role.HEAD_OF_OFFICE.label)
    return f"{Role.SECTION_HEAD.label} · {plan.case.section}"


def is_by_head(plan: Plan) -> bool:
    """Did a head of the case's section write in it, so that the head of office decides?"""
    return (
        plan.author.grants.filter(
            role=Role.SECTION_HEAD, section=plan.case.section_id, unit=None
        ).exists()
        or plan.writers.filter(
            grants__role=Role.SECTION_HEAD,
            grants__section=plan.case.section_id,
            grants__unit=None,
        ).exists()
    )
