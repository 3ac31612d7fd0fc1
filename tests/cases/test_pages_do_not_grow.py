"""No page of a case asks the database more often because there is more to show."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pulih.cases.actions.catalogue import install_catalogue
from pulih.cases.actions.drawing import add_place
from pulih.cases.actions.hearing import hear_client
from pulih.cases.actions.measuring import take_measurement
from pulih.cases.actions.needing import record_needs
from pulih.cases.actions.referring import draft_referral, send_referral
from pulih.cases.actions.serving import provide_service
from pulih.cases.drawing.figures import Strength
from pulih.cases.facts import Asked, Given, Level, Needed
from pulih.cases.instruments import FUNCTIONING
from pulih.cases.intake_facts import Answers
from pulih.cases.models import ServiceOffer
from pulih.common.clock import today
from pulih.people.models import Kinship

COUNSEL = {"goal": "Berani bercerita", "reached": "2", "setting": "single"}
TALKED = {"physical": 1, "mental": 2, "social": 1, "skills": 0}

PAGES = (
    *("detail", "needs", "family", "family_print", "own_page", "hear", "services"),
    *("assessment_tab", "plan_tab", "referrals", "rate", "team", "unit_set", "visit", "serve"),
)


def fill(case, lead, make_person, times):
    """As much of everything as a case has, `times` over."""
    goal = case.plans.get().goals.get()
    for number in range(times):
        needed = Needed("other", text=f"Perlu {number}", owner=lead, helper=f"Desa {number}")
        record_needs(case=case, needed=[needed], by=lead)
        given = Given("F", today(), Decimal(1), details=COUNSEL)
        provide_service(case=case, given=given, by=lead)
        take_measurement(
            case=case, code=FUNCTIONING, answers=Answers(TALKED, today(), "observer"), by=lead
        )
        hear_client(case=case, levels={goal.pk: Level(0)}, mode="client", on=today(), by=lead)
        add_place(case=case, name=f"Tetangga {number}", strength=Strength.STRONG, by=lead)
        kin = make_person(full_name=f"Saudara {number}")
        case.person.kin.create(relation=Kinship.Relation.SIBLING, other=kin)
        asked = Asked("hospital", "Pemeriksaan", to_name=f"RSUD {number}")
        referral = draft_referral(case=case, asked=asked, by=lead)
        send_referral(referral=referral, on=today(), due_on=today() + dt.timedelta(7), by=lead)


def asked_by(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", PAGES)
def test_a_full_case_is_read_as_often_as_a_thin_one(browser, case, lead, make_person, page):
    address = reverse(f"cases:{page}", args=[case.number])
    fill(case, lead, make_person, 1)
    browser.get(address)
    thin = asked_by(browser, address)
    fill(case, lead, make_person, 6)

    assert asked_by(browser, address) <= thin


def test_the_catalogue_is_read_as_often_however_long_it_is(client, make_user, office):
    install_catalogue(office=office, by=None)
    client.force_login(make_user("section_head"))
    address = reverse("cases:catalogue")
    client.get(address)
    long = asked_by(client, address)
    ServiceOffer.objects.filter(position__gt=1).delete()

    assert asked_by(client, address) == long
    assert long <= 12


@pytest.mark.parametrize("page", ["handovers", "workload", "sessions", "instruments"])
def test_lists_are_read_as_often_with_more_workers(client, make_case, make_user, page):
    client.force_login(make_user("section_head"))
    address = reverse(f"cases:{page}")
    make_case()
    client.get(address)
    few = asked_by(client, address)
    for _number in range(6):
        make_case(team=[make_user()])

    assert asked_by(client, address) == few
