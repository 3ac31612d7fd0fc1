"""Steps of a letter: begin, save, issue, withdraw, write anew, throw away."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.acting import refuse
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.common.stamps import seen_in, stamped
from pulih.papers import queries, rules
from pulih.papers.actions import (
    change_letter,
    discard_letter,
    draft_letter,
    issue_letter,
    new_version,
    withdraw_letter,
)
from pulih.papers.facts import About
from pulih.papers.forms.filling import LetterForm
from pulih.papers.forms.steps import IssueForm, WithdrawForm
from pulih.papers.letters import list_templates
from pulih.papers.letters.entries import UnknownTemplateError
from pulih.papers.models import Letter
from pulih.papers.views.letters import letter_page


@require_GET
@guard(Action.LETTER_WRITE)
def templates(request: StaffRequest) -> HttpResponse:
    """The templates, to begin a letter that is about no record."""
    return render(request, "papers/templates.html", {"templates": list_templates()})


@require_POST
@guard(Action.LETTER_WRITE)
def begin(request: StaffRequest, code: str) -> HttpResponse:
    """Begin a letter of the office itself."""
    office = request.user.office
    about = About("access.office", office.pk, _("Letter of the office"), "")
    section = next((grant.section for grant in request.user.current_grants if grant.section), None)
    try:
        made = draft_letter(template=code, fields={}, about=about, section=section, by=request.user)
    except UnknownTemplateError:
        raise Http404 from None
    return redirect("papers:letter", made.pk)


@require_POST
@guard(Action.LETTER_WRITE)
def change(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Save a draft, with or without blanks."""
    found = _writable(request, pk)
    form = stamped(
        LetterForm(
            request.POST,
            template=queries.template_of(found),
            values=found.fields,
            initial={"classification": found.classification},
        ),
        found,
    )
    if form.is_valid():
        try:
            change_letter(
                letter=found,
                seen=seen_in(form),
                fields=form.said(),
                classification=form.cleaned_data.get("classification"),
                by=request.user,
            )
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            if "pratinjau" in request.POST:
                return redirect("papers:pdf", found.pk)
            messages.success(request, _("The draft is saved."))
            return redirect("papers:letter", found.pk)
    return letter_page(request, found, form=form, status=422)


@require_POST
@guard(Action.LETTER_WRITE)
def issue(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the number, seal and keep it."""
    found = _writable(request, pk)
    form = IssueForm(request.POST, letter=found, day=today())
    if form.is_valid():
        try:
            made = issue_letter(
                letter=found, signatory=form.cleaned_data.get("signatory"), by=request.user
            )
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _issued(made))
            return redirect("papers:letter", found.pk)
    return letter_page(request, found, issue_form=form, status=422)


def _issued(letter: Letter) -> str:
    if not letter.number:
        return _("The letter is issued.")
    return _("The letter is issued with the number %(number)s.") % {"number": letter.number}


@require_POST
@guard(Action.LETTER_WRITE)
def withdraw(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it back, with a reason."""
    found = _writable(request, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw_letter(letter=found, reason=form.cleaned_data["reason"], by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The letter is withdrawn; its code says so."))
            return redirect("papers:letter", found.pk)
    return letter_page(request, found, withdraw_form=form, status=422)


@require_POST
@guard(Action.LETTER_WRITE)
def version(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Begin the next version."""
    found = _writable(request, pk)
    try:
        made = new_version(letter=found, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
        return redirect("papers:letter", found.pk)
    return redirect("papers:letter", made.pk)


@require_POST
@guard(Action.LETTER_WRITE)
def discard(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    found = _writable(request, pk)
    back = found.about_url
    try:
        discard_letter(letter=found, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
        return redirect("papers:letter", found.pk)
    messages.success(request, _("The draft is thrown away."))
    return redirect(back or "papers:list")


def _writable(request: StaffRequest, pk: uuid.UUID) -> Letter:
    found = queries.get_letter(pk, user=request.user)
    rules.may_write(request.user, found).require()
    return found
