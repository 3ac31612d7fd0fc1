"""The second word on a name in a sealed record."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.actions.naming import confirm_name, refuse_name
from pulih.cases.forms.granting import RefuseNameForm
from pulih.cases.queries.naming import Naming, get_naming
from pulih.common.acting import attempt, done
from pulih.common.clock import now, today


@require_http_methods(["GET", "POST"])
@guard(Action.NAME_CONFIRM)
def naming(request: StaffRequest, key: UUID) -> HttpResponse:
    """Who shall know of which number, by whom and what for; POST confirms it."""
    found = get_naming(key, user=request.user)
    if request.method == "POST":
        attempt(
            request,
            lambda: confirm_name(member=found.member, by=request.user),
            _("The name is confirmed."),
        )
        return redirect("cases:naming", key)
    return _page(request, found, RefuseNameForm())


@require_POST
@guard(Action.NAME_CONFIRM)
def naming_refuse(request: StaffRequest, key: UUID) -> HttpResponse:
    """Refuse a name; what it had opened closes."""
    found = get_naming(key, user=request.user)
    form = RefuseNameForm(request.POST)
    if done(
        form,
        lambda: refuse_name(member=found.member, by=request.user, **form.cleaned_data),
        {},
    ):
        messages.success(request, _("The name is refused."))
        return redirect("cases:naming", key)
    return _page(request, found, form, status=422)


def _page(
    request: StaffRequest, found: Naming, form: RefuseNameForm, status: int = 200
) -> HttpResponse:
    member = found.member
    ended = member.valid_until is not None and member.valid_until < today()
    context = {
        "naming": found,
        "member": member,
        "form": form,
        "ended": ended,
        "lapsed": not ended and member.lapses_at is not None and member.lapses_at <= now(),
        "own": request.user.pk in {member.named_by_id, member.user_id},
    }
    return render(request, "cases/naming.html", context, status=status)
