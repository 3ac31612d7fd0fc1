"""What the policy's words mean for reports, cases and what hangs on a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import models
from django.db.models import Exists, OuterRef, Q

from pulih.access import scope
from pulih.access.models import CompartmentMember, RoleGrant, User
from pulih.access.policy import Action, Relation
from pulih.access.roles import Role
from pulih.cases.models import (
    BrokenGlass,
    Case,
    CaseGrant,
    CaseloadHandover,
    CounterService,
    Exclusion,
    GroupSession,
    HandoverLine,
    Need,
    Referral,
    Report,
    ServiceRecord,
    TeamMember,
)
from pulih.common.clock import now, today
from pulih.inbox.rules import register_shut

CASE_ACTIONS = frozenset(
    {
        Action.CASE_READ,
        Action.CASE_OPEN,
        Action.CASE_WORK,
        Action.CASE_ASSIGN,
        Action.CASE_CLOSE,
        Action.CASE_REOPEN,
        Action.CASE_EXCLUDE,
        Action.CASE_GRANT,
        Action.PLAN_APPROVE,
        Action.CASE_HOLD,
        Action.DESTRUCTION_PROPOSE,
        Action.HEALTH_SEE,
    }
)
_REPORT_ACTIONS = frozenset({Action.REPORT_READ, Action.REPORT_RECEIVE, Action.REPORT_TRIAGE})


def _everything(user: User, grant: RoleGrant) -> Q:
    return Q()


def _headed(section: str, unit: str, grant: RoleGrant) -> Q:
    """The section of the grant; for the head of a unit, what is that unit's alone (R-CASE-87)."""
    found = Q(**{section: grant.section_id})
    return found & Q(**{unit: grant.unit_id}) if grant.unit_id else found


def _case_relations(prefix: str) -> Mapping[Relation, scope.Resolver]:
    def on_team(user: User, *, lead: bool) -> Q:
        members = TeamMember.objects.filter(user=user, left_on=None)
        if lead:
            members = members.filter(is_lead=True)
        return Q(**{f"{prefix}pk__in": members.values("case")})

    return {
        Relation.OFFICE: _everything,
        Relation.SECTION: lambda user, grant: _headed(f"{prefix}section", f"{prefix}unit", grant),
        Relation.TEAM: lambda user, grant: on_team(user, lead=False),
        Relation.LEAD: lambda user, grant: on_team(user, lead=True),
        Relation.CREATOR: lambda user, grant: Q(**{f"{prefix}opened_by": user}),
        Relation.GRANTED: lambda user, grant: Q(**{f"{prefix}pk__in": opened_by_glass(user)}),
        Relation.SHARED: lambda user, grant: _shared(prefix, user, grant),
    }


def opened_by_glass(user: User) -> models.QuerySet[BrokenGlass, object]:
    """The cases that the user has open by a broken glass now, as a subquery (R-CASE-310)."""
    rows = BrokenGlass.objects.unscoped(reason="what opens a case is no row to be read")
    return rows.filter(user=user, until_at__gt=now()).values_list("case", flat=True)


def _shared(prefix: str, user: User, grant: RoleGrant) -> Q:
    """Open by a grant; to workers and heads also by a name in the compartment (R-CASE-14)."""
    granted = Q(**{f"{prefix}pk__in": shared_with(user, grant)})
    if grant.role not in {Role.SOCIAL_WORKER, Role.SECTION_HEAD}:
        return granted
    names = CompartmentMember.objects.filter(
        CompartmentMember.lasting(), user=user, valid_from__lte=today()
    )
    return granted | Q(**{f"{prefix}compartment__in": names.values("compartment")})


def shared_with(user: User, grant: RoleGrant) -> models.QuerySet[CaseGrant, object]:
    """The cases open to the user by name today, in the capacity of a role (R-CASE-331).

    One that has a supervisor opens nothing while they are not on the team (R-CASE-332).
    """
    day = today()
    watching = TeamMember.objects.filter(
        case=OuterRef("case"), user=OuterRef("supervisor"), left_on=None, user__is_active=True
    )
    rows = CaseGrant.objects.filter(
        Q(supervisor=None) | Exists(watching),
        user=user,
        role=grant.role,
        ended_at=None,
        valid_from__lte=day,
        valid_until__gte=day,
    )
    return rows.values_list("case", flat=True)


