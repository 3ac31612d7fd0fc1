"""The content of a file: a download in a sandbox; pages draw the pictures that we made anew."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.downloads import download
from pulih.common.errors import RuleError
from pulih.files import queries
from pulih.files.actions import open_file, open_thumbnail
from pulih.files.models import Attachment


@guard(Action.DAY_VIEW)
@require_GET
def open_(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """A file, to be saved."""
    attachment = queries.get_attachment(pk, user=request.user)
    try:
        content = open_file(attachment=attachment, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
        return redirect("files:panel", attachment.owner_kind, attachment.owner_id)
    return _serve(attachment, content, attachment.content_type)


@guard(Action.DAY_VIEW)
@require_GET
def thumbnail(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The small picture of a photo."""
    attachment = queries.get_attachment(pk, user=request.user)
    if not attachment.has_thumbnail:
        raise Http404
    try:
        content = open_thumbnail(attachment=attachment, by=request.user)
    except RuleError:
        raise Http404 from None
    return _serve(attachment, content, "image/jpeg")


def _serve(attachment: Attachment, content: bytes, content_type: str) -> HttpResponse:
    """Under a name that tells nothing: the sender's own often names whom the file is about."""
    ending = PurePath(attachment.original_name).suffix
    name = f"{_('file')}-{attachment.uploaded_at:%Y%m%d}-{str(attachment.pk)[:8]}{ending}"
    return download(content, content_type=content_type, name=name)
