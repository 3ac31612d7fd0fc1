"""Every reading of a closed record is in the trail: counted by a proxy that trusts none of ours.

A crawler walks every page that each role of an invented office can reach. Beside the system two
witnesses count what was read: rows that Django made (with a table of what hangs on what that is
written here), and words planted in the texts of closed records that came out in an answer.
"""

from __future__ import annotations

import datetime as dt
import html
import random
import re
import time
from collections import deque
from contextlib import contextmanager
from functools import cache
from uuid import UUID

# Who walks, and for how large a part of the time: most for who reads cases.
ROLES = {
    **dict.fromkeys(("kadis", "kabid", "peksos"), 6),
    **dict.fromkeys(("loket", "data", "auditor", "admin"), 2),
    **dict.fromkeys(("mahasiswa", "dosen", "penguji", "koordinator"), 1),
}
SEEDS = 12
"""So many closed records of each kind are asked for by their own address first."""
# Where a row says on what it hangs; the first that is there counts.
LEADS = ("case_id", "plan_id", "goal_id", "letter_id", "service_id", "person_id", "kept_id")
OWNED = {"files.attachment": ("owner_id",)}
# Tasks, notices and appointments are their owner's; a team is who works, not what is known; the
# register of broken glasses is for who watches.
NO_READING = {
    *("inbox.task", "inbox.notice", "inbox.calendarentry", "cases.teammember"),
    *("cases.brokenglass", "people.searchkey", "people.judgement", "desk.ticket"),
    # The counter's own records are open to the office; the case that one became is another.
    *("cases.counterservice", "cases.counterevent"),
}
CLOSED = {
    "cases.case": "SELECT id FROM cases_case WHERE restricted OR compartment_id IS NOT NULL",
    "cases.report": "SELECT id FROM cases_report WHERE restricted OR compartment_id IS NOT NULL",
    "papers.letter": "SELECT id FROM papers_letter WHERE restricted OR compartment_id IS NOT NULL",
    "people.person": "SELECT id FROM people_person WHERE compartment_id IS NOT NULL",
    "desk.incomingletter": "SELECT id FROM desk_incomingletter WHERE nature = 'secret'",
}
WORD = re.compile(r"kenari[0-9a-f]{32}")
LINK = re.compile(r"""(?:href|src|hx-get)=["']([^"'#]+)""")


def crawl(*, seconds: float, restrict: float) -> dict[str, object]:
    """Walk the pages for so long; what was read, what of it is in the trail, what is missing.

    Args:
        restrict: the share of open cases that are closed to the team first.
    """
    from django.conf import settings
    from django.test import Client, override_settings

    from pulih.access.models import User

    _build(restrict)
    closed = _closed()
    witness = Witness(closed)
    told: dict[str, int] = {}
    missing: list[str] = []
    reads = requests = 0
    views: set[str] = set()
    part = seconds / sum(ROLES.values())
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    eased = override_settings(
        PULIH_STEP_UP=False,
        PULIH_SECOND_FACTOR=False,
        ALLOWED_HOSTS=["testserver"],
        STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": plain}},
    )
    with eased, witness.watching():
        for role, parts in ROLES.items():
            client = Client(raise_request_exception=False)
            client.force_login(User.objects.get(username=role))
            for view, path, answer, lines in _walk(client, witness, part * parts):
                requests += 1
                views.add(view)
                due = witness.read(answer)
                reads += len(due)
                for key in due - lines:
                    missing.append(f"{role} {path} {closed[key]}")
                    told[view] = told.get(view, 0) + 1
        control = _control(witness)
    return {
        "reads": reads,
        "missing": len(missing),
        "examples": missing[:5],
        "missing_by_page": told,
        "control_caught": control,
        "requests": requests,
        "pages": len(views),
        "pages_all": len(_pages()),
        "pages_not_walked": sorted(_pages() - views),
    }


