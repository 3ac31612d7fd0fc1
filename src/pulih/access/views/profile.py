"""What everybody sees and changes about themselves."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access import queries
from pulih.access.actions.profile import change_password, choose_language
from pulih.access.forms.profile import LanguageForm, PasswordForm
from pulih.access.guards import StaffRequest, signed_in
from pulih.common.clock import today
from pulih.common.errors import RuleError


@signed_in("everybody sees their own roles")
@require_GET
def show(request: StaffRequest) -> HttpResponse:
    """One's own name, roles and language."""
    context = {
        "grants": queries.list_grants(request.user),
        "today": today(),
        "language_form": LanguageForm(initial={"language": request.user.language}),
    }
    return render(request, "access/profile.html", context)


@signed_in("everybody changes their own password")
@require_http_methods(["GET", "POST"])
def password(request: StaffRequest) -> HttpResponse:
    """Another password; this session stays open, the others end."""
    was_initial = request.user.password_is_initial
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            user = change_password(old=data["old"], new=data["new"], by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed."))
            return redirect("day" if was_initial else "access:profile")
    context = {"form": form, "was_initial": was_initial}
    return render(request, "access/password.html", context, status=422 if form.errors else 200)


@signed_in("everybody chooses their own language")
@require_POST
def language(request: StaffRequest) -> HttpResponse:
    """The language of one's screens, here and at the next login."""
    form = LanguageForm(request.POST)
    answer = redirect("access:profile")
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        choose_language(language=chosen, by=request.user)
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax")
        with translation.override(chosen):
            messages.success(request, _("The language is chosen."))
    return answer
