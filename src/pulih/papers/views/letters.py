"""The list of letters, one letter, and its sheet as PDF and DOCX."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.papers import queries
from pulih.papers.actions.issuing import file_name
from pulih.papers.actions.reading import open_docx, open_sheet
from pulih.papers.models import Letter

PAGE_ROWS = 25
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@guard(Action.LETTER_READ)
def list_(request: StaffRequest) -> HttpResponse:
    """The letters that the reader's roles show, newest first."""
    rows = queries.list_letters(user=request.user)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "papers/list.html", {"page": page})


@require_GET
@guard(Action.LETTER_READ)
def letter(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One letter."""
    found = queries.get_letter(pk, user=request.user)
    context = {
        "letter": found,
        "template": queries.template_of(found),
        "blanks": queries.blanks_of(found) if found.is_draft else [],
    }
    return render(request, "papers/letter.html", context)


@require_GET
@guard(Action.LETTER_READ)
def pdf(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The sheet, sealed once it is issued, shown by the browser's own reader."""
    found = queries.get_letter(pk, user=request.user)
    content = open_sheet(letter=found, by=request.user)
    return _served(found, content, "application/pdf", ".pdf", save="simpan" in request.GET)


@require_GET
@guard(Action.LETTER_READ)
def docx(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The same content to be edited by hand."""
    found = queries.get_letter(pk, user=request.user)
    content = open_docx(letter=found, by=request.user)
    return _served(found, content, DOCX, ".docx", save=True)


def _served(
    found: Letter, content: bytes, content_type: str, ending: str, *, save: bool
) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    name = file_name(found) + ending
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=save, filename=name) or "attachment"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
