"""The door of every page: a view that no guard marks does not open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeAlias, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.access.policy import Action

View: TypeAlias = Callable[..., HttpResponseBase]


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
            return view(cast(StaffRequest, request), *args, **kwargs)

        guarded.guarded_by = actions  # type: ignore[attr-defined]
        return guarded

    return mark


def signed_in(reason: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """Open a page about themselves to everybody who is logged in, also without a role."""

    def mark(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return _stopped(request) or view(cast(StaffRequest, request), *args, **kwargs)

        opened.guarded_by = f"signed in: {reason}"  # type: ignore[attr-defined]
        return opened

    return mark


def _stopped(request: HttpRequest) -> HttpResponseBase | None:
    """The way to the login, or to a password of one's own; None for who may go on."""
    if not request.user.is_authenticated:
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=401)
            answer["HX-Refresh"] = "true"
            return answer
        return redirect_to_login(request.get_full_path())
    own_password = reverse("access:password")
    if request.user.password_is_initial and request.path != own_password:
        return redirect(own_password)
    return None


def public(reason: str) -> Callable[[View], View]:
    """Open a page to everybody; the reason is for the reader of the code and of the route list."""

    def mark(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        opened.guarded_by = f"public: {reason}"  # type: ignore[attr-defined]
        return opened

    return mark
