"""The page that opens a case."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pulih.cases.models import Case


@pytest.fixture
def worker(client, make_user):
    user = make_user()
    client.force_login(user)
    return user


def sent(section, **values):
    return {
        "problem": "Tanpa rumah.",
        "section": str(section.pk),
        "opened_on": "2026-01-05",
        **values,
    }


def url(**query):
    return reverse("cases:open", query=query)


def test_a_case_is_opened_for_a_person(client, worker, make_person, section):
    answer = client.post(url(orang=make_person().pk), sent(section, lead=str(worker.pk)))

    case = Case.objects.visible_to(worker).get()
    assert answer.url == reverse("cases:detail", args=[case.number])


def test_a_report_proposes_kind_section_and_its_worker_as_lead(
    client, worker, make_report, make_person, section
):
    report = make_report(person=make_person())

    form = client.get(url(laporan=report.pk)).context["form"]

    assert form.initial["ppks_kind"] == 11
    assert (form.initial["section"], form.initial["lead"]) == (section, str(worker.pk))


def test_a_report_without_a_person_opens_no_case(client, worker, make_report, section):
    report = make_report()

    answer = client.post(url(laporan=report.pk), sent(section))

    assert answer.status_code == 200
    assert not Case.objects.unscoped(reason="test").exists()


def test_a_second_case_is_opened_only_knowingly(client, worker, make_case, section):
    person = make_case(section=section).person

    warned = client.post(url(orang=person.pk), sent(section))
    client.post(url(orang=person.pk), sent(section, anyway="on"))

    assert warned.status_code == 422
    assert "anyway" in warned.context["form"].errors
    assert Case.objects.visible_to(worker).count() == 2


def test_a_hidden_case_of_the_person_is_no_warning(client, worker, make_case, make_person):
    person = make_person()
    make_case(person=person, restricted=True)

    assert client.get(url(orang=person.pk)).context["running"] == []


def test_a_rules_no_stands_at_its_field(client, worker, make_person, section):
    answer = client.post(
        url(orang=make_person().pk),
        sent(section, lead=str(worker.pk), ppks_kind="16", held="open"),
    )

    assert answer.status_code == 422
    assert "held" in answer.context["form"].errors


@pytest.mark.parametrize("query", [{}, {"orang": "x"}, {"laporan": "x"}])
def test_without_an_origin_there_is_no_page(client, worker, query):
    assert client.get(url(**query)).status_code == 404


def test_hidden_people_and_reports_do_not_exist(client, worker, make_case, make_report):
    person = make_case(sealed=True).person

    assert client.get(url(orang=person.pk)).status_code == 404
    assert client.get(url(laporan=make_report(sealed=True).pk)).status_code == 404


@pytest.mark.parametrize("role", ["front_desk", "data_officer", "head_of_office"])
def test_who_opens_no_cases_is_turned_away(client, make_user, make_person, role):
    client.force_login(make_user(role))

    assert client.get(url(orang=make_person().pk)).status_code == 403


def test_the_page_asks_few_queries(
    client, worker, make_case, make_report, django_assert_max_num_queries
):
    report = make_report(person=make_case().person)

    with django_assert_max_num_queries(12):
        client.get(url(laporan=report.pk))


def test_a_unit_of_another_section_is_refused_at_its_field(
    client, worker, make_person, section, office
):
    other = office.sections.get(kind="security")

    answer = client.post(
        url(orang=make_person().pk), sent(other, unit=str(section.units.first().pk))
    )

    assert answer.status_code == 422
    assert "unit" in answer.context["form"].errors
