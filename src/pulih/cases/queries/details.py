"""What is known already of a service before its short form is filled in."""

from __future__ import annotations

from typing import Any

from pulih.access.models import User
from pulih.cases.models import Case, PlannedService, Referral, ServiceRecord
from pulih.cases.queries.delivery import referrals_of
from pulih.cases.service_forms import current, kept_parts

REFERRAL_KIND = "K"
ANSWERS = {
    Referral.State.ACCEPTED: "accepted",
    Referral.State.FULL: "full",
    Referral.State.REFUSED: "refused",
}


def known_details(
    kind: str,
    case: Case,
    *,
    user: User,
    planned: PlannedService | None = None,
    record: ServiceRecord | None = None,
) -> dict[str, Any]:
    """The answers to begin the form with: from the referral, the plan, the request, in this order.

    Answers of an older version of the form are taken as far as the fields are the same.
    """
    known: dict[str, Any] = _of_referral(case, user) if kind == REFERRAL_KIND else {}
    for source in (planned, record.planned if record else None, record):
        if source is not None and source.kind == kind and source.details:
            known |= kept_parts(current(kind), source.details)
    return known


def _of_referral(case: Case, user: User) -> dict[str, Any]:
    sent = referrals_of(case, user=user).exclude(
        state__in=[Referral.State.DRAFT, Referral.State.WITHDRAWN]
    )
    latest = sent.first()
    if latest is None:
        return {}
    return {
        "to": latest.asked_name,
        "purpose": str(latest.purpose)[:200],
        "sent_on": latest.sent_on,
        "sent_by": "letter",
        "received_on": latest.answered_at.date() if latest.answered_at else None,
        "answered": ANSWERS.get(Referral.State(latest.state), "waiting"),
        "answer": latest.answer,
    }
