"""Who has work with a case, a report or a sealed person: what the list of the unusual asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import F
from django.utils.timezone import localtime

from pulih.access.models import RoleGrant
from pulih.access.roles import Role
from pulih.access.unusual import Looked, register_tie
from pulih.cases.models import Case, CaseGrant, Report, TeamMember
from pulih.inbox.models import Task

Pairs: TypeAlias = set[tuple[UUID, UUID]]
Spans: TypeAlias = dict[tuple[UUID, UUID], list[tuple[dt.date, dt.date | None]]]
WHY = "whether somebody has work with a record; nothing of it is shown"


def install() -> None:
    """Say what counts as work with a record of this app (R-ACC-193)."""
    register_tie("cases.case", tied_to_cases)
    register_tie("cases.report", tied_to_reports)
    register_tie("people.person", tied_to_people)


def tied_to_cases(looks: Collection[Looked]) -> set[Looked]:
    """On the team or let read that day, head of its section, opened by them, or a task about it."""
    keys = {key for _user, key, _day in looks}
    rows = Case.objects.unscoped(reason=WHY, shown=False).filter(pk__in=keys)
    cases = list(rows.values("pk", "section_id", "opened_by_id"))
    opened = {(row["opened_by_id"], row["pk"]) for row in cases}
    sections = {row["pk"]: row["section_id"] for row in cases}
    return {
        *_within(looks, _teams("case", case__in=keys)),
        *_within(looks, _grants("case", case__in=keys)),
        *_in_section(looks, sections, Role.SECTION_HEAD),
        *_among(looks, opened | _tasks(keys)),
    }


def tied_to_reports(looks: Collection[Looked]) -> set[Looked]:
    """Of a section of theirs, received or decided by them, or a task about it."""
    keys = {key for _user, key, _day in looks}
    rows = Report.objects.unscoped(reason=WHY, shown=False).filter(pk__in=keys)
    reports = list(rows.values("pk", "section_id", "received_by_id", "decided_by_id"))
    sections = {row["pk"]: row["section_id"] for row in reports}
    handled = {(row["received_by_id"], row["pk"]) for row in reports}
    handled |= {(row["decided_by_id"], row["pk"]) for row in reports if row["decided_by_id"]}
    return {
        *_in_section(looks, sections, Role.SECTION_HEAD, Role.SOCIAL_WORKER),
        *_among(looks, handled | _tasks(keys)),
    }


def tied_to_people(looks: Collection[Looked]) -> set[Looked]:
    """On the team of a case of theirs or let read it, head of its section, or a task about them."""
    keys = {key for _user, key, _day in looks}
    rows = Case.objects.unscoped(reason=WHY, shown=False).filter(person__in=keys)
    sections = dict(rows.values_list("person", "section_id"))
    return {
        *_within(looks, _teams("case__person", case__person__in=keys)),
        *_within(looks, _grants("case__person", case__person__in=keys)),
        *_in_section(looks, sections, Role.SECTION_HEAD),
        *_among(looks, _tasks(keys)),
    }


def _teams(path: str, **which: Any) -> Spans:
    found: Spans = {}
    rows = TeamMember.objects.filter(**which).annotate(of=F(path))
    for row in rows.values("user_id", "of", "joined_on", "left_on"):
        span = (row["joined_on"], row["left_on"])
        found.setdefault((row["user_id"], row["of"]), []).append(span)
    return found


def _grants(path: str, **which: Any) -> Spans:
    """The days between which somebody outside the team was let read."""
    found: Spans = {}
    rows = CaseGrant.objects.filter(**which).annotate(of=F(path))
    for row in rows.values("user_id", "of", "valid_from", "valid_until", "ended_at"):
        last = min(day for day in (row["valid_until"], _day(row["ended_at"])) if day is not None)
        found.setdefault((row["user_id"], row["of"]), []).append((row["valid_from"], last))
    return found


def _day(moment: dt.datetime | None) -> dt.date | None:
    return localtime(moment).date() if moment is not None else None


def _within(looks: Collection[Looked], spans: Spans) -> set[Looked]:
    return {
        (user, key, day)
        for user, key, day in looks
        if any(_covers(span, day) for span in spans.get((user, key), ()))
    }


def _in_section(
    looks: Collection[Looked], sections: Mapping[UUID, UUID], *roles: str
) -> set[Looked]:
    """Who held one of the roles in the record's section that day."""
    users = {user for user, _key, _day in looks}
    spans: Spans = {}
    for grant in RoleGrant.objects.filter(role__in=roles, user__in=users).exclude(section=None):
        if grant.section_id is not None:
            span = (grant.valid_from, grant.valid_until)
            spans.setdefault((grant.user_id, grant.section_id), []).append(span)
    return {
        (user, key, day)
        for user, key, day in looks
        if key in sections
        and any(_covers(span, day) for span in spans.get((user, sections[key]), ()))
    }


def _among(looks: Collection[Looked], pairs: Pairs) -> set[Looked]:
    return {(user, key, day) for user, key, day in looks if (user, key) in pairs}


def _tasks(keys: Collection[UUID]) -> Pairs:
    rows = Task.objects.unscoped(reason=WHY, shown=False).filter(subject_id__in=keys)
    return {
        (owner, subject)
        for owner, subject in rows.values_list("owner", "subject_id")
        if owner is not None and subject is not None
    }


def _covers(span: tuple[dt.date, dt.date | None], day: dt.date) -> bool:
    first, last = span
    return first <= day and (last is None or day <= last)
