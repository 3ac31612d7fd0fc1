"""Beginning the search of the whole registry for entries that may be one person."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.clock import now
from pulih.people.models import DuplicateScan
from pulih.people.queries.screening import screened_people


@transaction.atomic
def start_scan(*, by: User) -> DuplicateScan:
    """Begin to search the registry, or say which search is running already.

    The caller enqueues `tasks.scan_duplicates` once this is committed.

    Args:
        by: whoever searches; the pairs found are those that they may see.

    Raises:
        PermissionDenied: `by` may not merge.

    Source: R-PEO-52, docs/rules.md.
    """
    if not by.may(Action.PERSON_MERGE):
        raise PermissionDenied(_("Your role does not search for duplicates."))
    running = DuplicateScan.objects.filter(office=by.office_id, finished_at=None).first()
    if running is not None:
        return running
    total = screened_people(user=by).count()
    scan = DuplicateScan.objects.create(office=by.office, by=by, started_at=now(), total=total)
    audit.record("duplicates.searched", actor=by, subject=scan, detail={"people": total})
    return scan
