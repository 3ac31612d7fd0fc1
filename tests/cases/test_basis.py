"""R-CASE-18, R-CASE-19: consent or basis in law, and its withdrawal."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jejak.birth import BirthDate
from pulih.access.models import AuditEvent
from pulih.cases.actions.basis import record_basis, withdraw_basis
from pulih.cases.intake_facts import Grounds
from pulih.cases.rules import needs_met
from pulih.cases.stages import Need
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Task

CONSENT = Grounds("client", dt.date(2026, 1, 5), given_by="Klien sendiri")
DUTY = Grounds("duty", dt.date(2026, 1, 5), note="Orang telantar, PP 39/2012.")


def child(make_person):
    return make_person(full_name="Sari", birth=BirthDate.exact(today() - dt.timedelta(days=3650)))


@pytest.mark.parametrize("grounds", [CONSENT, DUTY])
def test_a_consent_or_a_basis_in_law_meets_the_need(make_user, make_case, grounds):
    lead = make_user()
    case = make_case(lead=lead)

    record_basis(case=case, grounds=grounds, by=lead)

    assert Need.BASIS in needs_met(case)
    assert case.events.get().kind == "basis_recorded"
    assert AuditEvent.objects.filter(verb="case.basis_recorded").count() == 1


def test_who_does_not_work_on_the_case_records_nothing(make_user, make_case):
    with pytest.raises(PermissionDenied):
        record_basis(case=make_case(), grounds=CONSENT, by=make_user())


@pytest.mark.parametrize(
    ("grounds", "words"),
    [
        (Grounds("client", dt.date(2026, 1, 5)), "who gave"),
        (Grounds("vital", dt.date(2026, 1, 5)), "ground"),
        (Grounds("whim", dt.date(2026, 1, 5), note="x"), "Choose"),
    ],
)
def test_a_basis_says_what_it_stands_on(make_user, make_case, grounds, words):
    lead = make_user()

    with pytest.raises(RuleError, match=words) as refusal:
        record_basis(case=make_case(lead=lead), grounds=grounds, by=lead)

    assert refusal.value.rule == "R-CASE-18"


def test_a_basis_is_not_of_tomorrow(make_user, make_case):
    lead = make_user()
    tomorrow = Grounds("client", today() + dt.timedelta(days=1), given_by="Klien")

    with pytest.raises(RuleError, match="not come"):
        record_basis(case=make_case(lead=lead), grounds=tomorrow, by=lead)


def test_a_child_does_not_consent_alone(make_user, make_case, make_person):
    lead = make_user()
    case = make_case(lead=lead, person=child(make_person))

    with pytest.raises(RuleError) as refusal:
        record_basis(case=case, grounds=Grounds("client", today(), given_by="Sari"), by=lead)

    assert refusal.value.rule == "R-CASE-19"


def test_a_guardian_consents_for_a_child(make_user, make_case, make_person):
    lead = make_user()
    case = make_case(lead=lead, person=child(make_person))

    basis = record_basis(
        case=case, grounds=Grounds("guardian", today(), given_by="Ibu kandung"), by=lead
    )

    assert basis.withdrawn_on is None


def test_a_withdrawal_blocks_the_case_and_asks_the_lead(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="assessment")

    withdraw_basis(basis=case.bases.get(), on=today(), note="Klien berubah pikiran.", by=lead)

    assert Need.BASIS not in needs_met(case)
    task = Task.objects.unscoped(reason="test").get()
    assert (task.kind, task.owner) == ("find_basis", lead)


def test_another_basis_ends_the_search_for_one(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="assessment")
    withdraw_basis(basis=case.bases.get(), on=today(), note="Berubah pikiran.", by=lead)

    record_basis(case=case, grounds=DUTY, by=lead)

    assert Task.objects.unscoped(reason="test").get().done_at is not None


@pytest.mark.parametrize(
    ("on", "note", "words"),
    [
        (dt.date(2000, 1, 1), "Ditarik.", "before it was given"),
        (today() + dt.timedelta(days=1), "Ditarik.", "not come"),
        (today(), " ", "who withdrew"),
    ],
)
def test_a_withdrawal_is_possible_and_explained(make_user, make_case, on, note, words):
    lead = make_user()
    case = make_case(lead=lead, stage="assessment")

    with pytest.raises(RuleError, match=words):
        withdraw_basis(basis=case.bases.get(), on=on, note=note, by=lead)


def test_a_basis_is_withdrawn_once_and_by_the_team(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="assessment")
    basis = case.bases.get()

    with pytest.raises(PermissionDenied):
        withdraw_basis(basis=basis, on=today(), note="Ditarik.", by=make_user())
    withdraw_basis(basis=basis, on=today(), note="Ditarik.", by=lead)
    with pytest.raises(RuleError, match="already"):
        withdraw_basis(basis=basis, on=today(), note="Lagi.", by=lead)
