"""R-PEO-14: who may know learns of a sealed duplicate; whoever registers learns nothing."""

import pytest
from django.urls import reverse

from pulih.files.models import Owner
from pulih.files.rules import may_read, may_write
from pulih.inbox.models import Task
from pulih.people.actions.custody import tell_custodians
from pulih.people.drafts import NumberDraft
from pulih.people.queries.search_notes import write_ticket

NIK = "3521091201870001"
REASON = "looked at by the test"


@pytest.fixture
def sealed(make_person, compartment):
    return make_person("Ayu", numbers=(NumberDraft(NIK),), compartment=compartment)


def tasks():
    return Task.objects.unscoped(reason=REASON).filter(kind="sealed_duplicate")


def test_everybody_who_is_named_gets_a_task(make_person, make_member, sealed):
    member = make_member()

    told = tell_custodians(person=make_person(numbers=(NumberDraft(NIK),)), by=None)

    assert told == tasks().count() == 2
    assert tasks().filter(owner=member).get().compartment_id == sealed.compartment_id


def test_the_task_names_numbers_and_no_name(make_person, sealed):
    person = make_person("Slamet", numbers=(NumberDraft(NIK),))

    tell_custodians(person=person, by=None)

    title = tasks().get().title
    assert person.number in title
    assert "Ayu" not in title
    assert "Slamet" not in title


def test_nobody_is_told_twice(make_person, sealed):
    person = make_person(numbers=(NumberDraft(NIK),))

    for _ in range(2):
        tell_custodians(person=person, by=None)

    assert tasks().count() == 1


def test_another_number_tells_nobody(make_person, sealed):
    person = make_person(numbers=(NumberDraft("3521091201870002"),))

    assert tell_custodians(person=person, by=None) == 0


def test_registering_answers_the_same_with_and_without_a_sealed_twin(client, make_user, sealed):
    worker = make_user()
    client.force_login(worker)
    answers = []
    for nik in (NIK, "3521091201870002"):
        values = {"variant": "known", "save": "1", "full_name": "Slamet", "nik": nik}
        ticket = write_ticket({}, by=worker)
        answers.append(client.post(reverse("people:register"), {**values, "ticket": ticket}))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert tasks().count() == 1


def test_a_number_added_later_is_looked_up_too(client, make_user, make_person, sealed):
    person = make_person()
    client.force_login(make_user())

    client.post(reverse("people:add", args=[person.pk, "nomor"]), {"kind": "nik", "text": NIK})

    assert tasks().count() == 1


def test_the_files_of_a_person_are_for_who_may_see_the_person(
    make_user, make_person, make_member, sealed
):
    opened = Owner("people.person", make_person().pk)
    hidden = Owner("people.person", sealed.pk)

    assert may_write(make_user("front_desk"), opened)
    assert not may_write(make_user("head_of_office"), opened)
    assert may_read(make_member(), hidden)


def test_the_files_of_a_sealed_person_are_no_outsiders(make_user, sealed):
    assert not may_read(make_user("section_head"), Owner("people.person", sealed.pk))
