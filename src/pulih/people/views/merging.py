"""Joining two entries, and taking that back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.errors import RuleError
from pulih.people import tasks
from pulih.people.actions.merging import merge_people, undo_merge
from pulih.people.forms.duplicates import MergeForm, UndoForm, choices_in
from pulih.people.models import Merge
from pulih.people.queries import get_person
from pulih.people.queries import merging as queries
from pulih.people.queries.duplicates import side_by_side
from pulih.people.queries.portraits import photos_side_by_side


@require_http_methods(["GET", "POST"])
@guard(Action.PERSON_MERGE)
def merge(request: StaffRequest, kept: UUID, absorbed: UUID) -> HttpResponse:
    """What would become of two entries; the choices; and the merge itself."""
    user = request.user
    stays, goes = get_person(kept, user=user), get_person(absorbed, user=user)
    choices = choices_in(request.POST)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = merge_people(
                kept=stays,
                absorbed=goes,
                choices=choices,
                why=form.cleaned_data["why"],
                by=user,
            )
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            tasks.look_for_duplicates.enqueue(str(stays.pk), str(user.pk))
            messages.success(request, _("The two entries are one now."))
            return redirect("people:merged", made.pk)
    context = {
        "preview": queries.preview(stays, goes, choices, user=user),
        "lines": side_by_side(stays, goes),
        "photos": photos_side_by_side(stays, goes),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "people/merge.html", context, status=status)


@require_http_methods(["GET"])
@guard(Action.PERSON_MERGE)
def merged(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A merge that was made: what became one, by whom, and whether it can be taken back."""
    return _merged_page(request, queries.get_merge(pk, user=request.user), UndoForm())


@require_POST
@guard(Action.PERSON_MERGE)
def undo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a merge back whole."""
    made = queries.get_merge(pk, user=request.user)
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            undo_merge(merge=made, why=form.cleaned_data["why"], by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The two entries are apart again, as they were."))
            return redirect("people:merged", made.pk)
    return _merged_page(request, made, form)


def _merged_page(request: StaffRequest, made: Merge, form: UndoForm) -> HttpResponse:
    context = {"merge": made, "obstacles": queries.undo_obstacles(made), "form": form}
    status = 422 if form.errors else 200
    return render(request, "people/merged.html", context, status=status)
