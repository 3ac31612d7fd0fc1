"""The short form of a kind beside the form of a page: drawn when the kind is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.cases.forms.details import PREFIX, DetailsForm
from pulih.cases.models import Case, PlannedService, ServiceRecord
from pulih.cases.queries.cases import workable_cases
from pulih.cases.queries.delivery import planned_services
from pulih.cases.queries.details import known_details
from pulih.cases.service_forms import current
from pulih.cases.views.shell import workable_case
from pulih.people.codes import SERVICE_KINDS

MOST_PARTICIPANTS = 40
"""Above this a session asks nobody one by one."""

CASES_TO_CHOOSE = 300
"""How many cases the page of a session offers."""

PLANNED = "rencana"


def details_form(
    case: Case,
    kind: str,
    *,
    user: User,
    data: QueryDict | None = None,
    planned: PlannedService | None = None,
    record: ServiceRecord | None = None,
    beforehand: bool = False,
) -> DetailsForm | None:
    """The form of a kind, with what is known already; None while no kind is chosen.

    Args:
        data: what was sent, if anything.
        beforehand: is the service only planned or asked for?
    """
    if kind not in SERVICE_KINDS:
        return None
    short = current(kind)
    known = known_details(kind, case, user=user, planned=planned, record=record)
    return DetailsForm(
        data,
        short=short,
        fields=short.planned_fields if beforehand else None,
        initial=known,
        needed=not beforehand,
    )


@require_GET
@guard(Action.CASE_WORK)
def details(request: StaffRequest, number: str) -> HttpResponse:
    """The fields of the kind that was just chosen, of a service of the plan or outside it."""
    case = workable_case(request, number)
    key = request.GET.get("planned", "")
    planned = next((one for one in planned_services(case) if str(one.pk) == key), None)
    kind = planned.kind if planned else request.GET.get("kind", "")
    form = details_form(
        case,
        kind,
        user=request.user,
        planned=planned,
        beforehand=request.GET.get("untuk") == PLANNED,
    )
    return render(request, "cases/_details.html", {"details": form})


@require_POST
@guard(Action.CASE_WORK)
def session_details(request: StaffRequest) -> HttpResponse:
    """The fields of a group session: those for all, and those of every participant chosen."""
    chosen = set(request.POST.getlist("cases"))
    offered = workable_cases(request.user)[:CASES_TO_CHOOSE]
    cases = [case for case in offered if str(case.pk) in chosen]
    common, each = session_forms(request.POST.get("kind", ""), cases, started=request.POST)
    return render(request, "cases/_details.html", {"details": common, "each": each})


def session_forms(
    kind: str,
    cases: Sequence[Case],
    *,
    data: QueryDict | None = None,
    started: QueryDict | None = None,
) -> tuple[DetailsForm | None, list[dict[str, Any]]]:
    """The forms of a session: what holds for all once, the rest for each of some participants.

    Args:
        data: what was sent to be kept.
        started: what was typed so far, to be shown again and not yet judged.
    """
    if kind not in SERVICE_KINDS:
        return None, []
    short = current(kind)

    def made(prefix: str, fields: Any) -> DetailsForm:
        typed = _typed(started, prefix) if started is not None else None
        return DetailsForm(data, short=short, fields=fields, prefix=prefix, initial=typed)

    common = made(PREFIX, short.common_fields)
    each = [
        {"key": case.pk, "name": case.person.name, "form": made(f"{PREFIX}{case.pk}", fields)}
        for case in cases[:MOST_PARTICIPANTS]
        if (fields := short.each_fields)
    ]
    return common, each


def answers_of_each(each: Sequence[Mapping[str, Any]]) -> dict[UUID, dict[str, Any]]:
    """What was answered for every participant, of forms that are valid."""
    return {one["key"]: one["form"].answers() for one in each}


def _typed(sent: QueryDict, prefix: str) -> dict[str, Any]:
    start = f"{prefix}-"
    return {name[len(start) :]: sent[name] for name in sent if name.startswith(start)}
