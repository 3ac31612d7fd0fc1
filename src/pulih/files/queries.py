"""Reads of files, each asked of the owner first."""

from __future__ import annotations

import uuid

from django.http import Http404

from pulih.access.models import User
from pulih.access.purpose import require as require_purpose
from pulih.access.scope import not_sealed_to
from pulih.files import rules
from pulih.files.models import Attachment, Owner

OWNER_ASKED = "the owner's resolver was asked before (files.rules)"


def list_attachments(owner: Owner, *, user: User) -> list[Attachment]:
    """The files of a record that the user may read, newest first; none without the right."""
    if not rules.may_read(user, owner):
        return []
    rows = Attachment.objects.unscoped(reason=OWNER_ASKED).filter(
        office=user.office_id, owner_kind=owner.kind, owner_id=owner.id, removed_at=None
    )
    rows = rows.select_related("uploaded_by", "compartment")
    return [row for row in rows if not row.compartment_id or rules.may_open(user, row)]


def get_attachment(pk: uuid.UUID, *, user: User) -> Attachment:
    """One file, or 404: what the user may not open does not exist."""
    rows = Attachment.objects.unscoped(reason="may_open is asked of the row that is found")
    rows = rows.filter(not_sealed_to(user), pk=pk)
    found = rows.select_related("compartment", "office").first()
    if found is None or not rules.may_open(user, found):
        raise Http404
    require_purpose(found.compartment_id, user=user)
    return found
