"""Writing the work programme: programmes, activities, taking over the year before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pulih.access import programme_queries
from pulih.access.actions.programme import (
    add_activity,
    add_programme,
    copy_year,
    drop_activity,
    edit_activity,
    edit_programme,
)
from pulih.access.guards import StaffRequest, guard
from pulih.access.models import Activity, WorkProgramme
from pulih.access.policy import Action
from pulih.access.programme_rules import may_plan
from pulih.access.queries import list_sections
from pulih.common.acting import done
from pulih.common.errors import RuleError
from pulih.common.stamps import seen_in, stamped
from pulih.desk.forms.programme import (
    ACTIVITY_FIELDS,
    PROGRAMME_FIELDS,
    ActivityForm,
    NewProgrammeForm,
    ProgrammeForm,
    values_of,
)
from pulih.desk.views.programme import year_of

MANAGE = Action.PROGRAMME_MANAGE


@guard(MANAGE)
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """A new programme of a section."""
    own = [s for s in list_sections(user=request.user) if may_plan(request.user, s)]
    asked = [section for section in own if section.kind == request.GET.get("bidang")]
    form = NewProgrammeForm(
        request.POST or None,
        sections=own,
        initial={
            "year": year_of(request.GET.get("tahun")),
            "section": next(iter([*asked, *own]), None),
        },
    )
    made: list[WorkProgramme] = []
    if done(
        form,
        lambda: made.append(add_programme(facts=form.facts(), by=request.user)),
        PROGRAMME_FIELDS,
    ):
        messages.success(request, _("The programme is there; now add its activities."))
        return redirect(page_of(made[0]))
    return _form(request, form, _("Add a programme"), reverse("programme:list"))


@guard(MANAGE)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Name and code of a programme."""
    found = programme_queries.get_programme(pk, user=request.user, action=MANAGE)
    initial = {"name": found.name, "code": found.code}
    form = stamped(ProgrammeForm(request.POST or None, initial=initial), found)
    if done(
        form,
        lambda: edit_programme(
            programme=found,
            seen=seen_in(form),
            name=form.cleaned_data["name"],
            code=form.cleaned_data["code"],
            by=request.user,
        ),
        PROGRAMME_FIELDS,
    ):
        messages.success(request, _("The programme is changed."))
        return redirect(page_of(found))
    return _form(request, form, _("Change the programme"), page_of(found), found)


@guard(MANAGE)
@require_POST
def copy(request: StaffRequest) -> HttpResponse:
    """Take over what the year before had."""
    year = year_of(request.POST.get("tahun"))
    section = list_sections(user=request.user).filter(kind=request.POST.get("bidang")).first()
    if section is None:
        raise Http404
    try:
        made = copy_year(section=section, year=year, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
    else:
        said = ngettext(
            "%(count)d programme is taken over.", "%(count)d programmes are taken over.", len(made)
        )
        messages.success(request, said % {"count": len(made)})
    return redirect(f"{reverse('programme:list')}?tahun={year}&bidang={section.kind}")


@guard(MANAGE)
@require_http_methods(["GET", "POST"])
def add_line(request: StaffRequest, pk: UUID) -> HttpResponse:
    """An activity of a programme, or a sub-activity below `?di=`."""
    found = programme_queries.get_programme(pk, user=request.user, action=MANAGE)
    parent = _parent(request, found)
    form = ActivityForm(request.POST or None, section=found.section)
    if done(
        form,
        lambda: add_activity(programme=found, parent=parent, facts=form.facts(), by=request.user),
        ACTIVITY_FIELDS,
    ):
        messages.success(request, _("The activity is in the programme."))
        return redirect(page_of(found))
    title = _("Add a sub-activity") if parent else _("Add an activity")
    return _form(request, form, title, page_of(found), parent or found)


@guard(MANAGE)
@require_http_methods(["GET", "POST"])
def edit_line(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change an activity."""
    found = programme_queries.get_activity(pk, user=request.user, action=MANAGE)
    form = stamped(
        ActivityForm(
            request.POST or None, section=found.programme.section, initial=values_of(found)
        ),
        found,
    )
    if done(
        form,
        lambda: edit_activity(
            activity=found, seen=seen_in(form), facts=form.facts(), by=request.user
        ),
        ACTIVITY_FIELDS,
    ):
        messages.success(request, _("The activity is changed."))
        return redirect(page_of(found.programme))
    return _form(request, form, _("Change the activity"), page_of(found.programme), found)


@guard(MANAGE)
@require_POST
def drop_line(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take an activity out."""
    found = programme_queries.get_activity(pk, user=request.user, action=MANAGE)
    try:
        drop_activity(activity=found, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The activity is taken out of the programme."))
    return redirect(page_of(found.programme))


def page_of(programme: WorkProgramme) -> str:
    """The page of the year and section in which a programme stands."""
    query = f"?tahun={programme.year}&bidang={programme.section.kind}"
    return reverse("programme:list") + query


def _parent(request: StaffRequest, programme: WorkProgramme) -> Activity | None:
    asked = request.GET.get("di", "")
    tops = {str(one.pk): one for one in programme.activities.filter(parent=None, dropped_on=None)}
    if asked and asked not in tops:
        raise Http404
    return tops.get(asked)


def _form(
    request: StaffRequest,
    form: forms.Form,
    title: str,
    back: str,
    about: WorkProgramme | Activity | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "back": back, "about": about}
    context["can_drop"] = isinstance(about, Activity) and form.initial and not about.dropped_on
    return render(request, "programme/form.html", context, status=422 if form.errors else 200)
