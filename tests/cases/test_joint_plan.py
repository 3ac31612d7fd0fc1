"""R-CASE-108: one person's page shows one joint plan across sections."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from pulih.access.models import Section
from pulih.cases.models import Plan
from pulih.cases.queries.plans_of_person import joint_plan
from pulih.common.clock import today


@pytest.fixture
def worker(make_user):
    return make_user(language="en")


@pytest.fixture
def first(make_case, worker):
    return make_case(lead=worker, stage="intervention")


@pytest.fixture
def second(make_case, first, office):
    other = office.sections.get(kind=Section.Kind.SECURITY)
    return make_case(stage="intervention", section=other, person=first.person)


def test_the_plans_of_all_sections_stand_together(first, second, worker):
    parts = joint_plan(first.person_id, user=worker)

    assert [part.case for part in parts] == [first, second]
    assert all(len(part.goals) == 1 and len(part.services) == 1 for part in parts)


def test_what_the_reader_may_not_see_is_absent(first, second, worker):
    type(second)._base_manager.filter(pk=second.pk).update(restricted=True)

    assert [part.case for part in joint_plan(first.person_id, user=worker)] == [first]


def test_a_sealed_case_is_joined_for_who_may_know_of_it_alone(make_case, first, worker, make_user):
    sealed = make_case(lead=worker, stage="intervention", sealed=True, open_entry=first.person)
    known = {part.case for part in joint_plan(first.person_id, user=worker)}
    unknown = {part.case for part in joint_plan(first.person_id, user=make_user())}

    assert known == {first, sealed}
    assert unknown == {first}


def test_ended_cases_have_no_part_in_it(first, make_case, worker):
    make_case(stage="follow_up", person=first.person)

    assert [part.case for part in joint_plan(first.person_id, user=worker)] == [first]


def test_a_plan_in_force_goes_before_one_in_work(first, worker):
    first.plans.create(version=2, author=worker, created_on=today())

    assert joint_plan(first.person_id, user=worker)[0].plan.state == Plan.State.APPROVED


def test_a_case_without_a_plan_says_so(client, make_case, worker):
    case = make_case(lead=worker, stage="assessment")
    client.force_login(worker)

    text = client.get(reverse("cases:person_plan", args=[case.person_id])).text
    assert "There is no plan yet." in text


def test_the_next_date_and_both_ratings_stand_there(client, first, worker):
    goal = first.plans.get().goals.get()
    goal.ratings.create(rated_on=today(), level=1, by=worker)
    goal.client_ratings.create(rated_on=today(), level=-1, words="Masih berat", recorded_by=worker)
    first.needs.create(
        kind="food", text="Beras", due_on=today() + dt.timedelta(days=1), recorded_by=worker
    )
    client.force_login(worker)
    text = client.get(reverse("cases:person_plan", args=[first.person_id])).text

    assert all(words in text for words in ("Beras", "+1", "-1", "Masih berat"))


def test_the_page_of_the_person_asks_for_the_plan(client, first, worker, make_user):
    address = reverse("cases:person_plan", args=[first.person_id])
    page = reverse("people:detail", args=[first.person_id])
    client.force_login(worker)
    assert address in client.get(page).text

    client.force_login(make_user("data_officer"))
    assert address not in client.get(page).text
    assert client.get(address).status_code == 403


def test_the_plan_of_many_cases_asks_the_database_a_fixed_number_of_times(
    client, make_case, first, worker, django_assert_max_num_queries
):
    for _ in range(4):
        make_case(stage="intervention", person=first.person)

    with django_assert_max_num_queries(24):
        joint_plan(first.person_id, user=worker)
