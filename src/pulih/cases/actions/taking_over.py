"""A case of the receiving section, opened from a referral that its head accepted."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import RecordClass
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.actions.opening import open_case
from pulih.cases.intake_facts import NewCase
from pulih.cases.models import Case, Referral
from pulih.cases.rules import may_answer_inside
from pulih.common.clock import today
from pulih.common.errors import RuleError


@transaction.atomic
def open_case_from_referral(*, referral: Referral, facts: NewCase, by: User) -> Case:
    """Open a case of one's own section for the client of an accepted referral.

    The new case is held at least as closely as the one that it comes from.

    Args:
        referral: one to the section that `by` heads, accepted; it is locked and re-read here.
        facts: what the case starts with; its section is the one that was asked.

    Raises:
        PermissionDenied: `by` does not head the section that was asked.
        RuleError: it was not accepted, a case was opened already, or it names no client.

    Source: R-CASE-38, docs/rules/cases.md.
    """
    origin = lock_case(referral.case)
    found = origin.referrals.select_for_update(of=("self",)).get(pk=referral.pk)
    may_answer_inside(by, found).require()
    if found.state != Referral.State.ACCEPTED or found.opened_case_id is not None:
        raise RuleError(
            _("A case is opened once, from a referral that was accepted."), rule="R-CASE-38"
        )
    if not found.names_client:
        raise RuleError(
            _("The referral does not name the client: ask its lead before you open a case."),
            rule="R-CASE-38",
        )
    if origin.restricted and facts.held is None:
        facts = replace(facts, held=RecordClass.RESTRICTED)
    made = open_case(facts=facts, person=origin.person, by=by)
    found.opened_case = made
    found.save(update_fields=["opened_case"])
    add_event(
        origin,
        "referral_case_opened",
        on=today(),
        by=by,
        number=found.number,
        to=found.asked_name,
    )
    audit.record("referral.case_opened", actor=by, subject=origin, detail={"number": found.number})
    return made
