"""Settings of letters: letterhead, numbering with an example, who signs."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.common.downloads import download
from pulih.common.errors import RuleError
from pulih.papers import patterns, queries
from pulih.papers.actions import setting
from pulih.papers.forms.settings import LetterheadForm, SeriesForm, SignatoryForm
from pulih.papers.models import Letterhead, NumberSeries, Signatory
from pulih.papers.typeset.sealing import certificate

EXAMPLE = 12
"""Which number the example shows: the true count of a series is nobody's business here."""


@require_GET
@guard(Action.PAPERS_MANAGE)
def overview(request: StaffRequest) -> HttpResponse:
    """What is set, on one page."""
    office = request.user.office
    head, day = queries.letterhead_of(office), today()
    context = {
        "head": head,
        "series": [
            {"row": row, "example": example_of(head, row)} for row in queries.list_series(office)
        ],
        "signatories": queries.list_signatories(office),
        "now": queries.signatory_for(office, None, day),
        "today": day,
    }
    return render(request, "papers/settings.html", context)


@require_GET
@guard(Action.PAPERS_MANAGE)
def seal_certificate(request: StaffRequest) -> HttpResponse:
    """The certificate of the seal, for whoever checks PDFs with a reader of their own."""
    return download(certificate(), content_type="application/x-pem-file", name="segel-surat.pem")


def example_of(head: Letterhead, series: NumberSeries) -> str:
    """The number that a letter of the office might have."""
    return patterns.number(
        series.pattern,
        patterns.parts_of(
            sequence=max(EXAMPLE, series.start or 1),
            padding=series.padding or 1,
            on=today(),
            classification="400.9",
            office=head.code,
            section="REHSOS",
            unit="ANAK-LANSIA",
        ),
    )


@require_http_methods(["GET", "POST"])
@guard(Action.PAPERS_MANAGE)
def letterhead(request: StaffRequest) -> HttpResponse:
    """Set the letterhead."""
    head = queries.letterhead_of(request.user.office)
    known = {name: getattr(head, name) for name in LetterheadForm.base_fields}
    # The address under which the page was opened is the likely one.
    known["site_url"] = head.site_url or request.build_absolute_uri("/").rstrip("/")
    form = LetterheadForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            setting.set_letterhead(facts=form.facts(), by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            return _saved(request)
    return _form_page(request, form, _("Letterhead"))


@require_http_methods(["GET", "POST"])
@guard(Action.PAPERS_MANAGE)
def series(request: StaffRequest, code: str) -> HttpResponse:
    """Set how a series is numbered."""
    row = _series(request, code)
    form = SeriesForm(
        request.POST or None,
        initial={name: getattr(row, name) for name in SeriesForm.base_fields},
    )
    if form.is_valid():
        try:
            setting.set_series(code=code, facts=form.facts(), by=request.user)
        except RuleError as refusal:
            form.add_error("pattern", refusal.message)
        else:
            return _saved(request)
    context = {
        "form": form,
        "series": row,
        "example": example_of(queries.letterhead_of(request.user.office), row),
        "parts": [f"{{{part}}}" for part in patterns.PARTS],
    }
    return render(request, "papers/series.html", context, status=422 if form.errors else 200)


@require_GET
@guard(Action.PAPERS_MANAGE)
def series_example(request: StaffRequest, code: str) -> HttpResponse:
    """The example for a pattern that is being typed, or what is wrong with it."""
    row = _series(request, code)
    form = SeriesForm(request.GET)
    context = {"example": "", "wrong": _("Digits or first number are no numbers.")}
    if form.is_valid():
        facts = form.facts()
        row.pattern, row.padding, row.start = facts.pattern, facts.padding, facts.start
        try:
            patterns.check(facts.pattern, yearly=facts.yearly)
        except RuleError as refusal:
            context["wrong"] = refusal.message
        else:
            head = queries.letterhead_of(request.user.office)
            context = {"example": example_of(head, row), "wrong": ""}
    return render(request, "papers/_example.html", context)


@require_http_methods(["GET", "POST"])
@guard(Action.PAPERS_MANAGE)
def add_signatory(request: StaffRequest) -> HttpResponse:
    """Add somebody who signs."""
    form = SignatoryForm(request.POST or None, user=request.user, initial={"valid_from": today()})
    if form.is_valid():
        try:
            setting.add_signatory(facts=form.facts(), by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            return _saved(request)
    return _form_page(request, form, _("Add a signatory"))


@require_http_methods(["GET", "POST"])
@guard(Action.PAPERS_MANAGE)
def edit_signatory(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Change or end somebody who signs."""
    row = get_object_or_404(Signatory, pk=pk, office=request.user.office)
    form = SignatoryForm(
        request.POST or None,
        user=request.user,
        initial={name: getattr(row, name) for name in SignatoryForm.base_fields},
    )
    if form.is_valid():
        try:
            setting.change_signatory(signatory=row, facts=form.facts(), by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            return _saved(request)
    return _form_page(request, form, row.name)


def _series(request: StaffRequest, code: str) -> NumberSeries:
    if code not in NumberSeries.Code.values:
        raise Http404
    return queries.series_of(request.user.office, code)


def _saved(request: StaffRequest) -> HttpResponse:
    messages.success(request, _("Saved. Letters that are issued already stay as they are."))
    return redirect("papers:settings")


def _form_page(request: StaffRequest, form: forms.Form, title: Any) -> HttpResponse:
    context = {"form": form, "title": title}
    return render(request, "papers/settings_form.html", context, status=422 if form.errors else 200)
