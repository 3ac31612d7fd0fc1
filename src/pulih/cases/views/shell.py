"""The frame of every page of a case: who and what it is, its stage, what blocks it, its tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from pulih.access.guards import StaffRequest
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.models import Case, TeamMember
from pulih.cases.queries.cases import get_case
from pulih.cases.rules import NextStep, abilities, next_steps
from pulih.cases.stages import ENDED, Stage
from pulih.people.codes import STAGES

TABS = (
    ("overview", gettext_lazy("Overview"), "cases:detail"),
    ("assessment", gettext_lazy("Assessment"), "cases:assessment_tab"),
    ("needs", gettext_lazy("Needs"), "cases:needs"),
    ("family", gettext_lazy("Family and surroundings"), "cases:family"),
    ("plan", gettext_lazy("Plan"), "cases:plan_tab"),
    ("services", gettext_lazy("Services"), "cases:services"),
    ("referrals", gettext_lazy("Referrals"), "cases:referrals"),
    ("documents", gettext_lazy("Documents"), "cases:documents"),
    ("ending", gettext_lazy("End and follow-up"), "cases:ending"),
)

# The moves that a page of their own makes, because they need more than a button.
PAGE_OF_MOVE = {Stage.TERMINATION: "cases:close", Stage.FOLLOW_UP: "cases:follow_up"}


@dataclass(frozen=True, slots=True)
class Step:
    """A move as the page offers it: a button, or what blocks it with the pages that mend it."""

    to: Stage
    is_return: bool
    is_open: bool
    url: str
    needs_page: bool
    dialog_id: str
    blockers: tuple[Mapping[str, str], ...]


def workable_case(request: StaffRequest, number: str) -> Case:
    """A case that the reader works on: 404 where they may not see it, 403 where they only read."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    return case


def case_page(
    request: StaffRequest,
    case: Case,
    tab: str,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Draw one tab of a case inside its frame.

    Args:
        case: read by `queries.cases.get_case` for the reader.
        tab: which tab is open.
        status: 422 when a form of the tab was refused.
    """
    return render(request, template, {**frame(case, request.user, tab), **context}, status=status)


def frame(case: Case, user: User, tab: str = "overview") -> dict[str, Any]:
    """What stands around the tabs of a case, in three queries at most."""
    can = abilities(user, case)
    team: list[TeamMember] = list(getattr(case, "now", ()))
    works = Action.CASE_WORK in can
    steps = [_step(case, step, works=works) for step in next_steps(case)]
    forward = [step for step in steps if not step.is_return]
    return {
        "case": case,
        "team": team,
        "lead": next((member.user for member in team if member.is_lead), None),
        "on_team": any(member.user_id == user.pk for member in team),
        "stage_labels": [str(entry) for entry in STAGES],
        "forward_steps": sorted(forward, key=lambda step: not step.is_open),
        "return_steps": [step for step in steps if step.is_return],
        "is_blocked": bool(forward) and not any(step.is_open for step in forward),
        "is_overview": tab == "overview",
        "can_work": works,
        "can_assign": Action.CASE_ASSIGN in can,
        "can_grant": Action.CASE_GRANT in can,
        "may_see_person": user.may(Action.PERSON_READ),
        "can_close": Action.CASE_CLOSE in can and not case.is_ended,
        "can_reopen": Action.CASE_REOPEN in can and case.is_ended,
        "can_approve": Action.PLAN_APPROVE in can,
        "tabs": [
            {"label": label, "url": reverse(name, args=[case.number]), "active": key == tab}
            for key, label, name in TABS
        ],
    }


def _step(case: Case, step: NextStep, *, works: bool) -> Step:
    to = step.move.end
    page = PAGE_OF_MOVE.get(to, "cases:move")
    # The end and the first follow-up are what their own pages record.
    mended_there = {"cases:close", "cases:follow_up"} if to in ENDED else set()
    return Step(
        to=to,
        is_return=step.move.is_return,
        is_open=step.is_open or {blocker.page for blocker in step.blockers} <= mended_there,
        url=reverse(page, args=[case.number]),
        needs_page=to in PAGE_OF_MOVE,
        dialog_id=f"return-{int(to)}",
        blockers=tuple(
            {
                "what": blocker.missing,
                "who": blocker.who,
                "url": reverse(blocker.page, args=[case.number]) if works else "",
            }
            for blocker in step.blockers
            if blocker.page not in mended_there
        ),
    )