def shut_to(prefix: str) -> Callable[[User], Q]:
    """The rows of cases from which a user is shut out for a conflict of interest (R-CASE-320)."""

    def barred(user: User) -> Q:
        rows = Exclusion.objects.filter(user=user, ended_at=None)
        return Q(**{f"{prefix}pk__in": rows.values("case")})

    return barred


def shut_subjects(user: User) -> Q:
    """Tasks and notices about a case from which a user is shut out, and about what hangs on it."""
    shut = Exclusion.objects.filter(user=user, ended_at=None).values("case")
    why = "what is shut to the user is hidden from their tasks and notices"
    glasses = BrokenGlass.objects.unscoped(reason=why)
    return (
        Q(subject_id__in=shut)
        | Q(subject_id__in=Report.objects.unscoped(reason=why).filter(case__in=shut).values("pk"))
        | Q(subject_id__in=Referral.objects.unscoped(reason=why).filter(case__in=shut).values("pk"))
        | Q(subject_id__in=Need.objects.filter(case__in=shut).values("pk"))
        | Q(subject_id__in=glasses.filter(case__in=shut).values("pk"))
    )


def _of_sealed_cases_alone(user: User) -> Q:
    """Sessions in which only people of sealed cases took part, of which the user may know none.

    Topic, place and hours of such a session would tell that there is a sealed case (R-ACC-161).
    """
    records = ServiceRecord._base_manager.filter(session=OuterRef("pk"))
    known = records.filter(
        Q(case__compartment=None) | Q(case__compartment__in=scope.compartments_of(user))
    )
    return Q(Exists(records)) & ~Q(Exists(known))


def _protect_glasses() -> None:
    """Who watches sees who broke which glass and why, not the case: sealed or not."""
    scope.register(
        BrokenGlass,
        scope.Protection(
            read=Action.GLASS_READ,
            office="case__office",
            compartment=None,
            restricted=None,
            relations={
                Relation.OFFICE: _everything,
                Relation.SECTION: lambda user, grant: _headed("case__section", "case__unit", grant),
            },
            actions=frozenset({Action.GLASS_READ, Action.GLASS_JUDGE}),
            barred=shut_to("case__"),
        ),
    )


def _protect_case_rows(model: type[models.Model], prefix: str) -> None:
    scope.register(
        model,
        scope.Protection(
            read=Action.CASE_READ,
            office=f"{prefix}office",
            compartment=f"{prefix}compartment",
            restricted=Q(**{f"{prefix}restricted": True}),
            relations=_case_relations(prefix),
            actions=CASE_ACTIONS,
            barred=shut_to(prefix),
        ),
    )


def _protect_referrals() -> None:
    def asked_or_asking(user: User, grant: RoleGrant) -> Q:
        # The head of the section that was asked sees the referral, not the case behind it.
        asked = Q(to_section=grant.section_id) & ~Q(state=Referral.State.DRAFT)
        own = _headed("case__section", "case__unit", grant)
        return own if grant.unit_id else own | asked

    scope.register(
        Referral,
        scope.Protection(
            read=Action.CASE_READ,
            office="case__office",
            compartment="case__compartment",
            restricted=Q(case__restricted=True),
            relations={**_case_relations("case__"), Relation.SECTION: asked_or_asking},
            actions=CASE_ACTIONS,
            barred=shut_to("case__"),
        ),
    )


def _reports_of(user: User, grant: RoleGrant) -> Q:
    """The head of a unit decides on its reports, and on those that no unit has yet (R-CASE-87)."""
    found = Q(section=grant.section_id)
    return found & (Q(unit=None) | Q(unit=grant.unit_id)) if grant.unit_id else found


def _protect_counter() -> None:
    scope.register(
        CounterService,
        scope.Protection(
            read=Action.COUNTER_READ,
            office="office",
            compartment=None,
            restricted=None,
            relations={Relation.OFFICE: _everything},
            actions=frozenset({Action.COUNTER_READ, Action.COUNTER_SERVE}),
        ),
    )


