"""R-ACC-6: a sealed compartment has people who may know, each for a purpose."""

import pytest

from pulih.access.actions.compartments import create_compartment, name_member, unname_member
from pulih.access.models import AuditEvent, Office
from pulih.access.scope import compartments_of
from pulih.common.errors import RuleError


@pytest.fixture
def head(make_user):
    return make_user("section_head")


@pytest.fixture
def room(make_user, head):
    return create_compartment(members=[make_user()], purpose="kasus", by=head)


def knows(user, room):
    return compartments_of(user).filter(compartment=room).exists()


def test_who_is_named_may_know_from_today(make_user, head):
    worker = make_user()

    room = create_compartment(members=[worker], purpose="kasus", by=head)

    assert knows(worker, room)
    assert not knows(head, room)


def test_a_room_that_nobody_could_open_is_not_made(head):
    with pytest.raises(RuleError) as refusal:
        create_compartment(members=[], purpose="kasus", by=head)

    assert refusal.value.rule == "R-ACC-6"


def test_naming_needs_a_purpose(room, head, make_user):
    with pytest.raises(RuleError):
        name_member(compartment=room, user=make_user(), purpose=" ", seconds=(), by=head)


def test_only_people_of_the_office_are_named(room, head, make_user):
    far = Office.objects.create(code="far", name="Dinas lain", region_code="35.20")

    with pytest.raises(RuleError):
        name_member(
            compartment=room, user=make_user(office=far), purpose="kasus", seconds=(), by=head
        )


def test_naming_twice_changes_nothing(room, head, make_user):
    worker = make_user()

    first = name_member(compartment=room, user=worker, purpose="kasus", seconds=(), by=head)
    second = name_member(compartment=room, user=worker, purpose="lain", seconds=(), by=head)

    assert first == second
    assert AuditEvent.objects.filter(verb="compartment.named").count() == 2


def test_a_name_ends_at_once(room, head, make_user):
    worker = make_user()
    name_member(compartment=room, user=worker, purpose="kasus", seconds=(), by=head)

    unname_member(compartment=room, user=worker, reason="Mutasi", by=head)

    assert not knows(worker, room)
    assert AuditEvent.objects.get(verb="compartment.unnamed").reason == "Mutasi"


def test_ending_what_is_not_there_leaves_no_line(room, head, make_user):
    unname_member(compartment=room, user=make_user(), reason="x", by=head)

    assert not AuditEvent.objects.filter(verb="compartment.unnamed").exists()
