"""The list of cases: its filters, its pages, its cost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pulih.access.models import Section
from pulih.cases.queries.cases import Wanted, list_cases

MOST_QUERIES = 12


@pytest.fixture
def show(client, lead):
    client.force_login(lead)

    def get(**query):
        response = client.get(reverse("cases:list"), query)
        assert response.status_code == 200
        return response.text

    return get


def test_the_list_narrows_by_every_filter(show, make_case, lead, office):
    security = office.sections.get(kind=Section.Kind.SECURITY)
    mine = make_case(lead=lead, stage="planning", ppks_kind=8)
    other = make_case(section=security, stage="follow_up")

    for query in (
        {"lead": "mine"},
        {"lead": str(lead.pk)},
        {"section": str(mine.section_id)},
        {"stage": "3"},
        {"kind": "8"},
        {"state": "open"},
        {"text": mine.number},
        {"text": mine.person.name.upper()},
    ):
        text = show(**query)
        assert mine.number in text, query
        assert other.number not in text, query


def test_the_list_narrows_by_unit(show, make_case, section):
    unit = section.units.get(code="disabilitas")
    inside, outside = make_case(unit=unit), make_case()

    text = show(unit=str(unit.pk))

    assert inside.number in text
    assert outside.number not in text


@pytest.mark.parametrize(
    "query",
    [
        {"stage": "99"},
        {"section": "not-a-key"},
        {"lead": "nobody"},
        {"page": "0"},
        {"page": "x"},
        {"page": "99999"},
        {"text": "%_'"},
    ],
    ids=str,
)
def test_a_filter_that_cannot_be_breaks_nothing(show, make_case, query):
    make_case()

    assert show(**query)


def test_a_page_costs_the_same_for_many_cases(
    client, make_case, lead, django_assert_max_num_queries
):
    for _ in range(30):
        make_case(lead=lead)
    client.force_login(lead)

    with django_assert_max_num_queries(MOST_QUERIES):
        first = client.get(reverse("cases:list"))
    second = client.get(reverse("cases:list"), {"page": "2"})

    assert first.text.count("/kasus/K-") == 25
    assert second.text.count("/kasus/K-") == 5


def test_htmx_gets_only_the_rows(client, make_case, lead):
    case = make_case(lead=lead)
    client.force_login(lead)

    response = client.get(reverse("cases:list"), headers={"HX-Request": "true"})

    assert case.number in response.text
    assert "<html" not in response.text


def test_who_reads_no_case_gets_403(client, make_user):
    client.force_login(make_user("front_desk"))

    assert client.get(reverse("cases:list")).status_code == 403


def test_the_query_reads_for_its_user(make_case, lead):
    make_case(restricted=True)

    assert not list_cases(Wanted(), user=lead).exists()
