"""Who looked at a sealed person: told to heads who are named to know of them."""

import pytest
from django.urls import reverse


@pytest.fixture
def head(make_user):
    return make_user("section_head")


@pytest.fixture
def person(make_case, make_user, head):
    return make_case(sealed=True, team=[head]).person


def page_of(client, user, person):
    client.force_login(user)
    return client.get(reverse("people:seen", args=[person.pk]))


def test_the_head_sees_who_looked(client, make_case, make_user, head):
    lead = make_user(full_name="Ketua Tim")
    person = make_case(sealed=True, lead=lead, team=[head]).person
    client.force_login(lead)
    client.get(reverse("people:detail", args=[person.pk]))

    looks = page_of(client, head, person).context["looks"]

    assert [look.who for look in looks] == ["Ketua Tim"]


def test_a_worker_is_not_told(client, make_case, make_user):
    lead = make_user()
    person = make_case(sealed=True, lead=lead).person

    assert page_of(client, lead, person).status_code == 403


def test_for_a_head_who_may_not_know_there_is_no_such_page(client, person, make_user):
    assert page_of(client, make_user("section_head"), person).status_code == 404


def test_an_open_person_has_no_such_page(client, head, make_case):
    assert page_of(client, head, make_case().person).status_code == 404


def test_the_person_page_leads_there_for_who_may(client, head, person):
    client.force_login(head)

    page = client.get(reverse("people:detail", args=[person.pk]))

    assert reverse("people:seen", args=[person.pk]) in page.text
