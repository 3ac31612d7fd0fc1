"""The demonstration: every role has a full day, and the founding story keeps its dates."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import transaction
from django.urls import reverse

from pulih.access.models import User
from pulih.cases.catalogue import SHIPPED
from pulih.cases.models import Case, CounterService, ServiceOffer
from pulih.cases.stages import Stage
from pulih.common.clock import today
from pulih.config.demo.build import build_demo
from pulih.config.demo.cast import CAST
from pulih.config.demo.people import invent_person
from pulih.desk.models import Ticket
from pulih.desk.queries import desk_of
from pulih.people.models import Person, Region

WHY = "the demonstration is counted"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demonstration of today, in a transaction that is rolled back."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        build_demo(today=today(), say=lambda text: None)
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def test_there_are_about_two_thousand_people_and_three_hundred_cases():
    assert 1950 <= Person.objects.unscoped(reason=WHY).count() <= 2050
    assert 290 <= Case.objects.unscoped(reason=WHY).count() <= 310


def test_every_stage_and_section_has_cases():
    cases = Case.objects.unscoped(reason=WHY)

    assert set(cases.values_list("stage", flat=True)) == set(Stage.values)
    assert cases.values("section").distinct().count() == 4


def test_no_case_lies_in_the_future():
    cases = Case.objects.unscoped(reason=WHY)

    assert not cases.filter(opened_on__gt=today()).exists()


@pytest.mark.parametrize("username", [player.username for player in CAST if player.listed])
def test_every_role_finds_something_due_new_waiting_and_blocked(username):
    desk = desk_of(User.objects.get(username=username), today=today())

    assert desk.day.due
    assert desk.day.new or desk.day.notices or desk.reports
    assert desk.day.waiting
    assert desk.day.blocked or desk.blocked


def test_the_founding_story_keeps_its_dates():
    cases = Case.objects.unscoped(reason=WHY).filter(opened_on__year=2021)

    days = set(cases.values_list("opened_on", flat=True))

    assert days == {dt.date(2021, 1, 12), dt.date(2021, 1, 14)}


def test_the_child_of_the_story_is_sealed(client):
    sealed = Case.objects.unscoped(reason=WHY).filter(compartment__isnull=False)
    case = sealed.get(opened_on=dt.date(2021, 1, 14))
    client.force_login(User.objects.get(username="peksos"))

    assert client.get(reverse("cases:detail", args=[case.number])).status_code == 404


def test_the_same_chance_gives_the_same_person():
    villages = list(Region.objects.filter(level=Region.Level.VILLAGE).order_by("code"))

    one, other = (invent_person(random.Random(5), villages, today()) for _ in range(2))

    assert one == other


def _ended(offer):
    """What has ended of a service: at the counter, or as cases of its kind."""
    if offer.kind == ServiceOffer.Kind.COUNTER:
        return offer.served.filter(state=CounterService.State.DONE).count()
    cases = Case.objects.unscoped(reason=WHY)
    return cases.filter(ppks_kind=offer.ppks_kind, ended_on__isnull=False).count()


@pytest.mark.parametrize("code", [shipped.code for shipped in SHIPPED])
def test_of_every_service_of_the_catalogue_at_least_five_have_ended(code):
    assert _ended(ServiceOffer.objects.get(code=code)) >= 5


def test_the_queue_of_the_day_has_every_state():
    tickets = Ticket.objects.unscoped(reason=WHY).filter(day_on=today())

    assert set(tickets.values_list("state", flat=True)) == set(Ticket.State.values)
    assert tickets.count() >= 20


def test_counter_services_stand_in_every_running_state():
    rows = CounterService.objects.unscoped(reason=WHY)

    assert {"open", "waiting", "done", "raised"} <= set(rows.values_list("state", flat=True))
    assert not rows.filter(started_at__date__gt=today()).exists()
