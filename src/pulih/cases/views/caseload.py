"""A whole caseload handed over: started, signed, printed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import Section, User
from pulih.access.policy import Action
from pulih.cases.actions.handing_over import (
    accept_handover,
    countersign_handover,
    propose_handover,
    refuse_handover,
    remark_on_case,
    withdraw_handover,
)
from pulih.cases.actions.minuting import write_minutes
from pulih.cases.casework_rules import may_countersign, may_hand_over
from pulih.cases.forms.caseload import EndingForm, HandoverForm, RemarksForm
from pulih.cases.models import CaseloadHandover, HandoverLine
from pulih.cases.queries.caseload import (
    Summary,
    caseload_of,
    get_handover,
    get_line,
    lines_of,
    list_handovers,
    loads,
    summaries,
)
from pulih.cases.queries.staff import candidates_for
from pulih.cases.stages import Stage
from pulih.cases.views.pages import page_of
from pulih.common.acting import done
from pulih.common.errors import RuleError

HANDOVERS_AT_MOST = 1000


@require_GET
@guard(Action.CASE_READ)
def handover_list(request: StaffRequest) -> HttpResponse:
    """The handovers that the reader signs or heads, and whose caseload can be handed over."""
    can_start = request.user.may(Action.CASE_ASSIGN)
    rows = list_handovers(user=request.user)[:HANDOVERS_AT_MOST]
    context = {
        "page": page_of(rows, request.GET.get("page")),
        "loads": [
            load
            for load in (loads(user=request.user) if can_start else ())
            if may_hand_over(request.user, load.worker, load.section)
        ],
    }
    return render(request, "cases/handovers.html", context)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_ASSIGN)
def handover_new(request: StaffRequest, worker_id: UUID, section_id: UUID) -> HttpResponse:
    """Write down who takes the caseload over, with how each case stands."""
    worker = get_object_or_404(User, pk=worker_id, office=request.user.office_id)
    section = get_object_or_404(Section, pk=section_id, office=request.user.office_id)
    cases = caseload_of(worker, section, user=request.user)
    if not cases:
        raise Http404
    may_hand_over(request.user, worker, section).require()
    form = HandoverForm(
        request.POST or None,
        cases=cases,
        workers=[one for one in candidates_for(section) if one != worker],
    )
    made: list[CaseloadHandover] = []
    if done(
        form,
        lambda: made.append(
            propose_handover(caseload=form.caseload(worker, section), by=request.user)
        ),
        {},
    ):
        messages.success(request, _("The handover waits for its signatures."))
        return redirect("cases:handover", made[0].pk)
    known = summaries(cases, holder=worker)
    context = {
        "form": form,
        "worker": worker,
        "section": section,
        "rows": [
            {**row, "stand": _stand(row["case"].stage, known[row["case"].pk])}
            for row in form.rows(known)
        ],
    }
    return render(request, "cases/handover_new.html", context, status=422 if form.errors else 200)


@require_GET
@guard(Action.CASE_READ)
def handover(request: StaffRequest, key: UUID) -> HttpResponse:
    """One handover: the cases that the reader may know of, and who still has to sign."""
    return _page(request, get_handover(key, user=request.user))


@require_POST
@guard(Action.CASE_READ)
def handover_sign(request: StaffRequest, key: UUID) -> HttpResponse:
    """Accept one's part, or countersign as the head."""
    found = get_handover(key, user=request.user)
    act = countersign_handover if request.POST.get("as") == "head" else accept_handover
    try:
        signed = act(handover=found, by=request.user)
    except RuleError as refusal:
        return _page(request, found, refused=refusal.message)
    if signed.state == CaseloadHandover.State.DONE:
        messages.success(request, _("The last signature is there: the caseload has changed hands."))
    else:
        messages.success(request, _("Your signature is there; others are still missing."))
    return redirect("cases:handover", found.pk)


@require_POST
@guard(Action.LETTER_WRITE)
def handover_letter(request: StaffRequest, key: UUID, user_id: UUID) -> HttpResponse:
    """The numbered minutes of what one successor took over; written when asked for first."""
    found = get_handover(key, user=request.user)
    successor = get_object_or_404(
        User, pk__in=[line.successor_id for line in lines_of(found, user=request.user)], id=user_id
    )
    try:
        letter = write_minutes(handover=found, successor=successor, by=request.user)
    except RuleError as refusal:
        return _page(request, found, refused=refusal.message)
    return redirect("papers:letter", letter.pk)


@require_POST
@guard(Action.CASE_READ)
def handover_end(request: StaffRequest, key: UUID) -> HttpResponse:
    """Refuse a handover, or take one's own back."""
    found = get_handover(key, user=request.user)
    act = withdraw_handover if request.POST.get("as") == "starter" else refuse_handover
    form = EndingForm(request.POST)
    if done(form, lambda: act(handover=found, by=request.user, **form.cleaned_data), {}):
        messages.success(request, _("Nothing has changed hands."))
        return redirect("cases:handovers")
    return _page(request, found, ending_form=form)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_READ)
