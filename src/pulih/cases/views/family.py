"""The genogram and the ecomap of a case: drawn, changed by hand, printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.actions.drawing import (
    add_figure,
    add_place,
    judge_tie,
    move_drawn,
    order_again,
    remove_drawn,
    tie_figures,
)
from pulih.cases.drawing import ecomap, genogram
from pulih.cases.drawing.figures import Strength
from pulih.cases.drawing.store import FAMILY, SURROUNDINGS, tie_key
from pulih.cases.drawing.wording import BONDS, tell_family, tell_places
from pulih.cases.forms.drawing import FigureForm, MoveForm, PlaceForm, StrengthForm, TieForm
from pulih.cases.models import Case
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.family import (
    family_of,
    read_along,
    relatives_of,
    sketch_of,
    surroundings_of,
)
from pulih.cases.views.shell import case_page, workable_case
from pulih.common.acting import done
from pulih.common.errors import RuleError


@require_GET
@guard(Action.CASE_READ)
def family(request: StaffRequest, number: str) -> HttpResponse:
    """Both drawings with their words, and the forms that change them."""
    return _page(request, get_case(number, user=request.user))


@require_GET
@guard(Action.CASE_READ)
def family_print(request: StaffRequest, number: str) -> HttpResponse:
    """Both drawings on paper."""
    case = get_case(number, user=request.user)
    context = {"case": case, **_drawings(case, request)}
    return render(request, "cases/family_print.html", context)


@require_POST
@guard(Action.CASE_WORK)
def family_add(request: StaffRequest, number: str) -> HttpResponse:
    """Draw somebody whom the registry does not know as kin."""
    case = workable_case(request, number)
    form = FigureForm(request.POST, family=_family(case, request))
    if done(
        form,
        lambda: add_figure(
            case=case,
            figure=form.figure(),
            bond=form.bond_of_new(),
            to=form.cleaned_data["to"],
            as_child=form.is_child,
            by=request.user,
        ),
        {},
    ):
        return redirect("cases:family", case.number)
    return _page(request, case, figure_form=form)


@require_POST
@guard(Action.CASE_WORK)
def family_tie(request: StaffRequest, number: str) -> HttpResponse:
    """Join two people who are drawn."""
    case = workable_case(request, number)
    form = TieForm(request.POST, family=_family(case, request))
    if done(form, lambda: tie_figures(case=case, tie=form.tie(), by=request.user), {}):
        return redirect("cases:family", case.number)
    return _page(request, case, tie_form=form)


@require_POST
@guard(Action.CASE_WORK)
def family_place(request: StaffRequest, number: str) -> HttpResponse:
    """Draw an institution or somebody of the surroundings."""
    case = workable_case(request, number)
    form = PlaceForm(request.POST)
    if done(
        form,
        lambda: add_place(
            case=case,
            name=form.cleaned_data["name"],
            strength=Strength(form.cleaned_data["strength"]),
            by=request.user,
        ),
        {},
    ):
        return redirect("cases:family", case.number)
    return _page(request, case, place_form=form)


@require_POST
@guard(Action.CASE_WORK)
def family_strength(request: StaffRequest, number: str) -> HttpResponse:
    """Say how a tie to the surroundings is."""
    case = workable_case(request, number)
    places = surroundings_of(case, sketch_of(case), user=request.user)
    form = StrengthForm(request.POST, places=places)
    if done(
        form,
        lambda: judge_tie(
            case=case,
            key=form.cleaned_data["key"],
            strength=Strength(form.cleaned_data["strength"]),
            by=request.user,
        ),
        {},
    ):
        return redirect("cases:family", case.number)
    return _page(request, case, strength_form=form)


@require_POST
@guard(Action.CASE_WORK)
def family_move(request: StaffRequest, number: str) -> HttpResponse:
    """Remember where something was dragged to; answers the drawing as it now is."""
    case = workable_case(request, number)
    form = MoveForm(request.POST)
    if not done(form, lambda: move_drawn(case=case, by=request.user, **form.cleaned_data), {}):
        return HttpResponse(status=422)
    drawings = _drawings(case, request)
    drawing = drawings[form.cleaned_data["drawing"]]
    context = {"drawing": drawing, "case": case, "can_work": True}
    return render(request, "cases/_drawing.html", context)


@require_POST
@guard(Action.CASE_WORK)
def family_remove(request: StaffRequest, number: str) -> HttpResponse:
    """Take away what was drawn by hand, or order a drawing again."""
    case = workable_case(request, number)
    try:
        if drawing := request.POST.get("order", ""):
            order_again(case=case, drawing=drawing, by=request.user)
        else:
            remove_drawn(case=case, key=request.POST.get("key", ""), by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
    return redirect("cases:family", case.number)


def _family(case: Case, request: StaffRequest) -> Any:
    return family_of(case, sketch_of(case), user=request.user)


def _drawings(case: Case, request: StaffRequest) -> dict[str, Any]:
    sketch, relatives = read_along(case), relatives_of(case)
    kin = family_of(case, sketch, user=request.user, kin=relatives)
    places = surroundings_of(case, sketch, user=request.user, kin=relatives)
    return {
        "kin": kin,
        "places": places,
        "sketch": sketch,
        "family": {
            "name": FAMILY,
            "title": _("Genogram"),
            "sheet": genogram.draw_genogram(kin, sketch.moves[FAMILY]),
            "step_x": genogram.COLUMN,
            "step_y": genogram.ROW,
            "margin_x": genogram.MARGIN_X,
            "margin_y": genogram.MARGIN_Y,
            "sentences": list(tell_family(kin)),
        },
        "surroundings": {
            "name": SURROUNDINGS,
            "title": _("Ecomap"),
            "sheet": ecomap.draw_ecomap(case.person.name, places, sketch.moves[SURROUNDINGS]),
            "step_x": ecomap.STEP,
            "step_y": ecomap.STEP,
            "margin_x": ecomap.MARGIN,
            "margin_y": ecomap.MARGIN,
            "sentences": list(tell_places(places)),
        },
    }


def _page(request: StaffRequest, case: Case, **sent: forms.Form) -> HttpResponse:
    """The tab; a form that was sent and refused stays open as it was filled in."""
    drawings = _drawings(case, request)
    names = {figure.key: figure.name for figure in drawings["kin"].figures}
    sketch = drawings["sketch"]
    context = {
        **drawings,
        "drawn": [
            *({"key": one.key, "text": one.name} for one in (*sketch.figures, *sketch.places)),
            *(
                {
                    "key": tie_key(tie),
                    "text": str(BONDS[tie.bond]) % {"a": names[tie.a], "b": names[tie.b]},
                }
                for tie in sketch.ties
                if tie.a in names and tie.b in names
            ),
        ],
        "figure_form": FigureForm(family=drawings["kin"]),
        "tie_form": TieForm(family=drawings["kin"]),
        "place_form": PlaceForm(),
        "strength_form": StrengthForm(places=drawings["places"]),
        **sent,
    }
    status = 422 if any(form.errors for form in sent.values()) else 200
    return case_page(request, case, "family", "cases/family.html", context, status=status)
