"""Who has work with a case, a report or a sealed person: what the list of the unusual asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import F, QuerySet

from pulih.access.models import RoleGrant
from pulih.access.roles import Role
from pulih.access.unusual import register_tie
from pulih.cases.models import Case, Report, TeamMember
from pulih.inbox.models import Task

Triples: TypeAlias = Collection[tuple[UUID, UUID, dt.date]]
Pairs: TypeAlias = set[tuple[UUID, UUID]]
Spans: TypeAlias = dict[tuple[UUID, UUID], list[tuple[dt.date, dt.date | None]]]
WHY = "whether somebody has work with a record; nothing of it is shown"


def install() -> None:
    """Say what counts as work with a record of this app (R-ACC-193)."""
    register_tie("cases.case", tied_to_cases)
    register_tie("cases.report", tied_to_reports)
    register_tie("people.person", tied_to_people)


def tied_to_cases(triples: Triples) -> Pairs:
    """On the team that day, head of its section, opened by them, or a task about it."""
    keys = {key for _user, key, _day in triples}
    rows = Case.objects.unscoped(reason=WHY, shown=False).filter(pk__in=keys)
    cases = list(rows.values("pk", "section_id", "opened_by_id"))
    sections = {row["pk"]: row["section_id"] for row in cases}
    opened = {(row["opened_by_id"], row["pk"]) for row in cases}
    return {
        *_within(triples, _teams("case", case__in=keys)),
        *_headed(triples, sections, Role.SECTION_HEAD),
        *_tasks(keys),
        *opened,
    }


def tied_to_reports(triples: Triples) -> Pairs:
    """Of a section of theirs, received or decided by them, or a task about it."""
    keys = {key for _user, key, _day in triples}
    rows = Report.objects.unscoped(reason=WHY, shown=False).filter(pk__in=keys)
    reports = list(rows.values("pk", "section_id", "received_by_id", "decided_by_id"))
    sections = {row["pk"]: row["section_id"] for row in reports}
    return {
        *_headed(triples, sections, Role.SECTION_HEAD, Role.SOCIAL_WORKER),
        *_tasks(keys),
        *((row["received_by_id"], row["pk"]) for row in reports),
        *((row["decided_by_id"], row["pk"]) for row in reports),
    }


def tied_to_people(triples: Triples) -> Pairs:
    """On the team of a case of theirs that day, or a task about them."""
    keys = {key for _user, key, _day in triples}
    return {*_within(triples, _teams("case__person", case__person__in=keys)), *_tasks(keys)}


def _teams(path: str, **which: Any) -> Spans:
    found: Spans = {}
    rows = TeamMember.objects.filter(**which).annotate(of=F(path))
    for row in rows.values("user_id", "of", "joined_on", "left_on"):
        span = (row["joined_on"], row["left_on"])
        found.setdefault((row["user_id"], row["of"]), []).append(span)
    return found


def _within(triples: Triples, spans: Spans) -> Iterator[tuple[UUID, UUID]]:
    for user, key, day in triples:
        if any(_covers(span, day) for span in spans.get((user, key), ())):
            yield user, key


def _headed(
    triples: Triples, sections: Mapping[UUID, UUID], *roles: str
) -> Iterator[tuple[UUID, UUID]]:
    """Who held one of the roles in the record's section that day."""
    spans: Spans = {}
    for grant in _grants(roles, {user for user, _key, _day in triples}):
        if grant.section_id is not None:
            span = (grant.valid_from, grant.valid_until)
            spans.setdefault((grant.user_id, grant.section_id), []).append(span)
    for user, key, day in triples:
        held = spans.get((user, sections[key]), ()) if key in sections else ()
        if any(_covers(span, day) for span in held):
            yield user, key


def _grants(roles: Collection[str], users: Collection[UUID]) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(role__in=roles, user__in=users).exclude(section=None)


def _tasks(keys: Collection[UUID]) -> Iterator[tuple[UUID, UUID]]:
    rows = Task.objects.unscoped(reason=WHY, shown=False).filter(subject_id__in=keys)
    for owner, subject in rows.exclude(owner=None).values_list("owner", "subject_id"):
        if owner is not None and subject is not None:
            yield owner, subject


def _covers(span: tuple[dt.date, dt.date | None], day: dt.date) -> bool:
    first, last = span
    return first <= day and (last is None or day <= last)
