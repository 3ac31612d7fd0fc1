"""The language of the reader, and the door that opens only marked pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from pulih.access.guards import ASKS_PROOF
from pulih.access.purpose import PurposeNeededError, drawing

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Indonesian unless the reader chose otherwise.

    Django's own middleware follows the browser's language, which is English on most office
    computers; the choice here is the cookie of the switch, then the user's own setting.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or getattr(
            request.user, "language", ""
        )
        known = {code for code, _ in settings.LANGUAGES}
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class DoorMiddleware:
    """Default deny: a view without a guard is answered as if it did not exist (R-ACC-3)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse what no guard marks."""
        if not hasattr(view, "guarded_by"):
            raise Http404
        return None


class PurposeMiddleware:
    """A page that shows something sealed is drawn once its reader has said what for (R-ACC-183)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with drawing(request):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Ask instead of showing; whoever sends a form keeps what they typed."""
        if not isinstance(fault, PurposeNeededError):
            return None
        ask = reverse("access:purpose", args=[fault.compartment])
        if request.method not in {"GET", "HEAD"}:
            answer = render(request, "access/purpose_first.html", {"ask_url": ask}, status=403)
            setattr(answer, ASKS_PROOF, True)
            return answer
        url = f"{ask}?{urlencode({'next': request.get_full_path()})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": url})
        return redirect(url)
