"""R-CASE-8: somebody first met through a sealed report lives inside its compartment."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.opening import open_case
from pulih.cases.actions.registering import register_in_report
from pulih.cases.intake_facts import NewCase
from pulih.common.errors import RuleError
from pulih.people.drafts import PersonDraft
from pulih.people.models import Person, SearchKey

DRAFT = PersonDraft(full_name="Sari Wulandari", sex="P")


@pytest.fixture
def worker(client, make_user):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def report(make_report, worker):
    return make_report(sealed=True, members=[worker], ppks_kind=6)


def test_the_person_is_registered_inside_and_linked(worker, report, make_user):
    linked = register_in_report(report=report, draft=DRAFT, by=worker)

    assert linked.person.compartment_id == report.compartment_id
    assert not Person.objects.visible_to(make_user()).exists()
    assert AuditEvent.objects.filter(verb="report.person_linked").count() == 1


def test_the_open_registry_learns_nothing(worker, report):
    person = register_in_report(report=report, draft=DRAFT, by=worker).person

    assert person.number.startswith("S-")
    assert (person.full_name, person.sort_name) == ("", "")
    assert not SearchKey.objects.unscoped(reason="test").filter(person=person).exists()


def test_the_case_of_the_report_keeps_that_entry(worker, report, section):
    person = register_in_report(report=report, draft=DRAFT, by=worker).person
    facts = NewCase(section=section, problem="Perlu perlindungan.", ppks_kind=6, lead=worker)

    case = open_case(facts=facts, report=report, by=worker)

    assert (case.person, case.open_entry) == (person, None)


def test_an_open_report_registers_nobody_inside(worker, make_report):
    with pytest.raises(RuleError) as refusal:
        register_in_report(report=make_report(), draft=DRAFT, by=worker)

    assert refusal.value.rule == "R-CASE-8"


def test_who_is_not_named_registers_nobody(report, make_user):
    with pytest.raises(PermissionDenied):
        register_in_report(report=report, draft=DRAFT, by=make_user())


def url(report):
    return reverse("cases:report_register", args=[report.pk])


def test_the_page_searches_before_it_registers(client, worker, report, make_person):
    known = make_person(full_name="Sari Wulandari", sex="P")
    sent = {"full_name": "Sari Wulandari", "sex": "P"}

    asked = client.post(url(report), sent)
    client.post(url(report), {**sent, "anyway": "on"})

    report.refresh_from_db()
    assert [item.person for item in asked.context["similar"]] == [known]
    assert report.person != known
    assert report.person.is_sealed


def test_somebody_unknown_to_all_is_registered_at_once(client, worker, report):
    client.post(url(report), {"full_name": "Sari Wulandari", "age": "9"})

    report.refresh_from_db()
    assert report.person.own_name == "Sari Wulandari"


def test_nothing_known_registers_nobody(client, worker, report):
    answer = client.post(url(report), {"age": "9"})

    assert answer.status_code == 422
    assert "full_name" in answer.context["form"].errors


def test_the_page_is_for_sealed_reports_and_who_is_named(client, worker, make_report):
    assert client.get(url(make_report())).status_code == 404
    assert client.get(url(make_report(sealed=True))).status_code == 404


def test_the_sealed_report_offers_the_registration_inside(client, worker, report):
    page = client.get(reverse("cases:report", args=[report.pk]))

    assert url(report) in page.text
    assert reverse("cases:report_find", args=[report.pk]) not in page.text
