"""The list of letters, one letter, and its sheet as PDF and DOCX."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.common.downloads import download
from pulih.common.errors import RuleError
from pulih.common.stamps import stamped
from pulih.papers import queries, rules
from pulih.papers.actions.issuing import file_name
from pulih.papers.actions.reading import look_at_letter, open_docx, open_sheet
from pulih.papers.forms.filling import LetterForm
from pulih.papers.forms.steps import FilterForm, IssueForm, WithdrawForm
from pulih.papers.models import Letter
from pulih.papers.wording import shown

PAGE_ROWS = 25
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@guard(Action.LETTER_READ)
def list_(request: StaffRequest) -> HttpResponse:
    """The letters that the reader's roles show, newest first."""
    form = FilterForm(request.GET)
    rows = queries.list_letters(user=request.user, wanted=form.wanted())
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    lines = [{"letter": row, "template": queries.template_of(row)} for row in page.object_list]
    context = {
        "page": page,
        "lines": lines,
        "form": form,
        "narrowed": any(request.GET.values()),
        "can_write": bool(rules.may_begin(request.user)),
        "can_manage": request.user.may(Action.PAPERS_MANAGE),
    }
    return render(request, "papers/list.html", context)


@require_GET
@guard(Action.LETTER_READ)
def letter(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One letter: a draft as its form with the blanks first, an issued one as it stands."""
    found = queries.get_letter(pk, user=request.user)
    if found.is_held_closely:
        look_at_letter(letter=found, by=request.user)
    return letter_page(request, found)


def letter_page(
    request: StaffRequest, found: Letter, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page of a letter, with forms that were refused in their place."""
    template = queries.template_of(found)
    can_write = bool(rules.may_write(request.user, found))
    context: dict[str, Any] = {
        "letter": found,
        "template": template,
        "can_write": can_write,
        "blanks": queries.blanks_of(found) if found.is_draft else [],
        "versions": queries.versions_of(found, user=request.user),
        "shown": shown(template, found.fields),
    }
    if found.is_draft and can_write:
        context["form"] = stamped(
            LetterForm(
                template=template,
                values=found.fields,
                initial={"classification": found.classification},
            ),
            found,
        )
        context["issue_form"] = IssueForm(letter=found, day=today())
    elif found.state == Letter.State.ISSUED and can_write:
        context["withdraw_form"] = WithdrawForm()
    return render(request, "papers/letter.html", {**context, **forms}, status=status)


@require_GET
@guard(Action.LETTER_READ)
def pdf(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The sheet, sealed once it is issued, shown by the browser's own reader."""
    found = queries.get_letter(pk, user=request.user)
    try:
        content = open_sheet(letter=found, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
        return redirect("papers:letter", found.pk)
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
    answer = download(content, content_type=content_type, name=file_name(found) + ending)
    if not save:
        # Our own sheet, in which nothing came from outside: the counter prints it from the
        # browser's reader, which shows nothing in a sandbox.
        answer["Content-Disposition"] = answer["Content-Disposition"].replace(
            "attachment", "inline", 1
        )
        del answer["Content-Security-Policy"]
    return answer
