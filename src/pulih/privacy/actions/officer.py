"""Naming the data protection officer."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.errors import RuleError
from pulih.privacy.models import ProtectionOfficer


@transaction.atomic
def name_officer(*, name: str, contact: str, by: User) -> ProtectionOfficer:
    """Name whom people on file can write to about their data.

    Raises:
        PermissionDenied: `by` does not answer for the record of processing.
        RuleError: name or address is missing.

    Source: R-PRI-30, docs/rules/privacy.md (UU 27/2022 art. 53).
    """
    if not by.may(Action.PROCESSING_MANAGE):
        raise PermissionDenied(_("Your role does not change the record of processing."))
    if not name.strip() or not contact.strip():
        raise RuleError(_("Write name and address."), rule="R-PRI-30")
    officer, _made = ProtectionOfficer.objects.update_or_create(
        office=by.office, defaults={"name": name.strip(), "contact": contact.strip()}
    )
    audit.record("protection_officer.named", actor=by, subject=officer)
    return officer
