"""Asks the product every cell of the matrix through Django's test client, and compares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from pulih.access.models import User
from tests.matrix.expectations import (
    ABSENT,
    ANYTHING,
    MASKED,
    OPEN,
    REFUSED,
    Cell,
    extra,
    late,
    masks,
)
from tests.matrix.world import World, absent

LEAK, ERROR, LOGIN = "L", "E", "login"
TO_THE_LOGIN = re.compile(r"/masuk/($|\?next)")
_TOKENS = re.compile(
    r'("X-CSRFToken": |csrfmiddlewaretoken" value=|nonce=|nonce-)["\']?[\w+/=-]{16,88}'
)


@dataclass(frozen=True, slots=True)
class Miss:
    """A cell in which the product does not do what the file says."""

    cell: Cell
    observed: str
    status: int

    def __str__(self) -> str:
        return f"{self.cell}, but {self.observed} ({self.status})"


@dataclass
class Runner:
    """Holds a browser for each user; every request is undone after it."""

    world: World
    executed: int = 0
    _browsers: dict[Any, Client] = field(default_factory=dict)
    _absent: dict[tuple[Any, ...], tuple[Any, ...]] = field(default_factory=dict)

    def misses(self, cells: Iterable[Cell]) -> Iterator[Miss]:
        """Every cell whose answer is not the expected one."""
        for cell in cells:
            user = self.world.users[cell.role, cell.relation]
            observed, status = self.observe(cell, user)
            self.executed += 1
            if not _fits(cell, observed, status):
                yield Miss(cell, observed, status)

    def observe(self, cell: Cell, user: User | None, *, of: World | None = None) -> tuple[str, int]:
        """What the product answers, as a letter of the file.

        Args:
            of: whose records the address names, when they are not those of the user's office.
        """
        facts = (of or self.world).records[cell.held]
        args = (of or self.world).address(cell.page.records, cell.held)
        answer = self._ask(user, cell, args, facts)
        status = answer.status_code
        if status >= 500:
            return ERROR, status
        if status == 401 or TO_THE_LOGIN.search(answer.headers.get("Location", "")):
            return LOGIN, status
        if status == 403:
            return REFUSED, status
        if status != 404 and cell.expected != ABSENT:
            return (_masked(answer, cell, facts) or OPEN), status
        nothing = {name: absent(name, value, shared=of is None) for name, value in facts.items()}
        same = _bare(answer, facts) == self._of_absent(user, cell, nothing, abroad=of is not None)
        if same:
            return ABSENT, status
        return (LEAK if status == 404 else OPEN), status

    def text(self, cell: Cell, user: User) -> str:
        """The answer in words, of a page that opens; nothing of one that does not."""
        facts = self.world.records[cell.held]
        answer = self._ask(user, cell, self.world.address(cell.page.records, cell.held), facts)
        opened = answer.status_code == 200 and hasattr(answer, "content")
        return answer.content.decode(errors="replace") if opened else ""

    def _of_absent(
        self, user: User | None, cell: Cell, nothing: dict[str, str], *, abroad: bool
    ) -> tuple[Any, ...]:
        key = (user and user.pk, cell.method, cell.page.name, abroad)
        if key not in self._absent:
            others = [nothing[name] for name in cell.page.records]
            self._absent[key] = _bare(self._ask(user, cell, others, nothing), nothing)
        return self._absent[key]

    def _ask(
        self, user: User | None, cell: Cell, args: list[str], facts: dict[str, str]
    ) -> HttpResponseBase:
        name = cell.page.name
        query, body = extra("queries", name), extra("bodies", name)
        address = reverse(cell.page.route, args=args) + (
            "?" + query.format(**facts) if query else ""
        )
        browser = self._browser(user)
        # What the request before had to say is not said to this one.
        browser.cookies.pop("messages", None)
        with transaction.atomic():
            answer = browser.generic(
                cell.method,
                address,
                body.format(**facts) if cell.method == "POST" else "",
                content_type="application/x-www-form-urlencoded",
            )
            if hasattr(answer, "streaming_content"):
                list(answer.streaming_content)
            transaction.set_rollback(True)
        return answer

    def _browser(self, user: User | None) -> Client:
        key = user and user.pk
        if key not in self._browsers:
            browser = Client(raise_request_exception=False)
            if user is not None:
                browser.force_login(user)
            self._browsers[key] = browser
        return self._browsers[key]


def _masked(answer: HttpResponseBase, cell: Cell, facts: dict[str, str]) -> str:
    """The letter of a page that opens without the words that were planted there for it."""
    planted = masks().get(cell.page.name)
    if planted is None or cell.method != "GET":
        return ""
    return "" if facts[planted] in answer.content.decode() else MASKED  # type: ignore[attr-defined]


def _fits(cell: Cell, observed: str, status: int) -> bool:
    if observed == cell.expected:
        return True
    if cell.expected == ANYTHING:
        return observed not in (LOGIN, ERROR)
    return cell.expected == REFUSED and status == 422 and cell.page.route in late()


def _bare(answer: HttpResponseBase, facts: dict[str, str]) -> tuple[Any, ...]:
    """Status, headers and body without random tokens and without the address that was asked."""
    text = answer.content.decode(errors="replace") if hasattr(answer, "content") else ""
    text = _TOKENS.sub("", text)
    headers = {
        name: _TOKENS.sub("", value)
        for name, value in answer.headers.items()
        if name not in ("Content-Length",)
    }
    for value in facts.values():
        if len(value) > 8:
            text = text.replace(value, "")
    return answer.status_code, headers, text
