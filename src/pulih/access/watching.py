"""No trail, no read: what a page has read is written down before its answer leaves."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from pulih.access.audit import AuditError
from pulih.access.denials import write_denial
from pulih.access.guards import ASKS_PROOF
from pulih.access.models import User
from pulih.access.readings import Gathered, gathering, write_readings

logger = logging.getLogger(__name__)
RETRY_SECONDS = "30"
NOT_WRITTEN = {
    "title": gettext_lazy("The trail cannot be written"),
    "saved": gettext_lazy(
        "What is closely held is shown only when the reading can be written down, and that failed"
        " just now. Try again in a moment; tell the administrator if it goes on."
    ),
}


class TrailMiddleware:
    """Writes the readings of an answer, or lets none of it leave (R-ACC-190, R-ACC-191)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with gathering() as gathered:
            request.gathered = gathered  # type: ignore[attr-defined]
            response = self.get_response(request)
        try:
            _write(request, response, gathered)
        except (AuditError, Error):
            logger.exception("the trail could not be written; the answer is held back")
            response.close()
            return _held_back()
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Note which records the address names."""
        gathered: Gathered = request.gathered  # type: ignore[attr-defined]
        gathered.asked = tuple(str(value) for value in kwargs.values())


def _write(request: HttpRequest, response: HttpResponse, gathered: Gathered) -> None:
    page, reader = page_of(request), reader_of(request)
    if shows_something(response):
        write_readings(gathered, page=page, by=reader)
    elif reader is not None and is_refusal(response, gathered):
        write_denial(status=response.status_code, page=page, named=gathered.asked, by=reader)


def shows_something(response: HttpResponse) -> bool:
    """Does content of records leave with it? A refusal and a way to elsewhere hold none."""
    return not (300 <= response.status_code < 400 or response.status_code in {204, 401, 403, 404})


def is_refusal(response: HttpResponse, gathered: Gathered) -> bool:
    """Was the reader refused: a page, or a record that the address names?

    Being asked who sits there is no refusal.
    """
    if response.status_code == 403:
        return not hasattr(response, ASKS_PROOF)
    return response.status_code == 404 and bool(gathered.asked)


def page_of(request: HttpRequest) -> str:
    """The name of the page, such as `cases:services`."""
    return request.resolver_match.view_name if request.resolver_match else ""


def reader_of(request: HttpRequest) -> User | None:
    """Who is logged in."""
    return request.user if isinstance(request.user, User) else None


def _held_back() -> HttpResponse:
    response = render(None, "503.html", {"told": NOT_WRITTEN}, status=503)
    response["Retry-After"] = RETRY_SECONDS
    return response
