"""The instruments of the office: what there is, its text, switching it on, and own scales."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.actions.instruments import define_instrument, load_text, switch_instrument
from pulih.cases.forms.instruments import (
    SCORERS,
    TEXT_FIELD_OF_RULE,
    WORDING_FIELD_OF_RULE,
    SwitchForm,
    TextForm,
    WordingForm,
)
from pulih.cases.models import OfficeInstrument
from pulih.cases.queries.instruments import Held, held, held_by, is_used
from pulih.common.acting import done
from pulih.common.errors import RuleError


@require_GET
@guard(Action.CASE_READ, Action.INSTRUMENT_MANAGE)
def instrument_list(request: StaffRequest) -> HttpResponse:
    """Every instrument, with what is missing before it can be used."""
    context = {
        "held": held_by(request.user.office),
        "can_manage": request.user.may(Action.INSTRUMENT_MANAGE),
    }
    return render(request, "cases/instruments.html", context)


@require_GET
@guard(Action.CASE_READ, Action.INSTRUMENT_MANAGE)
def instrument(request: StaffRequest, code: str) -> HttpResponse:
    """One instrument: its questions, how it is scored, by what right, its versions."""
    found = _found(request, code)
    rows = OfficeInstrument.objects.filter(office=request.user.office_id, code=code)
    context = {
        "held": found,
        "one": found.instrument,
        "versions": rows.select_related("made_by"),
        "scorer": dict(SCORERS).get(found.instrument.scorer, ""),
        "can_manage": request.user.may(Action.INSTRUMENT_MANAGE),
        "form": SwitchForm(initial={"cutoff": found.instrument.cutoff}),
    }
    return render(request, "cases/instrument.html", context)


@require_http_methods(["GET", "POST"])
@guard(Action.INSTRUMENT_MANAGE)
def instrument_text(request: StaffRequest, code: str) -> HttpResponse:
    """Load the text of an instrument that comes without it."""
    found = _found(request, code)
    if not found.instrument.text_by_office:
        raise Http404
    form = TextForm(request.POST or None, request.FILES or None, instrument=found.instrument)
    if done(
        form,
        lambda: load_text(
            code=code,
            content=form.cleaned_data["content"],
            licence=form.cleaned_data["licence"],
            by=request.user,
        ),
        TEXT_FIELD_OF_RULE,
    ):
        messages.success(request, _("The text is loaded. Switch the instrument on to use it."))
        return redirect("cases:instrument", code)
    context = {"one": found.instrument, "form": form}
    return render(
        request, "cases/instrument_text.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@guard(Action.INSTRUMENT_MANAGE)
def instrument_new(request: StaffRequest, code: str = "") -> HttpResponse:
    """Define an instrument of the office's own, or change its wording."""
    found = _found(request, code) if code else None
    row = found.row if found else None
    if found is not None and (row is None or not row.is_own):
        raise Http404
    form = WordingForm(
        request.POST or None, initial=WordingForm.initial_of(found.instrument) if found else None
    )
    made: list[OfficeInstrument] = []
    if done(
        form,
        lambda: made.append(define_instrument(wording=form.wording(), row=row, by=request.user)),
        WORDING_FIELD_OF_RULE,
    ):
        messages.success(request, _("The instrument is kept. Switch it on to use it."))
        return redirect("cases:instrument", made[0].code)
    context = {"form": form, "row": row, "is_used": row is not None and is_used(row)}
    return render(request, "cases/instrument_new.html", context, status=422 if form.errors else 200)


@require_POST
@guard(Action.INSTRUMENT_MANAGE)
def instrument_switch(request: StaffRequest, code: str) -> HttpResponse:
    """Switch an instrument on or off."""
    _found(request, code)
    form = SwitchForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            switch_instrument(code=code, on=said["on"], cutoff=said["cutoff"], by=request.user)
        except RuleError as refusal:
            messages.error(request, refusal.message)
    return redirect("cases:instrument", code)


def _found(request: StaffRequest, code: str) -> Held:
    found = held(request.user.office, code)
    if found is None:
        raise Http404
    return found
