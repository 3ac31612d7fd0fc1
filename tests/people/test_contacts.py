"""R-ACC-140, R-ACC-141: how somebody is reached is shown to who works with people, else masked."""

import pytest
from django.urls import reverse

from pulih.access.masks import MASK
from pulih.people.actions.details import add_contact
from pulih.people.drafts import ContactDraft

PHONE = "081234567890"


@pytest.fixture
def person(make_person, make_user):
    worker = make_user()
    person = make_person(by=worker)
    add_contact(person=person, draft=ContactDraft(PHONE), by=worker)
    return person


def family_page(client, user, person):
    client.force_login(user)
    return client.get(reverse("people:family", args=[person.pk])).text


@pytest.mark.parametrize("role", ["social_worker", "section_head", "head_of_office"])
def test_who_works_with_people_sees_the_phone(client, make_user, person, role):
    assert PHONE in family_page(client, make_user(role), person)


@pytest.mark.parametrize("role", ["front_desk", "data_officer"])
def test_others_who_read_the_entry_see_a_mask(client, make_user, person, role):
    page = family_page(client, make_user(role), person)

    assert PHONE not in page
    assert MASK in page


def test_the_front_desk_sees_the_phone_of_whom_it_took_in(client, make_user, make_person):
    clerk = make_user("front_desk")
    person = make_person(by=clerk)
    add_contact(person=person, draft=ContactDraft(PHONE), by=clerk)

    assert PHONE in family_page(client, clerk, person)