def _protect_handovers() -> None:
    def of_head(user: User, grant: RoleGrant) -> Q:
        # A caseload may reach over units: it is the business of who heads them all.
        heads = grant.role == Role.SECTION_HEAD and grant.unit_id is None
        return Q(section=grant.section_id) if heads else Q(pk__in=())

    def of_office(user: User, grant: RoleGrant) -> Q:
        # A handover is between those who sign it; an open case is known to more people than that.
        return Q() if grant.role == Role.HEAD_OF_OFFICE else Q(pk__in=())

    def signs(user: User, grant: RoleGrant) -> Q:
        lines = HandoverLine.objects.unscoped(reason="a successor finds the handover to sign")
        return Q(worker=user) | Q(pk__in=lines.filter(successor=user).values("handover"))

    def of_section(user: User, grant: RoleGrant) -> Q:
        return of_head(user, grant) | signs(user, grant)

    scope.register(
        CaseloadHandover,
        scope.Protection(
            read=Action.CASE_READ,
            office="office",
            compartment=None,
            restricted=None,
            relations={
                Relation.OFFICE: of_office,
                Relation.SECTION: of_section,
                Relation.TEAM: signs,
                Relation.LEAD: signs,
                Relation.CREATOR: lambda user, grant: Q(started_by=user),
                # A handover is between those who sign it, whoever has one of its cases open.
                Relation.GRANTED: lambda user, grant: scope.NOTHING,
                Relation.SHARED: lambda user, grant: scope.NOTHING,
            },
            actions=CASE_ACTIONS,
        ),
    )


def _protect_handover_lines() -> None:
    relations = dict(_case_relations("case__"))
    # Who reads a case for a time has no part in who takes it over.
    relations[Relation.SHARED] = lambda user, grant: scope.NOTHING
    on_team = relations[Relation.TEAM]
    # Whoever shall take a restricted case over reads its line before they are on its team.
    relations[Relation.TEAM] = lambda user, grant: (
        on_team(user, grant) | Q(successor=user, state__in=["waiting", "accepted"])
    )
    scope.register(
        HandoverLine,
        scope.Protection(
            read=Action.CASE_READ,
            office="case__office",
            compartment="case__compartment",
            restricted=Q(case__restricted=True),
            relations=relations,
            actions=CASE_ACTIONS,
            barred=shut_to("case__"),
        ),
    )


def install() -> None:
    """Register the protection of this app's root records, and what is shut in the inbox."""
    register_shut(shut_subjects)
    _protect_glasses()
    _protect_case_rows(Case, "")
    _protect_case_rows(ServiceRecord, "case__")
    _protect_referrals()
    _protect_counter()
    _protect_handovers()
    _protect_handover_lines()
    scope.register(
        Report,
        scope.Protection(
            read=Action.REPORT_READ,
            office="office",
            compartment="compartment",
            restricted=Q(restricted=True),
            relations={
                Relation.OFFICE: _everything,
                Relation.SECTION: _reports_of,
                Relation.CREATOR: lambda user, grant: Q(received_by=user),
            },
            actions=_REPORT_ACTIONS,
            barred=shut_to("case__"),
        ),
    )
    scope.register(
        GroupSession,
        scope.Protection(
            read=Action.CASE_READ,
            office="office",
            compartment=None,
            restricted=None,
            relations={
                Relation.OFFICE: _everything,
                Relation.SECTION: lambda user, grant: Q(section=grant.section_id),
                Relation.TEAM: lambda user, grant: Q(led_by=user),
                Relation.LEAD: lambda user, grant: Q(led_by=user),
                Relation.CREATOR: lambda user, grant: Q(led_by=user),
                # An emergency or a grant opens one case, not the others of a session.
                Relation.GRANTED: lambda user, grant: scope.NOTHING,
                Relation.SHARED: lambda user, grant: scope.NOTHING,
            },
            actions=CASE_ACTIONS,
            barred=_of_sealed_cases_alone,
        ),
    )
