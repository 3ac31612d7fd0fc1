"""Handing a letter on, answering, taking back, filing; and the reader's own dispositions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.acting import done
from pulih.common.clock import today
from pulih.desk import mail_queries, mail_rules
from pulih.desk.actions.disposing import answer, dispose, file_letter, forward, take_back
from pulih.desk.forms.disposing import ANSWER_FIELDS, HANDING_FIELDS, AnswerForm, HandingForm
from pulih.desk.forms.letters import ReasonForm
from pulih.desk.views.letters import letter_page

PAGE_ROWS = 25
RECEIVED, SENT, ANSWERED = "untuk-saya", "dari-saya", "selesai"


@guard(Action.MAIL_ANSWER, Action.MAIL_DISPOSE)
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """What waits for the reader, and what the reader waits for, the overdue first."""
    shown = request.GET.get("daftar", RECEIVED)
    user = request.user
    if shown == SENT:
        rows = mail_queries.list_sent(user=user)
    elif shown == ANSWERED:
        rows = mail_queries.list_received(user=user, open_only=False)
    else:
        shown, rows = RECEIVED, mail_queries.list_received(user=user)
    counts = mail_queries.count_steps(user=user, today=today())
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    here = reverse("mail:mine")
    labels = {
        RECEIVED: (_("For me"), counts.received),
        SENT: (_("Sent by me"), counts.sent),
        ANSWERED: (_("Answered by me"), None),
    }
    context = {
        "lines": [(step, mail_queries.is_late(step, today=today())) for step in page.object_list],
        "page": page,
        "late": counts.late,
        "shown": shown,
        "tabs": [
            {
                "label": label,
                "url": f"{here}?daftar={name}",
                "active": name == shown,
                "count": count,
            }
            for name, (label, count) in labels.items()
        ],
    }
    return render(request, "mail/mine.html", context)


@guard(Action.MAIL_DISPOSE)
@require_POST
def dispose_(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The head of office hands a letter on."""
    letter = mail_queries.get_letter(pk, user=request.user)
    form = HandingForm(request.POST, receivers=mail_rules.receivers_for(request.user))
    if done(
        form,
        lambda: dispose(letter=letter, handing=form.handing(), by=request.user),
        HANDING_FIELDS,
    ):
        messages.success(request, _("The letter is handed on; each of them has a task."))
        return redirect("mail:letter", pk)
    return letter_page(request, letter, handing_form=form)


@guard(Action.MAIL_DISPOSE)
@require_POST
def forward_(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Whoever holds a letter hands it further down."""
    step = mail_queries.get_step(pk, user=request.user)
    form = HandingForm(request.POST, receivers=mail_rules.receivers_for(request.user))
    if done(
        form, lambda: forward(step=step, handing=form.handing(), by=request.user), HANDING_FIELDS
    ):
        messages.success(
            request, _("The letter is handed on; your own task waits for the answers.")
        )
        return redirect("mail:letter", step.letter_id)
    return letter_page(request, step.letter, handing_form=form)


@guard(Action.MAIL_ANSWER)
@require_POST
def answer_(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The answer goes back up."""
    step = mail_queries.get_step(pk, user=request.user)
    form = AnswerForm(request.POST)
    if done(
        form,
        lambda: answer(step=step, text=form.cleaned_data["answer"], by=request.user),
        ANSWER_FIELDS,
    ):
        messages.success(
            request, _("Your answer went to %(name)s.") % {"name": step.sender.full_name}
        )
        return redirect("mail:letter", step.letter_id)
    return letter_page(request, step.letter, answer_form=form)


@guard(Action.MAIL_DISPOSE)
@require_http_methods(["GET", "POST"])
def take_back_(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask why, and take a disposition back."""
    step = mail_queries.get_step(pk, user=request.user)
    mail_rules.may_take_back(request.user, step).require()
    form = ReasonForm(request.POST or None)
    if done(
        form,
        lambda: take_back(step=step, reason=form.cleaned_data["reason"], by=request.user),
        {"R-DESK-43": "reason"},
    ):
        messages.success(request, _("The disposition is taken back."))
        return redirect("mail:letter", step.letter_id)
    context = {
        "form": form,
        "letter": step.letter,
        "title": _("Take the disposition back"),
        "button": _("Take back"),
        "why": _("%(name)s no longer has to answer, nor does anybody below.")
        % {"name": step.receiver.full_name},
    }
    return render(request, "mail/reason.html", context, status=422 if form.errors else 200)


@guard(Action.MAIL_DISPOSE)
@require_http_methods(["GET", "POST"])
def file(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask why, and file a letter that needs nothing more."""
    letter = mail_queries.get_letter(pk, user=request.user)
    mail_rules.may_begin(request.user, letter).require()
    form = ReasonForm(request.POST or None)
    if done(
        form,
        lambda: file_letter(letter=letter, note=form.cleaned_data["reason"], by=request.user),
        {},
    ):
        messages.success(request, _("The letter is filed."))
        return redirect("mail:letter", pk)
    context = {
        "form": form,
        "letter": letter,
        "title": _("File the letter"),
        "button": _("File it"),
        "why": _("Nobody needs to do anything about it, or everything is done."),
    }
    return render(request, "mail/reason.html", context, status=422 if form.errors else 200)
