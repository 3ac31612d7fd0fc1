"""Breaking the glass, and judging it afterwards."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.actions.compartments import name_for_hours
from pulih.access.models import AuditEvent, User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.access.rules import may
from pulih.cases.models import BrokenGlass, Case
from pulih.cases.queries.staff import heads_of, holders
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.inbox.actions import When, notify, open_task
from pulih.inbox.models import Queue, Subject, Task

HOURS = dt.timedelta(hours=4)
LEAST = 20
"""How many characters a reason has at least."""
FAILED_A_DAY = 5
BY_NUMBER = "looked up by its number, after the reason is given; every try is in the trail"
LOCKED = "re-read under a lock; glass.judge is asked of the row"


@transaction.atomic
def break_glass(*, number: str, reason: str, by: User) -> BrokenGlass | None:
    """Open a closely held case for four hours; the section's head and the auditor learn it at once.

    Nothing is told of a number before the reason is written; after it, every try leaves a line.
    Five tries a day that lead to no case are the most.

    Returns:
        None where no case of this number is closed to `by`: the try stands in the trail.

    Raises:
        PermissionDenied: `by` breaks no glass.
        RuleError: the reason is too short, or there were too many tries.

    Source: R-CASE-310, docs/rules/cases.md.
    """
    if not by.may(Action.GLASS_BREAK):
        raise PermissionDenied(_("Your role does not break the glass."))
    if len(reason.strip()) < LEAST:
        raise RuleError(
            _("Write the reason in at least %(least)s characters: it is read by others at once.")
            % {"least": LEAST},
            rule="R-CASE-310",
        )
    if _failed_today(by) >= FAILED_A_DAY:
        raise RuleError(_("Too many tries today. Ask the head of the section."), rule="R-CASE-310")
    case = _closed_to(by, number.strip())
    if case is None:
        # No refusal: it would roll back the line that tells of the try.
        audit.record("glass.refused", actor=by, reason=reason, detail={"number": number[:40]})
        return None
    return _break(case, reason.strip(), by)


@transaction.atomic
def judge_glass(*, glass: BrokenGlass, justified: bool, words: str, by: User) -> BrokenGlass:
    """Say afterwards whether the emergency was one.

    Raises:
        PermissionDenied: `by` does not judge, or broke it themselves.
        RuleError: nothing is said, or it was judged already.

    Source: R-CASE-312, docs/rules/cases.md.
    """
    rows = BrokenGlass.objects.unscoped(reason=LOCKED).select_related("case")
    found = rows.select_for_update(of=("self",)).get(pk=glass.pk)
    may(by, Action.GLASS_JUDGE, found).require()
    if found.user_id == by.pk:
        raise PermissionDenied(_("Nobody judges what they did themselves."))
    if found.judged_at is not None:
        raise RuleError(_("This was judged already."), rule="R-CASE-312")
    if not words.strip():
        raise RuleError(_("Write why."), rule="R-CASE-312")
    found.justified, found.judgement = justified, words.strip()
    found.judged_by, found.judged_at = by, now()
    found.save()
    audit.record(
        "glass.judged", actor=by, subject=found, reason=words, detail={"justified": justified}
    )
    return found


def _break(case: Case, reason: str, by: User) -> BrokenGlass:
    moment = now()
    glass = BrokenGlass.objects.create(
        case=case, user=by, reason=reason, broken_at=moment, until_at=moment + HOURS
    )
    audit.record("glass.broken", actor=by, subject=case, reason=reason)
    if case.compartment is not None:
        name_for_hours(
            compartment=case.compartment,
            user=by,
            until_at=glass.until_at,
            # The words lie encrypted in the glass itself.
            purpose=str(_("Emergency")),
            by=by,
        )
    _tell(glass, by)
    return glass


def _tell(glass: BrokenGlass, by: User) -> None:
    """Head of the section and auditor learn of it at once, by number; a head judges it."""
    case = glass.case
    # Told to people who may not know the case itself: the number, who, and why.
    about = Subject(
        office=case.office,
        kind=BrokenGlass._meta.label_lower,
        id=glass.pk,
        label=case.number,
        url_name="cases:glass",
        url_kwargs={"key": str(glass.pk)},
    )
    title = _("%(who)s broke the glass of %(number)s") % {
        "who": by.full_name,
        "number": case.number,
    }
    heads = heads_of(case.section, case.unit).exclude(pk=by.pk)
    other_head = heads.exists()
    # A head's own glass is told to, and judged by, the head of office.
    judges = heads if other_head else holders(case.office, Role.HEAD_OF_OFFICE)
    watchers = holders(case.office, Role.AUDITOR)
    notify(
        kind="glass_broken",
        title=title,
        about=about,
        to=[user for user in (*judges, *watchers) if user.pk != by.pk],
        body=glass.reason,
        by=by,
    )
    open_task(
        kind="judge_glass",
        title=_("Judge whether the glass of %(number)s had to be broken") % {"number": case.number},
        about=about,
        to=Queue(Role.SECTION_HEAD, case.section) if other_head else Queue(Role.HEAD_OF_OFFICE),
        when=When(today() + dt.timedelta(days=1), Task.Priority.URGENT),
        by=by,
    )


def _closed_to(user: User, number: str) -> Case | None:
    """The closely held case of this number that the user cannot open otherwise."""
    rows = Case.objects.unscoped(reason=BY_NUMBER).filter(office=user.office_id, number=number)
    case = rows.select_related("section", "unit", "office", "compartment").first()
    if case is None or not case.is_held_closely or may(user, Action.CASE_READ, case):
        return None
    if case.exclusions.filter(user=user, ended_at=None).exists():
        return None
    return case


def _failed_today(user: User) -> int:
    start = dt.datetime.combine(today(), dt.time(), tzinfo=now().astimezone().tzinfo)
    tries = AuditEvent.objects.filter(office=user.office_id, actor=user, verb="glass.refused")
    return tries.filter(at__gte=start).count()