def _control(witness: Witness) -> bool:
    """Known bad: while the system hears of no row, the witness finds a reading missing."""
    from django.test import Client
    from django.urls import reverse

    from pulih.access.models import User
    from pulih.access.readings import watched
    from pulih.cases.models import Case

    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="kadis"))
    case = Case._base_manager.filter(restricted=True, compartment=None).first()
    models = [model for group in watched() for model in group]
    for model in models:
        model.tells_when_loaded = False
    try:
        before, witness.seen = _last(), set()
        answer = client.get(reverse("cases:detail", args=[case.number]))
        return bool(witness.read(answer) - _lines_after(before))
    finally:
        for model in models:
            model.tells_when_loaded = True


class Witness:
    """Counts rows of closed records as Django makes them, and planted words in answers."""

    def __init__(self, closed: dict[UUID, str]) -> None:
        self.closed = closed
        self.above: dict[UUID, UUID] = {}
        self.seen: set[UUID] = set()

    @contextmanager
    def watching(self):
        """Stand beside Django's own `from_db`."""
        from django.db.models.base import Model

        original = Model.__dict__["from_db"]

        def from_db(cls, db, names, values):
            row = original.__func__(cls, db, names, values)
            self._row(row)
            return row

        Model.from_db = classmethod(from_db)
        try:
            yield
        finally:
            Model.from_db = original

    def _row(self, row) -> None:
        label = row._meta.label_lower
        if label in NO_READING:
            return
        key = row.pk
        if label in CLOSED:
            if key in self.closed:
                self.seen.add(key)
            return
        values = row.__dict__
        names = OWNED.get(label, LEADS)
        above = next((values[name] for name in names if values.get(name)), None)
        if above is None:
            return
        if isinstance(key, UUID):
            self.above[key] = above
        self.seen.add(above)

    def read(self, answer) -> set[UUID]:
        """The closed records of the last answer; the witness forgets them."""
        seen, self.seen = self.seen, set()
        if 300 <= answer.status_code < 400 or answer.status_code in {204, 401, 403, 404}:
            return set()
        found = {self._root(key) for key in seen}
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode("utf-8", "ignore")
        found |= {UUID(word.removeprefix("kenari")) for word in WORD.findall(text)}
        return {key for key in found if key in self.closed}

    def _root(self, key: UUID) -> UUID | None:
        for _ in range(5):
            if key in self.closed or key not in self.above:
                break
            key = self.above[key]
        return key if key in self.closed else _asked_above(key, self.closed)


def _asked_above(key: UUID, closed: dict[UUID, str]) -> UUID | None:
    """A part whose own row was not made: asked of the tables themselves."""
    from django.db import connection

    text = str(key) if connection.vendor == "postgresql" else key.hex
    for table, column in (("cases_plan", "case_id"), ("cases_goal", "plan_id")):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [text])
            row = cursor.fetchone()
        if row:
            above = row[0] if isinstance(row[0], UUID) else UUID(row[0])
            return above if above in closed else _asked_above(above, closed)
    return None


def _walk(client, witness: Witness, seconds: float):
    """Follow links, pages that were seen least first; an answer and the lines it left, each."""
    from django.urls import Resolver404, resolve

    waiting: dict[str, deque[str]] = {}
    known: set[str] = set()
    visits: dict[str, int] = {}
    end = time.perf_counter() + seconds

    def add(path: str) -> None:
        path = html.unescape(path)
        if not path.startswith("/") or path.startswith(("/static", "/keluar")) or path in known:
            return
        try:
            match = resolve(path.partition("?")[0])
        except Resolver404:
            return
        known.add(path)
        waiting.setdefault(match.view_name, deque()).append(path)

    add("/")
    for path in _addresses(witness.closed):
        add(path)
    for name in sorted(_pages()):
        _add_without_keys(name, add)
    while waiting and time.perf_counter() < end:
        view = min(waiting, key=lambda name: (visits.get(name, 0), name))
        path = waiting[view].popleft()
        if not waiting[view]:
            del waiting[view]
        visits[view] = visits.get(view, 0) + 1
        before = _last()
        witness.seen = set()
        answer = client.get(path)
        lines = _lines_after(before)
        yield view, path, answer, lines
        if not answer.streaming and "html" in answer.get("Content-Type", ""):
            for link in LINK.findall(answer.content.decode("utf-8", "ignore")):
                add(link)


