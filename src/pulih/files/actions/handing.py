"""Files that go along when one record becomes another."""

from __future__ import annotations

from django.db import transaction

from pulih.access import audit
from pulih.access.models import User
from pulih.common.resealing import reseal_rows
from pulih.files import rules
from pulih.files.actions.resealing import reseal_files
from pulih.files.models import Attachment, Owner


@transaction.atomic
def hand_over_files(*, source: Owner, target: Owner, by: User) -> int:
    """Give the files of one record to another; they take over its compartment.

    The action of the app above, which makes the one of the other, has asked for the target.

    Args:
        source: the record that has them.
        target: the record that gets them.

    Returns:
        How many went along.

    Raises:
        PermissionDenied: `by` may not take files away from the source.

    Source: R-FILE-7, docs/rules/files.md.
    """
    rows = Attachment.objects.unscoped(reason="the files of a record whose writer is asked below")
    found = list(
        rows.select_for_update(of=("self",)).filter(
            owner_kind=source.kind, owner_id=source.id, removed_at=None
        )
    )
    if not found:
        return 0
    rules.may_write(by, source).require()
    compartment = rules.compartment_of(target)
    for attachment in found:
        attachment.owner_kind, attachment.owner_id = target.kind, target.id
        attachment.compartment = compartment
        attachment.save(update_fields=["owner_kind", "owner_id", "compartment"])
        audit.record(
            "file.handed_over",
            actor=by,
            subject=attachment,
            detail={"from": [source.kind, str(source.id)], "to": [target.kind, str(target.id)]},
        )
    keys = [attachment.pk for attachment in found]
    reseal_rows(rows.filter(pk__in=keys))
    reseal_files(rows.filter(pk__in=keys))
    return len(found)
