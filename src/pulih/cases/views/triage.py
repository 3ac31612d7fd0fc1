"""Deciding on a report: who it is about, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.reporting import (
    answer_report,
    forward_report,
    hand_over_report,
    link_person,
    repeat_report,
)
from pulih.cases.forms.reporting import FIELD_OF_RULE, AnswerForm, ForwardForm, RepeatForm
from pulih.cases.models import Report
from pulih.cases.queries.intake import find_report, get_person, get_report
from pulih.cases.views.in_hand import let_go, take_in_hand
from pulih.cases.views.reports import report_context
from pulih.common.acting import done
from pulih.common.errors import RuleError


@require_POST
@guard(Action.REPORT_TRIAGE)
def report_find(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Go and find the person; the page of the one found offers to link the report."""
    found = get_report(pk, user=request.user)
    may(request.user, Action.REPORT_TRIAGE, found).require()
    if found.compartment_id is not None:
        # The registry registers in the open; a sealed matter has a page of its own for that.
        return redirect("cases:report_register", pk=found.pk)
    take_in_hand(request, found)
    return redirect("people:search")


@require_POST
@guard(Action.REPORT_TRIAGE)
def report_person(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Link the report to an entry of the registry, found or registered there."""
    found = get_report(pk, user=request.user)
    person = get_person(request.POST.get("person", ""), user=request.user)
    try:
        if person is None:
            raise RuleError(_("Choose an entry of the registry."), rule="R-CASE-6")
        link_person(report=found, person=person, by=request.user)
    except RuleError as refusal:
        context = report_context(request, found) | {"refused": refusal.message}
        return render(request, "cases/report.html", context, status=422)
    let_go(request)
    messages.success(request, _("The report is linked to %(who)s.") % {"who": person.name})
    return redirect("cases:report", pk=found.pk)


@require_http_methods(["GET", "POST"])
@guard(Action.REPORT_TRIAGE)
def report_answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Answer it without a case."""
    found = get_report(pk, user=request.user)
    form = AnswerForm(request.POST or None)
    return _decide(
        request,
        found,
        form,
        lambda: answer_report(report=found, by=request.user, **form.cleaned_data),
        _("Answer without a case"),
    )


@require_http_methods(["GET", "POST"])
@guard(Action.REPORT_TRIAGE)
def report_forward(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Forward it: to another section, where it waits again, or to somebody outside."""
    found = get_report(pk, user=request.user)
    form = ForwardForm(request.POST or None, report=found)

    def act() -> object:
        said = form.cleaned_data
        if said["section"] is not None:
            return hand_over_report(
                report=found, section=said["section"], reason=said["outcome"], by=request.user
            )
        return forward_report(report=found, to=said["to"], outcome=said["outcome"], by=request.user)

    return _decide(request, found, form, act, _("Forward"))


@require_http_methods(["GET", "POST"])
@guard(Action.REPORT_TRIAGE)
def report_repeat(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say that it is about the same matter as an earlier one."""
    found = get_report(pk, user=request.user)
    form = RepeatForm(request.POST or None, initial={"earlier": request.GET.get("laporan", "")})

    def act() -> object:
        earlier = find_report(form.cleaned_data["earlier"], user=request.user)
        if earlier is None:
            raise RuleError(_("There is no such report."), rule="R-CASE-7")
        return repeat_report(
            report=found, earlier=earlier, outcome=form.cleaned_data["outcome"], by=request.user
        )

    return _decide(request, found, form, act, _("Same as an earlier report"))


def _decide(
    request: StaffRequest,
    found: Report,
    form: forms.Form,
    act: Callable[[], object],
    title: str,
) -> HttpResponse:
    """One page for every decision: the form, and afterwards the report or the list."""
    may(request.user, Action.REPORT_TRIAGE, found).require()
    if done(form, act, FIELD_OF_RULE):
        messages.success(
            request, _("Report %(number)s has been dealt with.") % {"number": found.number}
        )
        if Report.objects.visible_to(request.user).filter(pk=found.pk).exists():
            return redirect("cases:report", pk=found.pk)
        return redirect("cases:report_list")
    context = {"report": found, "form": form, "title": title}
    status = 422 if form.errors else 200
    return render(request, "cases/report_decide.html", context, status=status)
