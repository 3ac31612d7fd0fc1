"""Reading cases: the list, one case, the cases of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from pulih.access.models import Section, Unit, User
from pulih.access.policy import Action
from pulih.access.purpose import require as require_purpose
from pulih.access.scope import compartments_of
from pulih.cases.models import Case, CaseEvent, CaseNote, Referral, TeamMember
from pulih.cases.stages import ENDED
from pulih.inbox.models import Task
from pulih.people.models import Person

TASKS_AT_MOST = 20

SEALED_AT_MOST = 2000
"""How many sealed names one reader's search opens; a compartment holds far fewer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of cases shows; an empty part does not narrow it."""

    text: str = ""
    section: Section | None = None
    unit: Unit | None = None
    stage: int | None = None
    kind: int | None = None
    lead: User | None = None
    mine: bool = False
    ended: bool | None = None


def current_team(*, lead_only: bool = False) -> Prefetch[str]:
    """The members of today with their users, as `now` on each case."""
    members = TeamMember.objects.filter(left_on=None).select_related("user")
    if lead_only:
        members = members.filter(is_lead=True)
    return Prefetch("team", members.order_by("-is_lead", "joined_on"), to_attr="now")


def list_cases(wanted: Wanted, *, user: User) -> QuerySet[Case]:
    """The cases the user may see, newest first, with person, section, unit and lead."""
    cases = Case.objects.visible_to(user).select_related("person", "section", "unit")
    cases = cases.filter(_plain_conditions(wanted))
    if wanted.mine:
        cases = cases.filter(pk__in=_cases_of(user))
    if wanted.lead is not None:
        cases = cases.filter(pk__in=_cases_of(wanted.lead, lead=True))
    if wanted.text.strip():
        cases = cases.filter(_text_condition(wanted.text.strip(), user))
    return cases.prefetch_related(current_team(lead_only=True)).order_by("-opened_on", "-number")


def get_case(number: str, *, user: User) -> Case:
    """One case with its team and the next answer that is due, or 404.

    A case outside the reader's need to know answers as if it were absent.
    """
    waiting = Referral.objects.unscoped(reason="of a case that the scope has already found").filter(
        case=OuterRef("pk"), state=Referral.State.SENT
    )
    due = waiting.order_by().values("case").annotate(first=Min("answer_due_on")).values("first")
    cases = (
        Case.objects.visible_to(user)
        .select_related("person", "section", "unit", "office", "came_from", "counter_service")
        .select_related("chart")
        .annotate(next_answer_on=Subquery(due))
        .prefetch_related(current_team())
    )
    case: Case = get_object_or_404(cases, office=user.office_id, number=number)
    require_purpose(case.compartment_id, user=user)
    return case


def cases_of_person(person_id: UUID, *, user: User) -> QuerySet[Case]:
    """The cases of one person that the user may see, newest first.

    On the open entry of a person, who is named in a sealed case finds that case too.
    """
    of_person = Q(person=person_id) | Q(open_entry=person_id)
    cases = Case.objects.visible_to(user).filter(of_person).select_related("section")
    return cases.prefetch_related(current_team(lead_only=True)).order_by("-opened_on", "-number")


def workable_cases(user: User) -> QuerySet[Case]:
    """The running cases on which the user may work, those of their own teams first.

    For choosing who took part in a session; a section head may work on more than a list holds.
    """
    mine = TeamMember.objects.filter(case=OuterRef("pk"), user=user, left_on=None)
    return (
        Case.objects.visible_to(user, Action.CASE_WORK)
        .exclude(stage__in=ENDED)
        .select_related("person")
        .annotate(is_mine=Exists(mine))
        .order_by("-is_mine", "person__sort_name", "number")
    )


def events_of(case: Case, *, limit: int) -> list[CaseEvent]:
    """The latest events of a case that was read for its reader, one more than the limit."""
    return list(case.events.select_related("by")[: limit + 1])


def tasks_of(case: Case, *, user: User) -> list[Task]:
    """The open tasks on a case that the user holds or has asked for, the most pressing first."""
    rows = Task.objects.visible_to(user).filter(subject_id=case.pk, done_at=None)
    rows = rows.select_related("owner")
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "priority")[:TASKS_AT_MOST])


def notes_of(case: Case, *, limit: int) -> list[CaseNote]:
    """The latest notes of a case that was read for its reader, one more than the limit."""
    return list(case.notes.select_related("by")[: limit + 1])


def _plain_conditions(wanted: Wanted) -> Q:
    found = Q()
    for lookup, value in (
        ("section", wanted.section),
        ("unit", wanted.unit),
        ("stage", wanted.stage),
        ("ppks_kind", wanted.kind),
    ):
        if value is not None:
            found &= Q(**{lookup: value})
    if wanted.kind is not None:
        # The kind of a sealed case is not shown, so it is not told by a filter either.
        found &= Q(compartment=None)
    if wanted.ended is not None:
        found &= Q(ended_on__isnull=not wanted.ended)
    return found


def _cases_of(user: User, *, lead: bool = False) -> QuerySet[TeamMember, UUID]:
    members = TeamMember.objects.filter(user=user, left_on=None)
    if lead:
        members = members.filter(is_lead=True)
    return members.values_list("case", flat=True)


def _text_condition(text: str, user: User) -> Q:
    found = Q(pk__in=())
    if any(sign.isdigit() or sign == "-" for sign in text):
        found |= Q(number__icontains=text)
    if user.may(Action.PERSON_READ):
        # Only open people have a name to sort by, and the cases themselves are scoped. Asking for
        # nothing but the name lets the index of names answer alone.
        people = Person.objects.unscoped(reason="names of open people, for cases in scope")
        for word in text.lower().split():
            people = people.filter(sort_name__contains=word)
        found |= Q(person__in=people.order_by().values("pk"))
        found |= Q(pk__in=_sealed_matches(text, user))
    return found


def _sealed_matches(text: str, user: User) -> list[UUID]:
    """Cases in the reader's compartments whose person's name has every word; opened in memory."""
    named_in: list[Any] = list(compartments_of(user))
    if not named_in:
        return []
    words = text.casefold().split()
    cases = (
        Case.objects.visible_to(user)
        .filter(compartment__in=named_in)
        .select_related("person")
        .only("id", "person__full_name", "person__full_name_sealed", "person__compartment")
        .order_by()
    )
    return [
        case.pk
        for case in cases[:SEALED_AT_MOST]
        if all(word in case.person.own_name.casefold() for word in words)
    ]
