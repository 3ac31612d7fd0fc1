"""Tasks and notices that follow from referrals, ends and follow-ups; called inside an action.

Titles hold words and a number, never a name; the inbox hides what is about a sealed case from
everybody who is not named in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.access.roles import Role
from pulih.cases.actions.settling import end_tasks
from pulih.cases.models import Case, Referral, ServiceRecord
from pulih.cases.queries.staff import heads_of
from pulih.common.clock import today
from pulih.inbox.actions import When, drop_tasks, notify, open_task
from pulih.inbox.models import Queue, Subject, Task

ANSWER_REFERRAL = "answer_referral"
REFERRAL_OVERDUE = "referral_overdue"
FOLLOW_UP = "follow_up"
REOPEN = "reopen_case"
SAFETY = "safety_check"
VISIT = "visit"

DAYS_TO_CHASE = 3
DAYS_TO_JUDGE = 7


def referral_is_sent(referral: Referral, by: User) -> None:
    """Ask the head of the section that is asked; an outside one has the letter (R-CASE-37)."""
    drop_tasks(subject_id=referral.pk, by=by)
    if referral.to_section is None:
        return
    open_task(
        kind=ANSWER_REFERRAL,
        title=_("Answer referral %(number)s") % {"number": referral.number},
        about=_about_referral(referral, "cases:answer"),
        to=Queue(Role.SECTION_HEAD, referral.to_section),
        when=When(referral.answer_due_on),
        by=by,
    )


def referral_is_answered(referral: Referral, by: User | None) -> None:
    """End what waited for the answer, and tell the lead, or the head where there is none."""
    end_tasks(referral.pk, by)
    notify(
        kind="referral_answered",
        title=_("Referral %(number)s: %(answer)s")
        % {"number": referral.number, "answer": referral.get_state_display()},
        about=_about_referral(referral, "cases:referral"),
        to=_lead_or_heads(referral.case),
        by=by,
    )


def referral_is_withdrawn(referral: Referral, by: User) -> None:
    """Nobody answers it any more."""
    drop_tasks(subject_id=referral.pk, by=by)


def referral_is_overdue(referral: Referral, by: User | None) -> None:
    """Ask the head of the sending section to chase the answer; the lead is told (R-CASE-40)."""
    title = _("No answer yet to referral %(number)s") % {"number": referral.number}
    about = _about_referral(referral, "cases:referral")
    open_task(
        kind=REFERRAL_OVERDUE,
        title=title,
        about=about,
        to=Queue(Role.SECTION_HEAD, referral.case.section),
        when=When(today() + dt.timedelta(days=DAYS_TO_CHASE), Task.Priority.URGENT),
        key=f"referral-overdue:{referral.pk}:{referral.link_round}",
        by=by,
    )
    notify(kind=REFERRAL_OVERDUE, title=title, about=about, to=_leads(referral.case), by=by)


def case_is_closed(case: Case, follow_up_on: Iterable[dt.date], by: User) -> None:
    """End the tasks of the running case, and open one for each follow-up (R-CASE-47)."""
    drop_tasks(subject_id=case.pk, reason=_("The case has ended."), by=by)
    for day in follow_up_on:
        _ask_follow_up(case, day, by)


def case_is_followed_up(case: Case, on: dt.date, next_on: dt.date | None, by: User) -> None:
    """Complete the follow-up that was due, and open a task for the next one."""
    end_tasks(case.pk, by, kind=FOLLOW_UP, due_until=on)
    if next_on is not None:
        _ask_follow_up(case, next_on, by)


def case_got_worse(case: Case, by: User) -> None:
    """Ask the section head whether the case shall be opened again (R-CASE-48)."""
    open_task(
        kind=REOPEN,
        title=_("Worse after the end: shall case %(number)s be opened again?")
        % {"number": case.number},
        about=Subject.of(case, "cases:ending", number=case.number),
        to=Queue(Role.SECTION_HEAD, case.section),
        when=When(today() + dt.timedelta(days=DAYS_TO_JUDGE), Task.Priority.URGENT),
        by=by,
    )


def safety_is_asked(case: Case, because: str, by: User) -> None:
    """Ask the lead and the section head, each by a task of their own, today (R-CASE-65).

    Args:
        because: a key of what was found; asked once for each.
    """
    receivers: list[User | Queue] = [*_leads(case), Queue(Role.SECTION_HEAD, case.section)]
    for number, to in enumerate(receivers):
        open_task(
            kind=SAFETY,
            title=_("Check the client's safety today, case %(number)s") % {"number": case.number},
            about=Subject.of(case, "cases:assessment_tab", number=case.number),
            to=to,
            when=When(today(), Task.Priority.URGENT),
            key=f"safety:{because}:{number}",
            by=by,
        )


def danger_is_seen(record: ServiceRecord, by: User) -> None:
    """Ask for the client's safety where the form of a service says that something is dangerous."""
    if record.details and record.details.get("danger"):
        safety_is_asked(record.case, f"{record.case_id}:{record.provided_on}", by)


def visit_is_due(case: Case, on: dt.date, by: User) -> None:
    """Ask the lead, or the section head where there is none, for the next visit (R-CASE-61)."""
    lead = next(iter(_leads(case)), None)
    open_task(
        kind=VISIT,
        title=_("Visit for case %(number)s") % {"number": case.number},
        about=Subject.of(case, "cases:visit", number=case.number),
        to=lead or Queue(Role.SECTION_HEAD, case.section),
        when=When(on),
        key=f"visit:{case.pk}:{on}",
        by=by,
    )


def visit_is_made(case: Case, on: dt.date, by: User) -> None:
    """Complete the visits that were due until that day."""
    end_tasks(case.pk, by, kind=VISIT, due_until=on)


def case_is_reopened(case: Case, by: User) -> None:
    """The follow-ups are not due any more; the lead is told."""
    end_tasks(case.pk, by)
    notify(
        kind="case_reopened",
        title=_("Case %(number)s is open again") % {"number": case.number},
        about=Subject.of(case, "cases:detail", number=case.number),
        to=_leads(case),
        by=by,
    )


def _ask_follow_up(case: Case, day: dt.date, by: User) -> None:
    lead = next(iter(_leads(case)), None)
    open_task(
        kind=FOLLOW_UP,
        title=_("Follow-up of case %(number)s") % {"number": case.number},
        about=Subject.of(case, "cases:follow_up", number=case.number),
        to=lead or Queue(Role.SECTION_HEAD, case.section),
        when=When(day),
        key=f"follow-up:{case.pk}:{day}",
        by=by,
    )


def _about_referral(referral: Referral, page: str) -> Subject:
    case = referral.case
    return Subject(
        office=case.office,
        compartment=case.compartment,
        kind=referral._meta.label_lower,
        id=referral.pk,
        label=referral.number,
        url_name=page,
        url_kwargs={"key": str(referral.pk)},
    )


def _leads(case: Case) -> list[User]:
    current = case.team.filter(is_lead=True, left_on=None).select_related("user")
    return [member.user for member in current]


def _lead_or_heads(case: Case) -> list[User]:
    return _leads(case) or list(heads_of(case.section))
