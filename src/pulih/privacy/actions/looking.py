"""Opening the dossier of a person: a reading of everything, with its line in the trail."""

from __future__ import annotations

from django.db import transaction

from pulih.access import audit
from pulih.access.models import User
from pulih.common.errors import RuleError
from pulih.privacy import rules
from pulih.privacy.dossier import Dossier, dossier_of
from pulih.privacy.models import RightsRequest


@transaction.atomic
def open_dossier(*, request: RightsRequest, by: User) -> Dossier:
    """The dossier that answers a request for access.

    Raises:
        PermissionDenied: `by` does not decide on the request.
        RuleError: who asks is suspected of harming the person.

    Source: R-PRI-5, docs/rules/privacy.md.
    """
    rules.may_decide(by, request).require()
    refusal = rules.may_grant(request)
    if not refusal:
        raise RuleError(refusal.reason, rule="R-PRI-3")
    audit.record("dossier.opened", actor=by, subject=request.person, reason=request.number)
    return dossier_of(request.person, user=by)
