"""R-ACC-181, R-ACC-182: two officers name somebody in a sealed compartment."""

import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

from pulih.access.actions.compartments import (
    confirm_member,
    create_compartment,
    name_by_office,
    name_member,
    refuse_member,
)
from pulih.access.duty import on_duty
from pulih.access.models import AuditEvent, CompartmentMember
from pulih.access.scope import compartments_of
from pulih.common.clock import now
from pulih.common.errors import RuleError


@pytest.fixture
def head(make_user):
    return make_user("section_head")


@pytest.fixture
def second(make_user):
    return make_user("head_of_office")


@pytest.fixture
def room(make_user, head):
    return create_compartment(members=[make_user()], purpose="kasus", by=head)


@pytest.fixture
def log_in():
    def log_in(user, ago=dt.timedelta()):
        UserSession.objects.create(
            user=user, ip="127.0.0.1", session_key=str(user.pk), last_seen_at=now() - ago
        )

    return log_in


def knows(user, room):
    return compartments_of(user).filter(compartment=room).exists()


def name(room, user, head, *seconds, **more):
    return name_member(
        compartment=room, user=user, purpose="kasus", seconds=seconds, by=head, **more
    )


def test_while_a_second_officer_is_at_work_a_name_opens_nothing_before_their_word(
    room, head, second, make_user, log_in
):
    worker = make_user()
    log_in(second)

    member = name(room, worker, head, second)
    before = knows(worker, room)
    confirm_member(member=member, by=second)

    assert not before
    assert knows(worker, room)


def test_with_nobody_at_work_it_opens_at_once_and_lapses_after_a_day(room, head, second, make_user):
    worker = make_user()
    with time_machine.travel(now(), tick=False) as clock:
        name(room, worker, head, second)
        at_once = knows(worker, room)
        clock.shift(dt.timedelta(hours=24, seconds=1))

        assert at_once
        assert not knows(worker, room)


def test_a_confirmed_one_does_not_lapse(room, head, second, make_user):
    worker = make_user()
    member = name(room, worker, head, second)
    confirm_member(member=member, by=second)

    with time_machine.travel(now() + dt.timedelta(days=30)):
        assert knows(worker, room)


def test_what_has_lapsed_is_not_confirmed_but_named_anew(room, head, second, make_user):
    worker = make_user()
    member = name(room, worker, head, second)

    with time_machine.travel(now() + dt.timedelta(hours=25)):
        with pytest.raises(RuleError, match=r"."):
            confirm_member(member=member, by=second)
        again = name(room, worker, head, second)
        assert again.pk != member.pk
        assert knows(worker, room)


def test_nobody_confirms_their_own_word_or_their_own_name(room, head, second, make_user):
    worker = make_user()
    member = name(room, worker, head, second)

    for user in (head, worker):
        with pytest.raises(RuleError):
            confirm_member(member=member, by=user)
        with pytest.raises(RuleError):
            refuse_member(member=member, reason="x", by=user)


def test_the_database_refuses_it_as_well(room, head, second, make_user):
    member = name(room, make_user(), head, second)

    with pytest.raises(IntegrityError), transaction.atomic():
        CompartmentMember.objects.filter(pk=member.pk).update(confirmed_by=head)


def test_a_refused_name_closes_at_once_with_its_reason(room, head, second, make_user):
    worker = make_user()
    member = name(room, worker, head, second)

    refuse_member(member=member, reason="Bukan tugasnya", by=second)

    assert not knows(worker, room)
    assert AuditEvent.objects.get(verb="compartment.name_refused").reason == "Bukan tugasnya"
    with pytest.raises(RuleError):
        confirm_member(member=member, by=second)


def test_a_refusal_needs_a_reason(room, head, second, make_user):
    with pytest.raises(RuleError):
        refuse_member(member=name(room, make_user(), head, second), reason=" ", by=second)


def test_who_knows_by_office_needs_no_second_word(room, head, second, make_user, log_in):
    log_in(second)
    other = make_user("section_head")
    waiting = make_user("section_head")
    name(room, waiting, head, second)

    name_by_office(compartment=room, user=other, purpose="Memimpin seksi", by=head)
    name_by_office(compartment=room, user=waiting, purpose="Memimpin seksi", by=head)

    assert knows(other, room)
    assert knows(waiting, room)


def test_a_dated_name_ends_with_its_last_day(room, head, second, make_user):
    worker = make_user()
    last = now().date() + dt.timedelta(days=3)
    confirm_member(member=name(room, worker, head, second, valid_until=last), by=second)

    with time_machine.travel(dt.datetime.combine(last, dt.time(12))):
        assert knows(worker, room)
    with time_machine.travel(dt.datetime.combine(last + dt.timedelta(days=1), dt.time(12))):
        assert not knows(worker, room)


def test_at_work_is_who_was_seen_within_a_session(second, head, log_in):
    log_in(second, ago=dt.timedelta(hours=9))
    assert on_duty([second, head]) == []

    log_in(head, ago=dt.timedelta(hours=1))
    assert on_duty([second, head]) == [head]
