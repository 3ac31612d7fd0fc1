"""Breaking the glass, the list of those who watch over it, and judging one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.glass import break_glass, judge_glass
from pulih.cases.forms.glass import FIELD_OF_RULE, JUDGE_FIELD_OF_RULE, BreakForm, JudgeForm
from pulih.cases.models import BrokenGlass
from pulih.cases.queries.glass import get_glass, list_glasses
from pulih.common.acting import done

PAGE_ROWS = 50


@guard(Action.GLASS_BREAK)
@require_http_methods(["GET", "POST"])
def break_(request: StaffRequest) -> HttpResponse:
    """Open a case that is closed to one, in an emergency."""
    form = BreakForm(request.POST or None)
    made: list[BrokenGlass | None] = []
    if done(
        form,
        lambda: made.append(break_glass(by=request.user, **form.cleaned_data)),
        FIELD_OF_RULE,
    ):
        if made[0] is not None:
            messages.warning(
                request,
                _("The case is open to you for four hours. Its section and the auditor know."),
            )
            return redirect("cases:detail", made[0].case.number)
        form.add_error(
            "number", _("There is no such case that is closed to you. Check the number.")
        )
    status = 422 if form.errors else 200
    return render(request, "cases/glass_break.html", {"form": form}, status=status)


@guard(Action.GLASS_READ)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """Every broken glass, the newest first."""
    rows = list_glasses(user=request.user)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "cases/glasses.html", {"page": page})


@guard(Action.GLASS_READ)
@require_http_methods(["GET", "POST"])
def detail(request: StaffRequest, key: UUID) -> HttpResponse:
    """One broken glass, and judging it."""
    glass = get_glass(key, user=request.user)
    may_judge = may(request.user, Action.GLASS_JUDGE, glass)
    own = glass.user_id == request.user.pk
    form = JudgeForm(request.POST or None)
    if done(
        form,
        lambda: judge_glass(glass=glass, by=request.user, **form.cleaned_data),
        JUDGE_FIELD_OF_RULE,
    ):
        messages.success(request, _("The judgement is kept."))
        return redirect("cases:glass", key)
    context = {
        "glass": glass,
        "form": form if may_judge and not own and glass.judged_at is None else None,
        "opens": may(request.user, Action.CASE_READ, glass.case),
    }
    return render(request, "cases/glass.html", context, status=422 if form.errors else 200)
