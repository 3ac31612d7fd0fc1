"""Limiting the use of a person's data, and lifting the limit."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.people.models import Person, ProcessingLimit


@transaction.atomic
def limit_processing(
    *, person: Person, reason: str, request_number: str, by: User
) -> ProcessingLimit:
    """Limit the use of a person's data from now on; a limit that stands already is kept.

    The caller has asked its own rule: a limit is set where a request for it was granted.

    Args:
        reason: in words; encrypted.
        request_number: the request that asked for it.

    Raises:
        RuleError: no reason is given.

    Source: R-PEO-30, docs/rules/people.md.
    """
    if not reason.strip():
        raise RuleError(_("Write why the use of the data is limited."), rule="R-PEO-30")
    standing = person.limits.filter(lifted_at=None).first()
    if standing is not None:
        return standing
    limit = ProcessingLimit.objects.create(
        person=person, reason=reason, request_number=request_number, since=now(), set_by=by
    )
    audit.record("limit.set", actor=by, subject=person, reason=reason)
    return limit


@transaction.atomic
def lift_limit(*, person: Person, reason: str, by: User) -> None:
    """End the limit on a person's data.

    Raises:
        RuleError: no reason is given, or nothing is limited.

    Source: R-PEO-30, docs/rules/people.md.
    """
    if not reason.strip():
        raise RuleError(_("Write why the limit ends."), rule="R-PEO-30")
    ended = person.limits.filter(lifted_at=None).update(lifted_at=now(), lifted_by=by)
    if not ended:
        raise RuleError(_("The use of these data is not limited."), rule="R-PEO-30")
    audit.record("limit.lifted", actor=by, subject=person, reason=reason)
