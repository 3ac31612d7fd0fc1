"""R-PEO-6: an import adds many people in short transactions, and each is found again."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from jejak.names import keys
from pulih.access.models import AuditEvent
from pulih.people.actions.registration import register_people
from pulih.people.drafts import NumberDraft, PersonDraft
from pulih.people.models import KeyCount, Person
from pulih.people.queries import list_people


def drafts(count):
    return [PersonDraft(full_name=f"Suparno {'abcdefghij'[i % 10]}") for i in range(count)]


def test_keys_come_back_in_the_order_of_the_drafts(make_user):
    user = make_user("data_officer")

    made = register_people(drafts=drafts(7), batch_id=uuid.uuid4(), by=user)

    people = Person.objects.visible_to(user).in_bulk(made)
    assert [people[key].full_name[-1] for key in made] == list("abcdefg")


def test_every_chunk_of_five_hundred_is_one_line_in_the_trail(make_user):
    user = make_user("data_officer")

    register_people(drafts=drafts(1001), batch_id=uuid.uuid4(), by=user)

    assert AuditEvent.objects.filter(verb="person.imported").count() == 3
    assert list_people(user=user).count() == 1001


def test_names_are_counted_once_for_each_person(make_user):
    register_people(drafts=drafts(20), batch_id=uuid.uuid4(), by=make_user("data_officer"))

    assert KeyCount.objects.get(key="").people == 20
    sound = next(key for key in keys("suparno") if key.startswith("t:"))
    assert KeyCount.objects.get(key=sound).people == 20


def test_people_of_one_card_in_one_file_share_a_household(make_user):
    user = make_user("data_officer")
    card = (NumberDraft("3521090101150001", kind="kk"),)
    people = [PersonDraft(full_name=name, numbers=card) for name in ("Sutini", "Parto")]

    made = register_people(drafts=people, batch_id=uuid.uuid4(), by=user)

    found = Person.objects.visible_to(user).filter(pk__in=made)
    assert len({person.households.get().household_id for person in found}) == 1


def test_who_does_not_register_does_not_import(make_user):
    with pytest.raises(PermissionDenied):
        register_people(drafts=drafts(1), batch_id=uuid.uuid4(), by=make_user("student"))
