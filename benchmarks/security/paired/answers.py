"""A question of one reader, the whole answer to it, and where two answers differ."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from security.paired.chance import CHANCE

# Nothing inside an answer is masked: the clock stands still and chance comes of a seed, so that
# keys, tokens and moments are the same in both worlds unless a sealed record moved them.
UNCOMPARED_HEADERS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """One request of one reader.

    Attributes:
        sent: the fields of a form; None asks with GET.
        ticket: does the form need the ticket of a search, which is made when it is asked?
        follow: is the page that a form leads to asked for as well?
    """

    reader: str
    address: str
    sent: Mapping[str, Any] | None = None
    ticket: bool = False
    follow: bool = True

    def __str__(self) -> str:
        verb = "GET" if self.sent is None else "POST"
        return f"{self.reader}: {verb} {self.address} {dict(self.sent or {})}"


@dataclass(slots=True)
class Answer:
    """All that a reader can learn from an answer; the queries and seconds it took go along."""

    status: int
    headers: dict[str, str]
    body: bytes
    queries: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Heard:
    """What one world answered to a list of questions."""

    answers: list[tuple[str, Answer]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that the two worlds answer differently, and the first place where."""

    question: str
    what: str


class Counting:
    """Counts the statements that a request sends to the database."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def ask_all(questions: Sequence[Question], *, seed: str, work: Any = None) -> Heard:
    """Ask every question in the world that the process stands in.

    Args:
        seed: names the run; question and number are added, so that no two draw the same keys.
        work: done after each form, such as running the background tasks that it left.
    """
    heard, clients = Heard(), _Clients(seed)
    for number, question in enumerate(questions):
        CHANCE.begin(f"{seed}:{number}")
        client = clients.of(question.reader)
        answer = _ask(client, question.address, _form(question, clients))
        heard.answers.append((str(question), answer))
        if question.sent is None:
            continue
        if work is not None:
            work()
        if question.follow and (to := answer.headers.get("Location")):
            CHANCE.begin(f"{seed}:{number}:after")
            heard.answers.append((f"{question} -> {to}", _ask(client, to, None)))
    return heard


class _Clients:
    """One browser a reader, logged in when it is first needed."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._made: dict[str, Any] = {}

    def of(self, name: str) -> Any:
        from django.test import Client

        if name not in self._made:
            client = Client(SERVER_NAME="localhost", raise_request_exception=False)
            CHANCE.begin(f"{self._seed}:{name}")
            client.force_login(self.user(name))
            self._made[name] = client
        return self._made[name]

    @staticmethod
    def user(name: str) -> Any:
        from pulih.access.models import User

        return User.objects.get(username=name)


def _form(question: Question, clients: _Clients) -> dict[str, Any] | None:
    from pulih.people.queries.search_notes import write_ticket

    if question.sent is None:
        return None
    form = dict(question.sent)
    if question.ticket:
        form["ticket"] = write_ticket({}, by=clients.user(question.reader))
    return form


def _ask(client: Any, address: str, sent: dict[str, Any] | None) -> Answer:
    from django.db import connection

    counting, began = Counting(), time.perf_counter()
    with connection.execute_wrapper(counting):
        response = client.get(address) if sent is None else client.post(address, sent)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {k: v for k, v in response.headers.items() if k not in UNCOMPARED_HEADERS}
    cookies = "\n".join(sorted(morsel.OutputString() for morsel in response.cookies.values()))
    return Answer(
        response.status_code,
        {**headers, "Set-Cookie": cookies},
        body,
        counting.count,
        time.perf_counter() - began,
    )


def differences(one: Heard, other: Heard) -> list[Difference]:
    """Every question to which the worlds answer differently, in status, headers or a byte."""
    found = []
    for (question, left), (_same, right) in zip(one.answers, other.answers, strict=True):
        if what := _differs(left, right):
            found.append(Difference(question, what))
    return found


def slower(one: Heard, other: Heard) -> list[Difference]:
    """Every question that takes another number of statements in the other world."""
    return [
        Difference(question, f"{left.queries} statements, and {right.queries}")
        for (question, left), (_same, right) in zip(one.answers, other.answers, strict=True)
        if left.queries != right.queries
    ]


def _differs(left: Answer, right: Answer) -> str:
    if left.status != right.status:
        return f"status {left.status}, and {right.status}"
    for name in sorted({*left.headers, *right.headers}):
        if left.headers.get(name) != right.headers.get(name):
            return f"{name}: {left.headers.get(name)!r}, and {right.headers.get(name)!r}"
    if left.body == right.body:
        return ""
    pairs = zip(left.body, right.body, strict=False)
    at = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(left.body), len(right.body)))
    return f"byte {at}: {left.body[at - 80 : at + 80]!r}, and {right.body[at - 80 : at + 80]!r}"
