"""Whether a request wrote something, so that the page of a fault tells the truth about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass(slots=True)
class Writes:
    """What a request has written so far."""

    tried: bool = False
    kept: bool = False

    def watch(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Run one statement; a write counts as kept once its transaction has committed."""
        if not str(sql).lstrip().upper().startswith(WRITING):
            return execute(sql, params, many, context)
        self.tried = True
        result = execute(sql, params, many, context)
        if not self.kept:
            transaction.on_commit(self._keep)
        return result

    def _keep(self) -> None:
        self.kept = True


class WritesMiddleware:
    """Watches what the page itself writes; the session's own rows are written further out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        writes = Writes()
        request.writes = writes  # type: ignore[attr-defined]
        with connection.execute_wrapper(writes.watch):
            return self.get_response(request)
