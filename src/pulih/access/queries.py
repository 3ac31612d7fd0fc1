"""Reads of users and of the trail, for the user who asks."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from pulih.access import user_rules
from pulih.access.denials import DENIED, MISSING, REFUSED, SHUT
from pulih.access.models import AuditEvent, DailyHead, RoleGrant, Section, StudentRecord, Unit, User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.access.unusual import READ
from pulih.common.clock import today

OPENINGS, REFUSALS = "all.read", "all.refused"
GROUPS = {OPENINGS: READ, REFUSALS: (DENIED, REFUSED, MISSING, SHUT)}
"""What the filter of the trail asks of several verbs at once."""


def list_users(
    *, user: User, words: str = "", role: str = "", active: bool = True
) -> QuerySet[User]:
    """The users of the reader's office, by name; none for who does not manage them."""
    if not user_rules.may_manage(user):
        return User.objects.none()
    rows = User.objects.filter(office=user.office_id, is_active=active)
    for word in words.split()[:5]:
        rows = rows.filter(Q(full_name__icontains=word) | Q(username__icontains=word))
    if role:
        rows = rows.filter(pk__in=_current_grants().filter(role=role).values("user"))
    grants = ("grants__section", "grants__unit")
    return rows.select_related("unit").prefetch_related(*grants).order_by("full_name")


def _current_grants() -> QuerySet[RoleGrant]:
    day = today()
    return RoleGrant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day
    )


def get_user(pk: uuid.UUID, *, user: User) -> User:
    """One user of the reader's office, or 404."""
    rows = User.objects.filter(office=user.office_id).select_related("unit__section")
    return get_object_or_404(rows, pk=pk)


def list_sessions(user: User) -> list[UserSession]:
    """Where a user is logged in now, the last used first; sessions that ended are forgotten."""
    rows: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(rows, key=lambda row: row.last_seen_at, reverse=True)


def student_of(user: User) -> StudentRecord | None:
    """What the university's list said of a user who is a student."""
    return StudentRecord.objects.filter(user=user).first()


def find_students(nims: Iterable[str], *, user: User) -> dict[str, list[StudentRecord]]:
    """Students of the reader's office with these numbers, by the index of the number."""
    indexes = {user_rules.nim_index(nim) for nim in nims if user_rules.plain_nim(nim)}
    found: dict[str, list[StudentRecord]] = {}
    rows = StudentRecord.objects.filter(nim_index__in=indexes, user__office=user.office_id)
    for record in rows.select_related("user"):
        found.setdefault(record.nim_index, []).append(record)
    return found


def match_student(
    nim: str, university: str, known: dict[str, list[StudentRecord]]
) -> StudentRecord | None:
    """The student of a number; two universities that both give it have two students."""
    said = _plain(university)
    for record in known.get(user_rules.nim_index(nim), ()):
        other = _plain(record.university)
        if not said or not other or said == other:
            return record
    return None


def _plain(university: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", university.casefold()).split())


def get_grant(pk: uuid.UUID, *, of: User) -> RoleGrant:
    """One role of a user, or 404."""
    return get_object_or_404(RoleGrant.objects.select_related("section", "user"), pk=pk, user=of)


def list_grants(of: User) -> list[RoleGrant]:
    """The roles of a user, past, present and to come; the latest first."""
    rows = of.grants.select_related("section", "unit", "granted_by")
    return list(rows.order_by("-valid_from", "role"))


def grants_on(day: dt.date, *, of: User) -> list[RoleGrant]:
    """The roles of a day, out of those that a list of users has read already."""
    return [
        grant
        for grant in of.grants.all()
        if grant.valid_from <= day and (grant.valid_until is None or grant.valid_until >= day)
    ]


def list_sections(*, user: User) -> QuerySet[Section]:
    """The sections of the reader's office."""
    return user.office.sections.order_by("kind")


def list_units(*, user: User) -> QuerySet[Unit]:
    """The units of the reader's office that take new work, by section."""
    rows = Unit.objects.filter(section__office=user.office_id, closed_on=None)
    return rows.select_related("section").order_by("section__kind", "name")


def managed_sections(*, user: User) -> list[Section]:
    """The sections that the reader names, with all their units and heads."""
    rows = list_sections(user=user).prefetch_related("units")
    return [section for section in rows if user_rules.may_manage_section(user, section)]


def get_section(pk: uuid.UUID, *, user: User) -> Section:
    """One section of the reader's office, or 404."""
    return get_object_or_404(list_sections(user=user), pk=pk)


def get_unit(pk: uuid.UUID, *, user: User) -> Unit:
    """One unit of the reader's office, or 404."""
    rows = Unit.objects.filter(section__office=user.office_id).select_related("section")
    return get_object_or_404(rows, pk=pk)


def heads_by_unit(*, user: User) -> dict[uuid.UUID, list[User]]:
    """Who heads which unit of the reader's office today."""
    grants = _current_grants().filter(
        role=Role.SECTION_HEAD, unit__section__office=user.office_id, user__is_active=True
    )
    found: dict[uuid.UUID, list[User]] = {}
    for grant in grants.select_related("user"):
        if grant.unit_id is not None:
            found.setdefault(grant.unit_id, []).append(grant.user)
    return found


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What the auditor looks for; empty is anything."""

    verb: str = ""
    actor: uuid.UUID | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    subject: str = ""
    before: int | None = None


def list_trail(wanted: TrailFilter, *, user: User, limit: int) -> list[AuditEvent]:
    """The trail of the reader's office, newest first, from a sequence number downwards.

    Paging goes by sequence: the page does not shift while others work, and no page is slower
    than another.
    """
    if not user.may(Action.AUDIT_READ):
        return []
    rows = AuditEvent.objects.filter(office=user.office_id).select_related("actor")
    if wanted.verb in GROUPS:
        rows = rows.filter(verb__in=GROUPS[wanted.verb])
    elif wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.actor:
        rows = rows.filter(actor=wanted.actor)
    if wanted.first:
        rows = rows.filter(at__date__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(at__date__lte=wanted.last)
    if wanted.subject:
        rows = rows.filter(_about(wanted.subject))
    if wanted.before:
        rows = rows.filter(sequence__lt=wanted.before)
    return list(rows.defer("reason", "detail").order_by("-sequence")[:limit])


def _about(text: str) -> Q:
    """The number of a record, or its key."""
    return Q(subject_label=text) | Q(subject_id=text)


def list_daily_heads(*, user: User) -> QuerySet[DailyHead]:
    """Where the trail of the user's office stood on each day, the newest first."""
    return DailyHead.objects.filter(office=user.office_id)


def list_verbs(*, user: User) -> list[str]:
    """What was ever done in the reader's office."""
    if not user.may(Action.AUDIT_READ):
        return []
    rows = AuditEvent.objects.filter(office=user.office_id).order_by("verb")
    return list(rows.values_list("verb", flat=True).distinct())


def list_actors(*, user: User) -> QuerySet[User]:
    """Everybody of the office, for the filter of the trail."""
    if not user.may(Action.AUDIT_READ):
        return User.objects.none()
    return User.objects.filter(office=user.office_id).order_by("full_name")
