"""The door of every page: a view that no guard marks does not open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeAlias, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
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
    page; without the action it is 403.
    """

    def mark(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if request.headers.get("HX-Request"):
                    answer = HttpResponse(status=401)
                    answer["HX-Refresh"] = "true"
                    return answer
                return redirect_to_login(request.get_full_path())
            user = request.user
            if not any(user.may(action) for action in actions):
                raise PermissionDenied(_("Your role does not open this page."))
            return view(cast(StaffRequest, request), *args, **kwargs)

        guarded.guarded_by = actions  # type: ignore[attr-defined]
        return guarded

    return mark


def public(reason: str) -> Callable[[View], View]:
    """Open a page to everybody; the reason is for the reader of the code and of the route list."""

    def mark(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        opened.guarded_by = f"public: {reason}"  # type: ignore[attr-defined]
        return opened

    return mark
