"""Saying what a sealed record is opened for."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import Compartment, User
from pulih.access.purpose import Purpose
from pulih.access.scope import compartments_of
from pulih.common.errors import RuleError


@transaction.atomic
def say_purpose(*, compartment: Compartment, purpose: str, words: str = "", by: User) -> None:
    """Write into the trail what a sealed record is opened for.

    Raises:
        RuleError: `by` is not named there now, the purpose is none of the list, or it is
            something else and no words say what.

    Source: R-ACC-183, docs/rules/access.md.
    """
    if not compartments_of(by).filter(compartment=compartment).exists():
        raise RuleError(_("You are not named here."), rule="R-ACC-183")
    if purpose not in Purpose.values:
        raise RuleError(_("Choose what for."), rule="R-ACC-183")
    if purpose == Purpose.OTHER and not words.strip():
        raise RuleError(_("Write in a few words what for."), rule="R-ACC-183")
    audit.record(
        "compartment.purpose_said",
        actor=by,
        subject=compartment,
        reason=words.strip(),
        detail={"purpose": purpose},
    )
