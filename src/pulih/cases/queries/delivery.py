"""Reading what was delivered in a case: services, sessions, referrals, ratings, follow-ups."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from pulih.access.models import User
from pulih.access.purpose import require as require_purpose
from pulih.access.roles import Role
from pulih.cases.models import (
    Case,
    Closure,
    Conference,
    FollowUp,
    Goal,
    GoalRating,
    GroupSession,
    Plan,
    PlannedService,
    Referral,
    ServiceRecord,
)
from pulih.cases.scoring import goal_attainment
from pulih.people.codes import SERVICE_KINDS

RECORDS_A_SESSION = 200


@dataclass(frozen=True, slots=True)
class KindTotal:
    """How much of one kind of service a case had."""

    code: str
    name: str
    times: int
    hours: Decimal
    waiting: int


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """The T-score of the plan's goals on a day."""

    on: dt.date
    score: float


def services_of(case: Case, *, user: User) -> QuerySet[ServiceRecord]:
    """The service records of a case: what waits first, then the latest given."""
    return (
        ServiceRecord.objects.visible_to(user)
        .filter(case=case)
        .select_related("provider", "recorded_by", "session", "planned")
        .order_by(F("provided_on").desc(nulls_first=True), "-requested_on", "-recorded_at")
    )


def get_service(key: UUID, *, user: User) -> ServiceRecord:
    """One service record with its case, or 404."""
    rows = ServiceRecord.objects.visible_to(user).select_related("case__person", "case__section")
    service: ServiceRecord = get_object_or_404(rows, pk=key)
    require_purpose(service.case.compartment_id, user=user)
    return service


def totals_of(case: Case, *, user: User) -> list[KindTotal]:
    """Times and hours for each kind that the case has, in the order of the law."""
    given = Q(state=ServiceRecord.State.PROVIDED)
    rows = (
        ServiceRecord.objects.visible_to(user)
        .filter(case=case)
        .order_by("kind")
        .values("kind")
        .annotate(
            times=Count("pk", filter=given),
            hours=Sum("hours", filter=given),
            waiting=Count("pk", filter=Q(state=ServiceRecord.State.REQUESTED)),
        )
    )
    return [
        KindTotal(
            row["kind"],
            SERVICE_KINDS.label(row["kind"]),
            row["times"],
            row["hours"] or Decimal(0),
            row["waiting"],
        )
        for row in rows
        if row["times"] or row["waiting"]
    ]


def planned_services(case: Case) -> list[PlannedService]:
    """The services of the approved plan of a case that was read for its reader."""
    return list(
        PlannedService.objects.filter(plan__case=case, plan__state=Plan.State.APPROVED)
        .select_related("responsible")
        .annotate(
            given=Count("records", filter=Q(records__state=ServiceRecord.State.PROVIDED)),
        )
    )


def list_sessions(*, user: User) -> QuerySet[GroupSession]:
    """The group sessions the user may see, latest first."""
    rows = GroupSession.objects.visible_to(user)
    return rows.select_related("section", "led_by", "activity")


def get_session(key: UUID, *, user: User) -> tuple[GroupSession, list[ServiceRecord]]:
    """One session and the participants whose cases the reader may see, or 404."""
    session = get_object_or_404(list_sessions(user=user), pk=key)
    records = (
        ServiceRecord.objects.visible_to(user)
        .filter(session=session)
        .select_related("case__person")
        .order_by("case__person__sort_name", "case__number")
    )
    return session, list(records[:RECORDS_A_SESSION])


def referrals_of(case: Case, *, user: User) -> QuerySet[Referral]:
    """The referrals of a case, latest first."""
    return (
        Referral.objects.visible_to(user)
        .filter(case=case)
        .select_related("to_section", "created_by")
        .order_by("-sent_on", "-number")
    )


def get_referral(key: UUID, *, user: User) -> Referral:
    """One referral, or 404; the reader may be of the section that was asked."""
    rows = Referral.objects.visible_to(user).select_related(
        "case__person",
        "case__section",
        "case__office",
        "to_section",
        "created_by",
        "opened_case",
    )
    referral: Referral = get_object_or_404(rows, pk=key)
    require_purpose(referral.case.compartment_id, user=user)
    return referral


def incoming_referrals(*, user: User) -> QuerySet[Referral]:
    """The referrals sent to the sections that the user heads, waiting ones first."""
    headed = [g.section_id for g in user.current_grants if g.role == Role.SECTION_HEAD]
    return (
        Referral.objects.visible_to(user)
        .filter(to_section__in=headed)
        .exclude(state__in=[Referral.State.DRAFT, Referral.State.WITHDRAWN])
        .select_related("case__section", "case__person", "to_section")
        .order_by("-sent_on", "-number")
    )


def goals_of(case: Case) -> list[Goal]:
    """The goals of the approved plan with their ratings, of a case read for its reader."""
    return list(
        Goal.objects.filter(plan__case=case, plan__state=Plan.State.APPROVED).prefetch_related(
            Prefetch("ratings", GoalRating.objects.select_related("by")), "client_ratings"
        )
    )


def scores_over_time(goals: list[Goal]) -> list[ScorePoint]:
    """The T-score after each day of rating, once every goal has a level on that day or before.

    The first point is the baseline, on which all goals have a level by definition.
    """
    rated = sorted({rating.rated_on for goal in goals for rating in goal.ratings.all()})
    points = []
    for day in rated:
        known = [
            ([r.level for r in goal.ratings.all() if r.rated_on <= day] or [goal.baseline])[-1]
            for goal in goals
        ]
        points.append(ScorePoint(day, goal_attainment(known, [goal.weight for goal in goals])))
    return points


def baseline_score(goals: list[Goal]) -> float | None:
    """The T-score of the levels from which the goals started; None without goals."""
    if not goals:
        return None
    return goal_attainment([goal.baseline for goal in goals], [goal.weight for goal in goals])


def closures_of(case: Case) -> list[Closure]:
    """Every end of a case that was read for its reader, latest first."""
    return list(case.closures.select_related("closed_by", "reopened_by"))


def follow_ups_of(case: Case) -> list[FollowUp]:
    """The follow-ups of a case that was read for its reader, latest first."""
    return list(case.follow_ups.select_related("by").order_by("-visited_on", "-recorded_at"))


def conferences_of(case: Case) -> list[Conference]:
    """The conferences on a case that was read for its reader, latest first."""
    return list(case.conferences.select_related("recorded_by"))
