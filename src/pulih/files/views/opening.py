"""The content of a file: pictures inside a page, everything else as a download in a sandbox."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.errors import RuleError
from pulih.files import queries
from pulih.files.actions import open_file, open_thumbnail
from pulih.files.models import Attachment


@guard(Action.DAY_VIEW)
@require_GET
def open_(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """A file, to be looked at or saved."""
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
    """Only what we drew ourselves is shown; nothing that came from outside runs in our name."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = (
        content_disposition_header(
            as_attachment=not attachment.is_image, filename=attachment.original_name
        )
        or "attachment"
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
