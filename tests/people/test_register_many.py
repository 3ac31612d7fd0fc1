"""R-PEO-6: an import adds many people in short transactions, and each is found again."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from jejak.names import keys
from pulih.access.models import AuditEvent
from pulih.common.errors import RuleError
from pulih.people.actions.editing import edit_person
from pulih.people.actions.registration import (
    build_people,
    make_findable,
    register_built,
    register_people,
)
from pulih.people.actions.withdrawing import withdraw_people
from pulih.people.drafts import Facts, NumberDraft, PersonDraft
from pulih.people.models import KeyCount, Person, SearchKey
from pulih.people.queries import list_people
from pulih.people.storage import keys as stored_keys


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


@pytest.fixture
def import_one(make_user):
    """An entry of an import that is not findable yet: who made it, its batch, its key."""
    user, batch = make_user("data_officer"), uuid.uuid4()
    built = build_people(drafts=[PersonDraft(full_name="Suparno")], batch_id=batch, user=user)
    return user, batch, register_built(built=built, batch_id=batch, by=user)[0]


def rename(key, user):
    person = Person.objects.unscoped(reason="test").get(pk=key)
    edit_person(person=person, facts=Facts(full_name="Warsini", sex="", birth=None), by=user)


@pytest.fixture
def while_it_works(monkeypatch, enter_database):
    """Does one thing in the middle of another: between the reading of keys and their writing."""

    def both(name, first, second):
        works, is_done = threading.Event(), threading.Event()
        write = getattr(stored_keys, name)

        def slowly(*args, **values):
            works.set()
            is_done.wait(1)
            return write(*args, **values)

        monkeypatch.setattr(stored_keys, name, slowly)

        def run(what, after=None):
            enter_database()
            if after is not None:
                after.wait(5)
            try:
                return what()
            except (PermissionDenied, RuleError):
                return None  # the entry was gone already
            finally:
                if after is not None:
                    is_done.set()
                connections.close_all()

        def look():
            rows = SearchKey.objects.unscoped(reason="test").values_list("person_id", "key")
            people = Person.objects.unscoped(reason="test").values_list("pk", "search_keys")
            counts = KeyCount.objects.filter(people__gt=0).values_list("key", "people")
            return set(rows), dict(people), dict(counts)

        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(run, first), pool.submit(run, second, works)]:
                done.result()
            return pool.submit(run, look).result()

    return both


@pytest.mark.django_db(transaction=True)
def test_an_edit_while_people_become_findable_leaves_no_key_of_the_old_name(
    import_one, while_it_works
):
    user, batch, key = import_one

    table, people, counts = while_it_works(
        "publish", lambda: make_findable(batch_id=batch, by=user), lambda: rename(key, user)
    )

    assert {own for _, own in table} == set(people[key].split("\n"))
    assert set(counts.values()) == {1}


@pytest.mark.django_db(transaction=True)
def test_an_edit_while_an_import_is_taken_back_leaves_no_key_behind(import_one, while_it_works):
    user, batch, key = import_one
    make_findable(batch_id=batch, by=user)

    table, people, counts = while_it_works(
        "withdraw",
        lambda: withdraw_people(people=[key], batch_id=batch, by=user),
        lambda: rename(key, user),
    )

    assert not people
    assert not table
    assert not counts
