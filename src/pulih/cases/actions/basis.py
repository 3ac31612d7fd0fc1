"""Why the office may work with a person: consent, or a basis in law; and its withdrawal."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions import telling
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.intake_facts import Grounds
from pulih.cases.models import Basis, Case
from pulih.cases.rules import check_day
from pulih.common.errors import RuleError
from pulih.people.rules import is_surely_a_child

CONSENTS = frozenset({Basis.Kind.CLIENT, Basis.Kind.GUARDIAN})


@transaction.atomic
def record_basis(*, case: Case, grounds: Grounds, by: User) -> Basis:
    """Record a consent, or the basis in law that stands in its place.

    Args:
        case: a case the user can see; it is locked and re-read here.
        grounds: which basis, from which day, by whom or on what ground.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: a consent names nobody, a basis in law has no ground, a child is said to have
            consented alone, or the day has not come.

    Source: R-CASE-18, R-CASE-19, docs/rules/cases.md (UU 27/2022 art. 20, 25, 26).
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    check_day(grounds.on)
    _check_grounds(case, grounds)
    basis = case.bases.create(
        kind=grounds.kind,
        given_on=grounds.on,
        given_by=grounds.given_by.strip(),
        note=grounds.note.strip(),
        recorded_by=by,
    )
    add_event(case, "basis_recorded", on=grounds.on, by=by, basis=grounds.kind)
    audit.record("case.basis_recorded", actor=by, subject=case, detail={"kind": grounds.kind})
    telling.basis_is_found(case, by)
    return basis


@transaction.atomic
def withdraw_basis(*, basis: Basis, on: dt.date, note: str, by: User) -> Basis:
    """Record that a consent was withdrawn, or that a basis in law holds no more.

    Where no other basis is left, the lead gets the task to find one or to end the case.

    Args:
        basis: a basis of a case the user can see.
        on: since when.
        note: who withdrew it and what was said.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it is withdrawn already, the day is wrong, or nothing is said.

    Source: R-CASE-19, docs/rules/cases.md (UU 27/2022 art. 9).
    """
    case = lock_case(basis.case)
    may(by, Action.CASE_WORK, case).require()
    basis = case.bases.get(pk=basis.pk)
    check_day(on)
    if basis.withdrawn_on is not None:
        raise RuleError(_("This basis has been withdrawn already."), rule="R-CASE-19")
    if on < basis.given_on:
        raise RuleError(_("Nothing is withdrawn before it was given."), rule="R-CASE-19")
    if not note.strip():
        raise RuleError(_("Say who withdrew it and what was said."), rule="R-CASE-19")
    basis.withdrawn_on = on
    basis.withdrawn_note = note.strip()
    basis.save(update_fields=["withdrawn_on", "withdrawn_note"])
    add_event(case, "basis_withdrawn", on=on, by=by, basis=basis.kind, reason=note.strip())
    audit.record(
        "case.basis_withdrawn", actor=by, subject=case, reason=note, detail={"kind": basis.kind}
    )
    if not case.is_ended and not case.bases.filter(withdrawn_on=None).exists():
        lead = case.team.filter(is_lead=True, left_on=None).select_related("user").first()
        telling.basis_is_missing(case, lead.user if lead else None, by)
    return basis


def _check_grounds(case: Case, grounds: Grounds) -> None:
    if grounds.kind not in Basis.Kind.values:
        raise RuleError(_("Choose a basis."), rule="R-CASE-18")
    if grounds.kind in CONSENTS:
        if not grounds.given_by.strip():
            raise RuleError(_("Say who gave the consent, and as what."), rule="R-CASE-18")
    elif not grounds.note.strip():
        raise RuleError(
            _("A basis in law needs its ground: which duty, danger or order."), rule="R-CASE-18"
        )
    if grounds.kind == Basis.Kind.CLIENT and is_surely_a_child(case.person, grounds.on):
        raise RuleError(
            _(
                "For somebody under 18 the parent or guardian consents. Where the guardian is "
                "part of the danger, record a basis in law."
            ),
            rule="R-CASE-19",
        )
