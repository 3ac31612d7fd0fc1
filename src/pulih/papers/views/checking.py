"""Is this letter ours? Open to everybody: by the code on it, or by its PDF."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pulih.access.guards import public
from pulih.papers import queries
from pulih.papers.forms.steps import CodeForm, SheetForm
from pulih.papers.models import Letter

MAX_BYTES = 5 * 1024 * 1024
OVERHEAD = 16 * 1024
"""What a browser sends around the file."""


@public("whoever holds a letter asks whether it is ours; no name of a person is ever told")
@require_http_methods(["GET", "POST"])
@csrf_exempt  # it changes nothing; and the check of the token would read the upload before its size
def check(request: HttpRequest) -> HttpResponse:
    """Tell number, day, template, office and whether it stands; nothing else of the letter."""
    asked = request.GET.get("kode", "").strip()
    context: dict[str, Any] = {
        "form": CodeForm(request.GET if asked else None),
        "sheet_form": SheetForm(),
        "asked": bool(asked),
    }
    status = 200
    if request.method == "POST":
        status = _check_sheet(request, context)
    elif asked:
        context["told"] = _told(queries.find_by_code(asked))
    answer = render(request, "papers/check.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    # The address holds the code; it is nobody's business where the reader goes next.
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _check_sheet(request: HttpRequest, context: dict[str, Any]) -> int:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + OVERHEAD:
        # Refused before anything of it is read: this page is open to everybody.
        context["too_large"] = True
        return 413
    form = SheetForm(request.POST, request.FILES)
    context["sheet_form"] = form
    if not form.is_valid():
        return 422
    file = form.cleaned_data["berkas"]
    if file.size > MAX_BYTES:
        form.add_error("berkas", _("The file is larger than 5 MB."))
        return 422
    digest = hashlib.sha256(file.read(MAX_BYTES + 1)).hexdigest()
    context["asked"] = context["by_sheet"] = True
    context["told"] = _told(queries.find_by_digest(digest))
    return 200


def _told(letter: Letter | None) -> dict[str, Any] | None:
    """What the page may say: never who the letter is about, who wrote it or who signed."""
    if letter is None:
        return None
    return {
        "number": letter.number,
        "day": letter.dated_on,
        "template": queries.template_of(letter).name,
        "office": letter.office.name,
        "version": letter.version,
        "state": letter.state,
        "replaced_by": queries.replaced_by_version(letter),
    }
