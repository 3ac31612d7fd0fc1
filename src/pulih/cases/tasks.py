"""Background work of cases: the clock of referrals, and the watch over refusals."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from pulih.access.models import Office, User
from pulih.access.unusual import denied_often
from pulih.cases.actions.answering import escalate_referral
from pulih.cases.actions.warning import warn_of_denials
from pulih.cases.models import Referral
from pulih.common.clock import today


def escalate_referrals(day: dt.date | None = None) -> int:
    """Tell the section heads of every referral that has had no answer by its day (R-CASE-40).

    Run once a day; a second run tells nobody twice.

    Args:
        day: today, unless a test or a late run says otherwise.

    Returns:
        How many were told of now.
    """
    on = day or today()
    overdue = Referral.objects.unscoped(reason="the clock looks at every referral").filter(
        state=Referral.State.SENT, answer_due_on__lt=on, escalated_on=None
    )
    return sum(
        escalate_referral(referral=referral, on=on)
        for referral in list(overdue.select_related("case__section", "to_section"))
    )


@task()
def escalate_referrals_today() -> int:
    """The same, in the background, for the office's clock."""
    return escalate_referrals()


def warn_of_denials_of(day: dt.date) -> int:
    """Tell of everybody who was refused records too often on a day (R-ACC-192).

    Run again and again through the day; nobody is told twice. A page that refuses tells nobody
    itself: the time it takes would give away that the record exists.

    Returns:
        How many were told of now.
    """
    told = 0
    for office in Office.objects.all():
        often = denied_often(office, day)
        for user in User.objects.filter(pk__in=often).order_by("username"):
            told += bool(warn_of_denials(user=user, on=day, times=often[user.pk], by=None))
    return told


@task()
def warn_of_denials_today() -> int:
    """The same, in the background: of today, and of what came late yesterday."""
    day = today()
    return warn_of_denials_of(day - dt.timedelta(days=1)) + warn_of_denials_of(day)