def handover_remarks(request: StaffRequest, key: UUID, line_id: UUID) -> HttpResponse:
    """Say what the successor must know of one case."""
    found = get_handover(key, user=request.user)
    line = get_line(found, line_id, user=request.user)
    if request.user.pk not in {found.worker_id, found.started_by_id}:
        raise PermissionDenied(_("Remarks are those of whoever hands over."))
    form = RemarksForm(request.POST or None, initial={"remarks": line.remarks})
    if done(form, lambda: remark_on_case(line=line, by=request.user, **form.cleaned_data), {}):
        return redirect("cases:handover", found.pk)
    context = {"handover": found, "line": line, "case": line.case, "form": form}
    return render(
        request, "cases/handover_remarks.html", context, status=422 if form.errors else 200
    )


@require_GET
@guard(Action.CASE_READ)
def handover_minutes(request: StaffRequest, key: UUID) -> HttpResponse:
    """The minutes on paper, with the cases that the reader may know of."""
    found = get_handover(key, user=request.user)
    rows = _rows(found, request.user)
    context = {
        "handover": found,
        "rows": [row for row in rows if row["line"].state != HandoverLine.State.LEFT],
        "left": [row for row in rows if row["line"].state == HandoverLine.State.LEFT],
        "successors": _successors(rows),
        "is_draft": found.state != CaseloadHandover.State.DONE,
    }
    return render(request, "cases/handover_minutes.html", context)


def _page(
    request: StaffRequest,
    found: CaseloadHandover,
    *,
    refused: str = "",
    ending_form: forms.Form | None = None,
) -> HttpResponse:
    rows = _rows(found, request.user)
    mine = [row for row in rows if row["line"].successor_id == request.user.pk]
    own = {found.worker_id, found.started_by_id}
    waiting = found.is_waiting
    context = {
        "handover": found,
        "rows": [row for row in rows if row["line"].state != HandoverLine.State.LEFT],
        "left": [row for row in rows if row["line"].state == HandoverLine.State.LEFT],
        "can_accept": waiting
        and any(row["line"].state == HandoverLine.State.WAITING for row in mine),
        "can_countersign": waiting
        and found.signed_by_id is None
        and bool(may_countersign(request.user, found)),
        "can_refuse": waiting and (bool(mine) or bool(may_countersign(request.user, found))),
        "can_withdraw": waiting and request.user.pk in own,
        "letters_for": _letters_for(found, rows, request.user),
        "can_remark": waiting and request.user.pk in own,
        "ending_form": ending_form or EndingForm(),
        "refused": refused,
        "missing": _missing(found, rows),
    }
    bad = bool(refused) or (ending_form is not None and bool(ending_form.errors))
    return render(request, "cases/handover.html", context, status=422 if bad else 200)


def _rows(found: CaseloadHandover, user: User) -> list[dict[str, Any]]:
    """Each line with how its case stands: as it was when it changed hands, or as it is now."""
    lines = lines_of(found, user=user)
    fresh = [line.case for line in lines if not line.summary]
    known = summaries(fresh, holder=found.worker)
    return [
        {
            "line": line,
            "stand": _stand(line.summary["stage"], Summary(**line.summary))
            if line.summary
            else _stand(line.case.stage, known[line.case_id]),
        }
        for line in lines
    ]


def _stand(stage: int, summary: Summary) -> dict[str, Any]:
    """A summary with its days as days, for the page."""
    last = summary.last_contact
    return {
        "stage": Stage(stage),
        "since": dt.date.fromisoformat(summary.since),
        "last_contact": dt.date.fromisoformat(last) if last else None,
        "tasks": _days(summary.tasks),
        "dates": _days(summary.dates),
        "needs": summary.needs,
    }


def _days(rows: list[list[str]]) -> list[tuple[dt.date | None, str]]:
    return [(dt.date.fromisoformat(day) if day else None, what) for day, what in rows]


def _successors(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who takes over, with the day of their signature, each once."""
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        line = row["line"]
        if line.successor is not None:
            found.setdefault(
                line.successor_id, {"user": line.successor, "accepted_on": line.accepted_on}
            )
    return list(found.values())


def _letters_for(found: CaseloadHandover, rows: list[dict[str, Any]], user: User) -> list[User]:
    """The successors whose minutes the reader may have written as a numbered letter."""
    if found.state != CaseloadHandover.State.DONE or not user.may(Action.LETTER_WRITE):
        return []
    taken = {
        row["line"].successor
        for row in rows
        if row["line"].state == HandoverLine.State.MOVED and row["line"].case.compartment_id is None
    }
    head = bool(may_countersign(user, found)) or user.pk == found.worker_id
    return sorted((one for one in taken if head or one == user), key=lambda one: one.full_name)


def _missing(found: CaseloadHandover, rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Whose signatures are missing, for the box that says what blocks."""
    if not found.is_waiting:
        return []
    items = [
        {
            "what": _("%(name)s has not accepted yet.") % {"name": one["user"].full_name},
            "who": one["user"].full_name,
        }
        for one in _successors(rows)
        if one["accepted_on"] is None
    ]
    if found.signed_by_id is None:
        items.append(
            {
                "what": _("The head has not countersigned yet."),
                "who": str(_("Section head, or the head of office")),
            }
        )
    return items
