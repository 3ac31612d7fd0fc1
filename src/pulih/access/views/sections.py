"""Sections and units of the office: their names, for the head and the administrator."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.access import queries
from pulih.access.actions.sections import add_unit, close_unit, rename_section, rename_unit
from pulih.access.forms.sections import NameForm
from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.errors import RuleError
from pulih.common.stamps import STAMP, ChangedError


@guard(Action.SECTION_MANAGE)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """The sections that the reader manages, with their units and who heads them."""
    heads = queries.heads_by_unit(user=request.user)
    sections = [
        {
            "section": section,
            "units": [
                {"unit": unit, "heads": heads.get(unit.pk, [])} for unit in section.units.all()
            ],
        }
        for section in queries.managed_sections(user=request.user)
    ]
    return render(request, "access/sections.html", {"sections": sections})


@guard(Action.SECTION_MANAGE)
@require_POST
def section_name(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Rename a section."""
    section = queries.get_section(pk, user=request.user)
    seen = request.POST.get(STAMP, "")
    return _do(
        request,
        lambda name: rename_section(section=section, name=name, seen=seen, by=request.user),
    )


@guard(Action.SECTION_MANAGE)
@require_POST
def unit_add(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Add a unit to a section."""
    section = queries.get_section(pk, user=request.user)
    return _do(request, lambda name: add_unit(section=section, name=name, by=request.user))


@guard(Action.SECTION_MANAGE)
@require_POST
def unit_name(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Rename a unit."""
    unit = queries.get_unit(pk, user=request.user)
    seen = request.POST.get(STAMP, "")
    return _do(request, lambda name: rename_unit(unit=unit, name=name, seen=seen, by=request.user))


@guard(Action.SECTION_MANAGE)
@require_POST
def unit_close(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Close a unit."""
    unit = queries.get_unit(pk, user=request.user)
    try:
        close_unit(unit=unit, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The unit is closed; its records keep it."))
    return redirect("access:sections")


def _do(request: StaffRequest, act: Callable[[str], object]) -> HttpResponse:
    form = NameForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    try:
        act(name)
    except ChangedError as refusal:
        # The list is shown anew with what stands there; the words that were typed are told.
        messages.error(request, f"{refusal.message} {_('You typed: %(words)s')}" % {"words": name})
    except RuleError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The names are kept."))
    return redirect("access:sections")
