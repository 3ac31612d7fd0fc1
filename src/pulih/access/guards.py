"""The door of every page: a view that no guard marks does not open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeAlias, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pulih.access.factors import FRESH_TO_OPEN, FRESH_TO_SEND, is_fresh, lacks_factor
from pulih.access.models import User
from pulih.access.policy import STEP_UP, Action
from pulih.common.clock import today

View: TypeAlias = Callable[..., HttpResponseBase]

ASKS_PROOF = "asks_proof"
"""Mark of an answer that asks who sits there; the trail takes it for no refusal."""


class HtmxDetails(Protocol):
    """What django-htmx tells of a request."""

    boosted: bool
    target: str | None
    trigger: str | None

    def __bool__(self) -> bool: ...


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: User
    htmx: HtmxDetails


def guard(*actions: Action) -> Callable[[Callable[..., HttpResponse]], View]:
    """Open a page to users who may do at least one of the actions on some record.

    Which records is the query's business (`visible_to`). Without a login the answer is the login
    page; without the action it is 403. Whoever still has the password that the administrator gave
    them chooses one of their own first.
    """

    def mark(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if answer := _stopped(request):
                return answer
            if not any(cast(User, request.user).may(action) for action in actions):
                raise PermissionDenied(_("Your role does not open this page."))
            if not STEP_UP.isdisjoint(actions) and (answer := to_be_proven(request)):
                return answer
            return view(cast(StaffRequest, request), *args, **kwargs)

        guarded.guarded_by = actions  # type: ignore[attr-defined]
        return guarded

    return mark


def signed_in(
    reason: str, *, before_factor: bool = False
) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Open a page about themselves to everybody who is logged in, also without a role.

    Args:
        before_factor: also to who has yet to set up a second factor: the pages that do it.
    """

    def mark(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            stopped = _stopped(request, before_factor=before_factor)
            return stopped or view(cast(StaffRequest, request), *args, **kwargs)

        opened.guarded_by = f"signed in: {reason}"  # type: ignore[attr-defined]
        return opened

    return mark


def _stopped(request: HttpRequest, *, before_factor: bool = False) -> HttpResponseBase | None:
    """The way to the login, to a password of one's own or to a second factor; None to go on."""
    if not request.user.is_authenticated:
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=401)
            answer["HX-Refresh"] = "true"
            return answer
        return redirect_to_login(request.get_full_path())
    if _is_over(request.user):
        logout(request)
        messages.info(request, _("Your time here is over: the last day of your role has passed."))
        return redirect("account_login")
    own_password = reverse("access:password")
    if request.user.password_is_initial and request.path != own_password:
        return redirect(own_password)
    if not before_factor and request.path != own_password and lacks_factor(request, request.user):
        return redirect("mfa_index")
    return None


def _is_over(user: User) -> bool:
    """Did the user have a role, and has none today or to come? (R-ACC-186)"""
    if user.current_grants:
        return False
    day = today()
    over = user.grants.filter(valid_until__lt=day).exists()
    return over and not user.grants.filter(valid_from__gt=day).exists()


def to_be_proven(request: HttpRequest) -> HttpResponse | None:
    """The way to prove who it is once more; None for who did so a moment ago."""
    if not settings.PULIH_STEP_UP:
        return None
    if request.method in {"GET", "HEAD"}:
        if is_fresh(request, seconds=FRESH_TO_OPEN):
            return None
        here = urlencode({"next": request.get_full_path()})
        proof = f"{reverse('account_reauthenticate')}?{here}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": proof})
        return HttpResponseRedirect(proof)
    if is_fresh(request, seconds=FRESH_TO_SEND):
        return None
    # What was typed is still in the browser: the page says how to send it again.
    asked = render(request, "access/prove_first.html", status=403)
    setattr(asked, ASKS_PROOF, True)
    return asked


def public(reason: str) -> Callable[[View], View]:
    """Open a page to everybody; the reason is for the reader of the code and of the route list."""

    def mark(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        opened.guarded_by = f"public: {reason}"  # type: ignore[attr-defined]
        return opened

    return mark
