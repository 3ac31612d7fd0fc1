"""What a person reads when the ground gave way: what happened, what was saved, what to do.

The page asks nothing of database, session or user: they may be what is missing.
"""

from __future__ import annotations

import io
import logging
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.defaults import bad_request as plain_bad_request
from django.views.defaults import server_error as plain_server_error

from pulih.common.faults import Fault, fault_of
from pulih.config.writes import Writes

logger = logging.getLogger(__name__)
PIECE = 1 << 16
RETRY_SECONDS = {Fault.FULL: 60, Fault.BUSY: 5, Fault.GONE: 15, Fault.BROKEN: 60}

HAPPENED: dict[Fault, tuple[Promise | str, Promise | str]] = {
    Fault.FULL: (
        _("The disk of the server is full"),
        _("Tell the administrator: the disk is full, and room must be made on it."),
    ),
    Fault.BUSY: (
        _("Too much is being written at once"),
        _("Wait a moment and try again. If it keeps on, tell the administrator."),
    ),
    Fault.GONE: (
        _("The database cannot be reached"),
        _("Wait a moment and try again. If it keeps on, tell the administrator."),
    ),
    Fault.BROKEN: (
        _("The server cannot write on its disk"),
        _("Tell the administrator at once: the disk or the database may be damaged."),
    ),
}
NOTHING_SAVED = _("Nothing of this step was saved. What was saved before is safe.")
PARTLY_SAVED = _("The step itself was saved; only what follows failed. Do not send it again.")
UNSURE = _("It is not sure whether this step was saved. Look first, before you send it again.")
READING = _("What was saved before is safe.")


@dataclass(frozen=True, slots=True)
class Told:
    """The words of one answer."""

    title: Promise | str
    saved: Promise | str
    way: Promise | str


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what no view caught: 503 when the ground gave way (R-CONF-30), else 500."""
    fault = fault_of(sys.exc_info()[1])
    if fault is None:
        return plain_server_error(request)
    return answer(request, fault)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a wrong request; a session that could not be written comes here, and is none."""
    fault = fault_of(exception)
    if fault is None:
        return plain_bad_request(request, exception)
    return answer(request, fault)


def answer(request: HttpRequest, fault: Fault) -> HttpResponse:
    """The page, or for a part of a page the notice, with status 503 and when to try again."""
    _hear_out(request)
    title, way = HAPPENED[fault]
    told = Told(title, _saved(request, fault), way)
    is_part = request.headers.get("HX-Request") == "true"
    name = "ui/_fault_notice.html" if is_part else "503.html"
    response = HttpResponse(render_to_string(name, {"told": told}), status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS[fault])
    response.headers["Cache-Control"] = "no-store"
    if is_part:
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def prepare() -> None:
    """Load templates, words and names of static files, so that a fault finds them in memory."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for headers in ({}, {"HTTP_HX_REQUEST": "true"}):
                try:
                    answer(WSGIRequest(_an_environment(headers)), Fault.FULL)
                except ValueError as fault:
                    # Files of the pages that nobody collected: every page says so by itself.
                    logger.warning("The pages of faults are not ready: %s", fault)


def _an_environment(headers: dict[str, str]) -> dict[str, Any]:
    return {"REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(), **headers}


def _hear_out(request: HttpRequest) -> None:
    """Read what the browser is still sending: one that is cut off shows no answer at all."""
    with suppress(OSError):
        while request.read(PIECE):
            pass


def _saved(request: HttpRequest, fault: Fault) -> Promise | str:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return READING
    writes: Writes = getattr(request, "writes", Writes())
    if writes.kept:
        return PARTLY_SAVED
    # A commit that was cut off may have arrived: only a full or busy database answers for sure.
    if writes.tried and fault in {Fault.GONE, Fault.BROKEN}:
        return UNSURE
    return NOTHING_SAVED
