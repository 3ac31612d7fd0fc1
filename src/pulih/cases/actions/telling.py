"""Tasks and notices that follow from reports, teams and plans; called inside an action.

Titles hold words and a number, never a name. What a reader may not know is not told to them: the
inbox hides a task or notice about a sealed record from everybody who is not named in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from pulih.access.duty import on_duty
from pulih.access.models import CompartmentMember, User
from pulih.access.roles import Role
from pulih.cases.actions.settling import end_tasks
from pulih.cases.intake_rules import is_by_head
from pulih.cases.models import Case, CaseGrant, Plan, Report
from pulih.cases.queries.staff import heads_of, may_know, unit_head
from pulih.common.clock import today
from pulih.inbox.actions import When, drop_tasks, notify, open_task
from pulih.inbox.models import Queue, Subject, Task

DAYS_TO_DECIDE = 3
DAYS_TO_NAME_A_LEAD = 2
DAYS_TO_APPROVE = 3
DAYS_TO_FIND_A_BASIS = 7

DECIDE_REPORT = "decide_report"
NAME_LEAD = "name_lead"
APPROVE_PLAN = "approve_plan"
MEND_PLAN = "mend_plan"
FIND_BASIS = "find_basis"
CONFIRM_NAME = "confirm_name"


def report_waits(report: Report, by: User) -> None:
    """Ask the section for a decision, on the same day when it is urgent (R-CASE-5)."""
    urgent = Task.Priority.URGENT if report.urgent else Task.Priority.NORMAL
    days = 0 if report.urgent else DAYS_TO_DECIDE
    open_task(
        kind=DECIDE_REPORT,
        title=_("Decide on report %(number)s") % {"number": report.number},
        about=_about_report(report),
        to=_head_of(report),
        when=When(today() + dt.timedelta(days=days), urgent),
        by=by,
    )


def report_decided(report: Report, by: User) -> None:
    """Close the task, and tell the receiver what became of it, if they may still read it."""
    report_left(report, by)
    receiver = report.received_by
    if receiver.pk == by.pk or not Report.objects.visible_to(receiver).filter(pk=report.pk):
        return
    notify(
        kind="report_decided",
        title=_("Report %(number)s: %(state)s")
        % {"number": report.number, "state": report.get_state_display()},
        about=_about_report(report),
        to=[receiver],
        by=by,
    )


def report_left(report: Report, by: User) -> None:
    """Close the task of the section that no longer decides."""
    end_tasks(report.pk, by, kind=DECIDE_REPORT)


def lead_is_missing(case: Case, by: User) -> None:
    """Ask the section head to name the lead (R-CASE-15)."""
    open_task(
        kind=NAME_LEAD,
        title=_("Name the lead of case %(number)s") % {"number": case.number},
        about=_about_case(case, "cases:team"),
        to=_head_of(case),
        when=When(today() + dt.timedelta(days=DAYS_TO_NAME_A_LEAD)),
        by=by,
    )


def lead_is_named(case: Case, lead: User, by: User) -> None:
    """Close the task, and tell the new lead."""
    end_tasks(case.pk, by, kind=NAME_LEAD)
    if lead.pk != by.pk:
        notify(
            kind="lead_named",
            title=_("You now lead case %(number)s") % {"number": case.number},
            about=_about_case(case, "cases:detail"),
            to=[lead],
            by=by,
        )


def member_is_added(case: Case, member: User, by: User) -> None:
    """Tell somebody that they are on a team."""
    if member.pk != by.pk:
        notify(
            kind="member_added",
            title=_("You are on the team of case %(number)s") % {"number": case.number},
            about=_about_case(case, "cases:detail"),
            to=[member],
            by=by,
        )


def basis_is_missing(case: Case, lead: User | None, by: User) -> None:
    """Ask the lead for another basis after a withdrawal; without a lead the section head."""
    open_task(
        kind=FIND_BASIS,
        title=_("Consent withdrawn: find another basis or end case %(number)s")
        % {"number": case.number},
        about=_about_case(case, "cases:basis"),
        to=lead or Queue(Role.SECTION_HEAD, case.section),
        when=When(today() + dt.timedelta(days=DAYS_TO_FIND_A_BASIS), Task.Priority.URGENT),
        by=by,
    )


def basis_is_found(case: Case, by: User) -> None:
    """Close the task."""
    end_tasks(case.pk, by, kind=FIND_BASIS)


def plan_waits(plan: Plan, by: User) -> None:
    """Ask whoever approves this plan: the section head, or the head of office (R-CASE-28)."""
    end_tasks(plan.case_id, by, kind=MEND_PLAN)
    wrote = {plan.author_id, *plan.writers.values_list("pk", flat=True)}
    open_task(
        kind=APPROVE_PLAN,
        title=_("Approve the plan of case %(number)s") % {"number": plan.case.number},
        about=_about_case(plan.case, "cases:plan_tab"),
        to=Queue(Role.HEAD_OF_OFFICE) if is_by_head(plan) else _head_of(plan.case, but=wrote),
        when=When(today() + dt.timedelta(days=DAYS_TO_APPROVE)),
        by=by,
    )


def plan_taken_back(plan: Plan, by: User) -> None:
    """Close the task of approving: nothing waits any more."""
    end_tasks(plan.case_id, by, kind=APPROVE_PLAN)


def plan_decided(plan: Plan, by: User) -> None:
    """Close the task; the author gets a notice, or the plan back as a task."""
    end_tasks(plan.case_id, by, kind=APPROVE_PLAN)
    about = _about_case(plan.case, "cases:plan_tab")
    if plan.state == Plan.State.RETURNED:
        open_task(
            kind=MEND_PLAN,
            title=_("Mend the returned plan of case %(number)s") % {"number": plan.case.number},
            about=about,
            to=plan.author,
            when=When(today() + dt.timedelta(days=DAYS_TO_APPROVE)),
            body=str(plan.decision_note),
            by=by,
        )
        return
    notify(
        kind="plan_approved",
        title=_("The plan of case %(number)s is approved") % {"number": plan.case.number},
        about=about,
        to=[plan.author],
        by=by,
    )


def unit_is_changed(case: Case, by: User) -> None:
    """Ask the head of the new unit for what waited in the old one (R-CASE-87)."""
    if drop_tasks(subject_id=case.pk, kind=NAME_LEAD, by=by):
        lead_is_missing(case, by)
    if drop_tasks(subject_id=case.pk, kind=APPROVE_PLAN, by=by):
        for plan in case.plans.filter(state=Plan.State.SUBMITTED):
            plan_waits(plan, by)


def name_waits(
    member: CompartmentMember, record: Case | Report, seconds: Iterable[User], by: User
) -> None:
    """Ask a second officer to confirm a name, by the number of the record alone (R-CASE-330)."""
    others = [second for second in seconds if second.pk not in {by.pk, member.user_id}]
    pool = {user.pk for user in on_duty(others) or others}
    in_section = heads_of(record.section).filter(pk__in=pool).exists()
    open_task(
        kind=CONFIRM_NAME,
        title=_("Confirm who may know of %(number)s") % {"number": record.number},
        about=_about_name(member, record),
        to=Queue(Role.SECTION_HEAD, record.section) if in_section else Queue(Role.HEAD_OF_OFFICE),
        when=When(today(), Task.Priority.URGENT),
        by=by,
    )


def name_decided(member: CompartmentMember, by: User, *, confirmed: bool, why: str = "") -> None:
    """Tell whoever named somebody what the second officer said."""
    if member.named_by is None:
        return
    title = _("A name that you gave is confirmed") if confirmed else _("A name is refused")
    about = Subject(
        office=member.compartment.office,
        compartment=member.compartment,
        kind=CompartmentMember._meta.label_lower,
        id=member.pk,
    )
    notify(kind=CONFIRM_NAME, title=title, about=about, to=[member.named_by], body=why, by=by)


def grant_given(grant: CaseGrant, by: User) -> None:
    """Tell the holder and the supervisor from when until when; a sealed one once confirmed."""
    days = {"number": grant.case.number, "until": grant.valid_until.strftime("%d/%m/%Y")}
    about = _about_case(grant.case, "cases:detail")
    notify(
        kind="grant_given",
        title=_("You may read case %(number)s until %(until)s") % days,
        about=about,
        to=[grant.user],
        by=by,
    )
    if grant.supervisor is not None and grant.supervisor.pk != by.pk:
        notify(
            kind="grant_given",
            title=_("%(who)s reads case %(number)s under your guidance until %(until)s")
            % {"who": grant.user.full_name, **days},
            about=about,
            to=[grant.supervisor],
            by=by,
        )


def _about_name(member: CompartmentMember, record: Case | Report) -> Subject:
    """Told to people who may not know the record itself: its number, and who is named."""
    return Subject(
        office=record.office,
        kind=CompartmentMember._meta.label_lower,
        id=member.pk,
        label=record.number,
        url_name="cases:naming",
        url_kwargs={"key": str(member.pk)},
    )


def _head_of(record: Case | Report, *, but: Collection[UUID] = ()) -> User | Queue:
    """The head of the unit, where there is one who may know; else the heads of the section."""
    head = unit_head(record.unit, but=but)
    if head is not None and may_know(head, record.compartment_id):
        return head
    return Queue(Role.SECTION_HEAD, record.section)


def _about_report(report: Report) -> Subject:
    return Subject.of(report, "cases:report", pk=report.pk)


def _about_case(case: Case, page: str) -> Subject:
    return Subject.of(case, page, number=case.number)
