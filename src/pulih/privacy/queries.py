"""Reads of the law's duties; each takes the user it reads for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from pulih.access.models import Office, User
from pulih.access.policy import Action
from pulih.cases.models import Case
from pulih.privacy import rules
from pulih.privacy.models import (
    Breach,
    BreachedPerson,
    Destruction,
    LegalHold,
    ProtectionOfficer,
    RetentionRule,
    RightsRequest,
)


def list_requests(*, user: User, open_only: bool) -> QuerySet[RightsRequest]:
    """The requests that the user may see, those due first."""
    rows = RightsRequest.objects.visible_to(user).select_related("received_by", "decided_by")
    return rows.filter(state=RightsRequest.State.OPEN) if open_only else rows.order_by("-due_at")


def get_request(pk: UUID, *, user: User) -> RightsRequest:
    """One request, or 404."""
    rows = RightsRequest.objects.visible_to(user)
    return get_object_or_404(rows.select_related("person", "received_by", "decided_by"), pk=pk)


def reads_words(user: User, request: RightsRequest) -> bool:
    """May the user read what was asked? The officer for data protection sees clocks, no words."""
    return request.received_by_id == user.pk or user.may(Action.RIGHTS_DECIDE)


@dataclass(frozen=True, slots=True)
class Kept:
    """An ended case with what the schedule says of it."""

    case: Case
    retained: rules.Retained | None
    is_held: bool
    is_proposed: bool


def list_ended(*, user: User) -> QuerySet[Case]:
    """The ended cases that the user may propose for destruction, the oldest end first."""
    cases = Case.objects.visible_to(user, Action.DESTRUCTION_PROPOSE).exclude(ended_on=None)
    holds = LegalHold.objects.filter(case=OuterRef("pk"), lifted_at=None)
    proposals = Destruction.objects.unscoped(reason="whether this readable case is proposed")
    return cases.annotate(
        is_held=Exists(holds),
        is_proposed=Exists(proposals.filter(case=OuterRef("pk"), state=Destruction.State.PROPOSED)),
    ).order_by("ended_on", "number")


def kept_of(cases: list[Case], office: Office) -> list[Kept]:
    """What the schedule says of each case."""
    schedule = rules.schedule_of(office)
    return [
        Kept(
            case,
            rules.retained(case, schedule),
            getattr(case, "is_held", False),
            getattr(case, "is_proposed", False),
        )
        for case in cases
    ]


def list_schedule(office: Office) -> QuerySet[RetentionRule]:
    """The retention schedule of the office."""
    return RetentionRule.objects.filter(office=office)


def get_rule(pk: UUID, *, user: User) -> RetentionRule:
    """One line of the schedule, or 404."""
    return get_object_or_404(RetentionRule, pk=pk, office=user.office)


def hold_of(case: Case) -> LegalHold | None:
    """The legal hold that stands on a case."""
    return LegalHold.objects.filter(case=case, lifted_at=None).select_related("placed_by").first()


def list_destructions(*, user: User) -> QuerySet[Destruction]:
    """Proposals and certificates that the user may see, the newest first."""
    rows = Destruction.objects.visible_to(user)
    return rows.select_related("proposed_by", "decided_by", "case")


def get_destruction(pk: UUID, *, user: User) -> Destruction:
    """One proposal, or 404."""
    return get_object_or_404(list_destructions(user=user), pk=pk)


def list_breaches(*, user: User) -> QuerySet[Breach]:
    """The breaches that the user may see."""
    return Breach.objects.visible_to(user).select_related("account", "opened_by")


def get_breach(pk: UUID, *, user: User) -> Breach:
    """One breach, or 404."""
    return get_object_or_404(list_breaches(user=user), pk=pk)


def list_touched(breach: Breach, *, user: User) -> QuerySet[BreachedPerson]:
    """Whose data were touched, as far as the user may know them."""
    rows = BreachedPerson.objects.visible_to(user).filter(breach=breach)
    return rows.select_related("person")


def officer_of(office: Office) -> ProtectionOfficer | None:
    """The office's data protection officer."""
    return ProtectionOfficer.objects.filter(office=office).first()
