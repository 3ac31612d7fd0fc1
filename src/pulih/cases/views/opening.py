"""Opening a case from a report or from a person."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import Section
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.countering import raise_service
from pulih.cases.actions.opening import open_case
from pulih.cases.forms.opening import FIELD_OF_RULE, OpeningForm
from pulih.cases.intake_rules import section_for
from pulih.cases.models import Case, CounterService, Report
from pulih.cases.queries.counter import get_service
from pulih.cases.queries.intake import get_person, get_report, may_triage, running_cases
from pulih.cases.queries.staff import CASE_ROLES, workers_of
from pulih.common.acting import done
from pulih.people.models import Person


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_OPEN)
def case_new(request: StaffRequest) -> HttpResponse:
    """Open a case for `?orang=`, from `?laporan=` or `?loket=`; a running case is shown before."""
    service = _service(request)
    report, person = (None, service.person) if service else _origin(request)
    running = running_cases(person, user=request.user) if person else []
    form = OpeningForm(
        request.POST or None,
        office=request.user.office,
        workers=workers_of(request.user.office),
        running=bool(running),
        initial=_from_counter(request, service)
        if service
        else _first_guess(request, report, person),
    )
    made: list[Case] = []
    if person is not None and done(
        form,
        lambda: made.append(
            raise_service(service=service, facts=form.facts(), by=request.user)
            if service
            else open_case(facts=form.facts(), person=person, report=report, by=request.user)
        ),
        FIELD_OF_RULE,
    ):
        messages.success(
            request, _("Case %(number)s has been opened.") % {"number": made[0].number}
        )
        return redirect("cases:detail", made[0].number)
    context = {
        "form": form,
        "person": person,
        "report": report,
        "running": running,
        "service": service,
    }
    return render(request, "cases/open.html", context, status=422 if form.errors else 200)


def _origin(request: StaffRequest) -> tuple[Report | None, Person | None]:
    """The report and the person that the address names; what the reader may not see is absent."""
    report = None
    if key := request.GET.get("laporan", ""):
        try:
            report = get_report(UUID(key), user=request.user)
        except ValueError as fault:
            raise Http404 from fault
        if not may_triage(request.user, report):
            raise PermissionDenied(_("Your role on this record does not allow this."))
    key = request.GET.get("orang", "") or str((report and report.person_id) or "")
    person = get_person(key, user=request.user)
    if person is None and report is None:
        raise Http404
    return report, person


def _service(request: StaffRequest) -> CounterService | None:
    """The counter service that the address names, for whoever may raise it."""
    number = request.GET.get("loket", "")
    if not number:
        return None
    found = get_service(number, user=request.user)
    may(request.user, Action.COUNTER_SERVE, found).require()
    return found


def _from_counter(request: StaffRequest, service: CounterService) -> dict[str, object]:
    """Person, problem and section go along from the counter."""
    problem = " ".join(part for part in (service.offer.name + ".", str(service.note)) if part)
    return {
        "problem": problem.strip(),
        "ppks_kind": service.offer.ppks_kind,
        "section": service.section_id,
        "unit": service.unit_id,
        "lead": _own_key(request, service.section),
    }


def _first_guess(
    request: StaffRequest, report: Report | None, person: Person | None
) -> dict[str, object]:
    kind = report.ppks_kind if report else (person.main_kind if person else None)
    me = request.user
    section = report.section if report else section_for(me.office, kind)
    return {
        "ppks_kind": kind,
        "section": section,
        "unit": _unit(request, report, section),
        "lead": _own_key(request, section),
    }


def _unit(request: StaffRequest, report: Report | None, section: Section) -> object:
    """The unit of the report, else the reader's own where it belongs to the section."""
    if report is not None and report.unit_id is not None:
        return report.unit_id
    own = request.user.unit
    return own.pk if own and own.section_id == section.pk and own.closed_on is None else None


def _own_key(request: StaffRequest, section: Section) -> str:
    """The reader's key where they work in the section, so that they lead by default."""
    grants = request.user.current_grants
    works = any(grant.role in CASE_ROLES and grant.section_id == section.pk for grant in grants)
    return str(request.user.pk) if works else ""