def _addresses(closed: dict[UUID, str]):
    """The own pages of some closed records of each kind."""
    from django.urls import reverse

    from pulih.cases.models import Case

    numbers = dict(Case._base_manager.values_list("pk", "number"))
    pages = {
        "cases.report": "cases:report",
        "papers.letter": "papers:letter",
        "people.person": "people:detail",
        "desk.incomingletter": "mail:letter",
    }
    for label in CLOSED:
        keys = [key for key, kind in closed.items() if kind == label][:SEEDS]
        for key in keys:
            if label == "cases.case":
                yield reverse("cases:detail", args=[numbers[key]])
            else:
                yield reverse(pages[label], args=[key])
    yield from _addresses_below(closed, numbers)


def _addresses_below(closed: dict[UUID, str], numbers: dict[UUID, str]):
    """Every page that one case has, of two closed cases; referrals and files of closed records."""
    from django.urls import NoReverseMatch, reverse

    from pulih.cases.models import Referral
    from pulih.files.models import Attachment

    for key in [key for key in closed if key in numbers][:2]:
        for name in sorted(_pages()):
            try:
                yield reverse(name, kwargs={"number": numbers[key]})
            except NoReverseMatch:
                continue
    for referral in Referral._base_manager.filter(case__in=closed)[:SEEDS]:
        yield reverse("cases:referral", args=[referral.pk])
    for file in Attachment._base_manager.filter(owner_id__in=closed)[:SEEDS]:
        yield reverse("files:open", args=[file.pk])
        yield reverse("files:thumbnail", args=[file.pk])


def _add_without_keys(name: str, add) -> None:
    from django.urls import NoReverseMatch, reverse

    try:
        add(reverse(name))
    except NoReverseMatch:
        return


def _pages() -> set[str]:
    """The names of every page of ours."""
    from django.urls import get_resolver

    def names(resolver, prefix):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                space = pattern.namespace
                yield from names(pattern, f"{prefix}{space}:" if space else prefix)
            elif pattern.name and pattern.callback.__module__.startswith("pulih."):
                yield f"{prefix}{pattern.name}"

    return set(names(get_resolver(), ""))


def _last() -> int:
    from django.db.models import Max

    from pulih.access.models import AuditEvent

    rows = AuditEvent.objects.filter(office=_office())
    return rows.aggregate(last=Max("sequence"))["last"] or 0


def _lines_after(sequence: int) -> set[UUID]:
    from django.db.models import Q

    from pulih.access.models import AuditEvent

    rows = AuditEvent.objects.filter(
        Q(verb__endswith=".read") | Q(verb__endswith=".listed"),
        office=_office(),
        sequence__gt=sequence,
    )
    return {UUID(key) for key in rows.values_list("subject_id", flat=True)}


@cache
def _office():
    from pulih.access.models import User

    return User.objects.get(username="kadis").office


def _build(restrict: float) -> None:
    """The office of the demonstration, more cases closed, and words planted in closed records."""
    from django.db import transaction

    from pulih.cases.models import Case, CaseNote, Report
    from pulih.config.demo.build import build_demo
    from pulih.people.models import Person

    build_demo(today=dt.date(2026, 11, 24), say=lambda _text: None)
    draw = random.Random(7)
    with transaction.atomic():
        for case in Case._base_manager.filter(restricted=False, compartment=None):
            if draw.random() < restrict:
                case.restricted = True
                case.save(update_fields=["restricted"])
        for case in Case._base_manager.filter(pk__in=_closed()):
            word = f"kenari{case.pk.hex}"
            case.problem = f"{case.problem} {word}"
            case.save(update_fields=["problem"])
            CaseNote.objects.create(
                case=case, written_on=case.opened_on, shared=word, by=case.opened_by
            )
        for report in Report._base_manager.filter(pk__in=_closed()):
            report.description = f"{report.description} kenari{report.pk.hex}"
            report.save(update_fields=["description"])
        for person in Person._base_manager.exclude(compartment=None):
            person.full_name_sealed = f"kenari{person.pk.hex}"
            person.save(update_fields=["full_name_sealed"])


def _closed() -> dict[UUID, str]:
    """Key → label of every closed record, asked of the tables."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for label, query in CLOSED.items():
            cursor.execute(query)
            for (key,) in cursor.fetchall():
                found[key if isinstance(key, UUID) else UUID(key)] = label
    return found
