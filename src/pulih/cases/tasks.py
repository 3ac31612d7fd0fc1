"""Background work of cases: the clock of referrals."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from pulih.cases.actions.answering import escalate_referral
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
