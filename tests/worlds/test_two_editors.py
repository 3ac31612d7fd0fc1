"""R-ACC-162: the second of two editors overwrites nothing unseen, and loses nothing typed."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.catalogue import install_catalogue
from pulih.cases.actions.needing import record_needs
from pulih.cases.actions.planning import save_goal, start_plan
from pulih.cases.actions.referring import draft_referral
from pulih.cases.facts import Asked, Needed
from pulih.cases.intake_facts import GoalFacts
from pulih.cases.models import ServiceOffer
from pulih.common.errors import RuleError
from pulih.common.stamps import ChangedError, stamp_of
from pulih.papers.actions import draft_letter
from pulih.papers.facts import About
from pulih.people.actions.editing import edit_person
from pulih.people.drafts import Facts

STAMP = re.compile(r'name="stamp" value="([0-9a-f]{32})"')
ANCHORS = ("Jalanan", "Singgah", "Keluarga", "Menetap", "Mandiri")
GOAL = dict(zip(("much_less", "less", "expected", "more", "much_more"), ANCHORS, strict=True))


@pytest.fixture
def first(make_user):
    """Who opens the form first, and sends it last."""
    return make_user(full_name="Ratri Wulandari")


@pytest.fixture
def second(make_user):
    """Who saves in between."""
    return make_user(full_name="Damar Prasetyo")


@pytest.fixture
def case(make_case, first, second):
    """A case on which both work."""
    return make_case(lead=first, team=[second], stage="intervention")


def person(case, first):
    page = reverse("people:edit", args=[case.person_id])
    return page, page, {"full_name": "{}", "sex": "L"}


def need(case, first):
    (row,) = record_needs(case=case, needed=[Needed("food", "Beras")], by=first)
    page = reverse("cases:need_edit", args=[case.number, row.pk])
    return page, page, {"kind": "food", "text": "{}"}


def assessment(case, first):
    page = reverse("cases:assess", args=[case.number])
    return page, page, {"assessed_on": "2026-01-05", "problems": "{}", "social": "Sendiri"}


def referral(case, first):
    asked = Asked(target="hospital", to_name="RSJ Contoh", purpose="Perawatan")
    row = draft_referral(case=case, asked=asked, by=first)
    page = reverse("cases:edit_referral", args=[row.pk])
    return page, page, {"target": "hospital", "to_name": "RSJ", "purpose": "{}"}


def summary(case, first):
    start_plan(case=case, by=first)
    page = reverse("cases:plan_tab", args=[case.number])
    return page, reverse("cases:plan_summary", args=[case.number]), {"summary": "{}"}


def goal(case, first):
    plan = start_plan(case=case, by=first)
    row = save_goal(plan=plan, facts=GoalFacts("Pulang", "social", ANCHORS), by=first)
    page = reverse("cases:plan_tab", args=[case.number]) + f"?tujuan={row.pk}"
    sent = {**GOAL, "text": "{}", "area": "social", "baseline": "-1", "weight": "1"}
    return page, reverse("cases:plan_goal", args=[case.number, row.pk]), sent


def letter(case, first):
    about = About("cases.case", case.pk, "Kasus", "cases:detail", {"number": case.number})
    row = draft_letter(template="surat-keterangan", fields={}, about=about, by=first)
    page = reverse("papers:letter", args=[row.pk])
    return page, reverse("papers:change", args=[row.pk]), {"statement": "{}"}


KINDS = (person, need, assessment, referral, summary, goal, letter)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def stamps(text):
    return STAMP.findall(text)


def filled(sent, words):
    return {name: words if value == "{}" else value for name, value in sent.items()}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_second_to_save_is_told_and_may_save_again(kind, case, first, second):
    page, address, sent = kind(case, first)
    mine, other = browser(first), browser(second)
    stamp = {"stamp": stamps(mine.get(page).text)[-1]}

    saved = other.post(address, {**filled(sent, "Kata yang kedua"), **stamp})
    told = mine.post(address, {**filled(sent, "Kata saya"), **stamp})
    fresh = {"stamp": stamps(told.text)[-1]}
    again = mine.post(address, {**filled(sent, "Kata saya"), **fresh})

    assert (saved.status_code, told.status_code, again.status_code) == (302, 422, 302)
    assert "Damar Prasetyo" in told.text
    assert "Tidak ada yang ditimpa" in told.text
    assert "Kata saya" in told.text
    assert "Kata yang kedua" in told.text
    assert fresh != stamp


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_form_without_its_stamp_overwrites_nothing(kind, case, first):
    _page, address, sent = kind(case, first)

    assert browser(first).post(address, filled(sent, "Tanpa cap")).status_code == 422


def test_a_mistake_in_the_form_keeps_the_old_stamp(case, first, second):
    page, address, _sent = person(case, first)
    stamp = {"stamp": stamps(browser(first).get(page).text)[-1]}
    browser(second).post(address, {"full_name": "Sutini", **stamp})

    wrong = browser(first).post(address, {"full_name": "Sumini", "birth_year": "xx", **stamp})

    assert wrong.status_code == 422
    assert stamps(wrong.text) == [stamp["stamp"]]


def test_what_is_refused_leaves_no_line_in_the_trail(case, first, second):
    stale = stamp_of(case.person)
    edit_person(person=case.person, facts=Facts("Sutini", "P", None), by=second)
    before = AuditEvent.objects.count()

    with pytest.raises(ChangedError) as refusal:
        edit_person(person=case.person, facts=Facts("Sumini", "P", None), seen=stale, by=first)

    assert isinstance(refusal.value, RuleError)
    assert (refusal.value.rule, AuditEvent.objects.count()) == ("R-ACC-162", before)


def test_the_same_content_has_the_same_stamp_whoever_wrote_it(case, first, second):
    at_first = stamp_of(case.person)
    for name in ("Sutini", case.person.own_name):
        edited = edit_person(person=case.person, facts=Facts(name, "", None), by=second)

    assert stamp_of(edited) == at_first


def test_units_offers_and_users_carry_a_stamp(client, make_user, office, section):
    install_catalogue(office=office, by=None)
    offer = ServiceOffer.objects.filter(section=section).first()
    admin = make_user("administrator")
    client.force_login(admin)

    pages = (
        reverse("access:sections"),
        reverse("access:edit_user", args=[make_user().pk]),
        reverse("cases:offer_edit", args=[offer.pk]),
    )

    assert all(stamps(client.get(page).text) for page in pages)
