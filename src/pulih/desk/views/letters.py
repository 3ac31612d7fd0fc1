"""The agenda, writing a letter into it, the page of a letter, and its disposition sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.queries import list_sections
from pulih.access.roles import Role
from pulih.common.acting import done
from pulih.common.clock import today
from pulih.common.stamps import seen_in, stamped
from pulih.desk import mail_queries, mail_rules
from pulih.desk.actions.registering import correct_letter, make_secret, register_letter
from pulih.desk.forms.disposing import AnswerForm, HandingForm
from pulih.desk.forms.letters import (
    FIELD_OF_RULE,
    LetterFilterForm,
    LetterForm,
    NewLetterForm,
    ReasonForm,
    values_of,
)
from pulih.desk.mail_queries import answers_below
from pulih.desk.models import Disposition, IncomingLetter, Instruction

PAGE_ROWS = 25
EVERYTHING = "semua"


@guard(Action.MAIL_READ)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """The letters that the reader may see, by state."""
    state = request.GET.get("status", EVERYTHING)
    if state not in {*IncomingLetter.State.values, EVERYTHING}:
        state = EVERYTHING
    form = LetterFilterForm(request.GET)
    wanted = form.wanted("" if state == EVERYTHING else state)
    rows = mail_queries.list_letters(wanted, user=request.user)
    counts = mail_queries.count_letters(wanted, user=request.user)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
        "tabs": _state_tabs(request, state, counts),
        "state": state,
        "today": today(),
        "steps": mail_queries.count_steps(user=request.user, today=today()),
        "may_register": bool(mail_rules.may_register(request.user)),
    }
    return render(request, "mail/list.html", context)


@guard(Action.MAIL_RECEIVE)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write a letter into the agenda."""
    form = NewLetterForm(request.POST or None, request.FILES or None)
    made: list[IncomingLetter] = []
    if done(
        form,
        lambda: made.append(
            register_letter(facts=form.facts(), scan=form.scanned(), by=request.user)
        ),
        FIELD_OF_RULE,
    ):
        messages.success(
            request,
            _("The letter is in the agenda as %(number)s; the head of office hands it on.")
            % {"number": made[0].number},
        )
        return redirect("mail:letter", made[0].pk)
    return render(request, "mail/new.html", {"form": form}, status=422 if form.errors else 200)


@guard(Action.MAIL_RECEIVE)
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Mend a slip of the pen before the letter is handed on."""
    found = mail_queries.get_letter(pk, user=request.user)
    mail_rules.may_correct(request.user, found).require()
    form = stamped(LetterForm(request.POST or None, initial=values_of(found)), found)
    if done(
        form,
        lambda: correct_letter(
            letter=found, seen=seen_in(form), facts=form.facts(), by=request.user
        ),
        FIELD_OF_RULE,
    ):
        messages.success(request, _("The agenda is corrected."))
        return redirect("mail:letter", pk)
    context = {"form": form, "letter": found}
    return render(request, "mail/new.html", context, status=422 if form.errors else 200)


@guard(Action.MAIL_READ)
@require_http_methods(["GET", "POST"])
def secret(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask why, and hold a letter secret from now on."""
    found = mail_queries.get_letter(pk, user=request.user)
    mail_rules.may_make_secret(request.user, found).require()
    form = ReasonForm(request.POST or None)
    if done(
        form,
        lambda: make_secret(letter=found, reason=form.cleaned_data["reason"], by=request.user),
        {"R-DESK-41": "reason"},
    ):
        messages.success(request, _("The letter is secret from now on."))
        return redirect("mail:letter", pk)
    context = {
        "form": form,
        "letter": found,
        "title": _("Make the letter secret"),
        "button": _("Make it secret"),
        "why": _("From now on only those see it through whose hands it goes."),
    }
    return render(request, "mail/reason.html", context, status=422 if form.errors else 200)


@guard(Action.MAIL_READ)
@require_GET
def letter(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One letter: what it says, who has it, and what the reader can do."""
    found = mail_queries.get_letter(pk, user=request.user)
    return letter_page(request, found)


def letter_page(request: StaffRequest, found: IncomingLetter, **forms: Any) -> HttpResponse:
    """The page of a letter; with a form that was refused, if there is one."""
    user = request.user
    step = mail_queries.own_step(found, user=user)
    may_hand = mail_rules.may_begin(user, found) or (
        step is not None and mail_rules.may_forward(user, step)
    )
    receivers = list(mail_rules.receivers_for(user)) if may_hand else []
    reads_all = bool(mail_rules.may_open_scan(user, found))
    became = mail_queries.outcomes_of(found, user=user) if reads_all else []
    context = {
        "letter": found,
        "chain": mail_queries.chain_of(found, today=today()),
        "became": became,
        "step": step,
        "today": today(),
        "receivers": receivers,
        "handing_url": _handing_url(found, step),
        "handing_form": HandingForm(receivers=receivers),
        "answer_form": AnswerForm(initial={"answer": answers_below(step) if step else ""}),
        "may_begin": bool(mail_rules.may_begin(user, found)),
        "reads_all": reads_all,
        "may_correct": bool(mail_rules.may_correct(user, found)),
        "may_make_secret": not found.is_secret and bool(mail_rules.may_make_secret(user, found)),
        "may_turn": bool(mail_rules.may_turn(user, found)),
        "may_report": user.may(Action.REPORT_RECEIVE)
        and not any(one.outcome.is_report for one in became),
        **forms,
    }
    refused = any(form.errors for form in forms.values())
    return render(request, "mail/letter.html", context, status=422 if refused else 200)


@guard(Action.MAIL_READ)
@require_GET
def sheet(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The disposition sheet, to be printed and laid on the letter."""
    found = mail_queries.get_letter(pk, user=request.user)
    mail_rules.may_open_scan(request.user, found).require()
    steps = [
        step
        for step in found.dispositions.select_related("sender", "receiver").order_by("sent_at")
        if step.state != Disposition.State.WITHDRAWN
    ]
    roots = [step for step in steps if step.parent_id is None]
    asked = {code for step in roots for code in step.instructions}
    context = {
        "letter": found,
        "natures": [(name, code == found.nature) for code, name in IncomingLetter.Nature.choices],
        "phrases": [(name, code in asked) for code, name in Instruction.choices],
        "roots": roots,
        "sections": list_sections(user=request.user),
        "below": [step for step in steps if step.parent_id is not None],
        "head": roots[0].sender if roots else None,
        "head_title": Role.HEAD_OF_OFFICE.label,
    }
    return render(request, "mail/sheet.html", context)


def _handing_url(found: IncomingLetter, step: Disposition | None) -> str:
    if step is not None:
        return reverse("mail:forward", args=[step.pk])
    return reverse("mail:dispose", args=[found.pk])


def _state_tabs(request: StaffRequest, state: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    query = request.GET.copy()
    query.pop("page", None)

    def tab(value: str, label: Any, count: int) -> dict[str, Any]:
        query["status"] = value
        url = f"?{query.urlencode()}"
        return {"label": label, "url": url, "active": value == state, "count": count}

    return [
        tab(EVERYTHING, _("All"), sum(counts.values())),
        *(tab(value, label, counts.get(value, 0)) for value, label in IncomingLetter.State.choices),
    ]
