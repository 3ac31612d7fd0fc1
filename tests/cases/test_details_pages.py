"""R-CASE-60: the pages show the fields of the kind that is chosen, with what is known already."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from pulih.cases.actions.planning import save_service, start_plan
from pulih.cases.actions.referring import draft_referral, send_referral
from pulih.cases.actions.serving import request_service
from pulih.cases.facts import Asked
from pulih.cases.intake_facts import ServiceFacts
from pulih.cases.models import Referral
from pulih.common.clock import today


def details_of(browser, case, **asked):
    return browser.get(reverse("cases:details", args=[case.number]), asked).context["details"]


def test_the_fields_change_with_the_kind(browser, case):
    assert "carer" in details_of(browser, case, kind="B").fields
    assert "skill" in details_of(browser, case, kind="C").fields
    assert details_of(browser, case, kind="") is None


def test_beforehand_only_what_is_known_is_asked(browser, case):
    fields = details_of(browser, case, kind="C", untuk="rencana").fields

    assert set(fields) == {"skill", "trainer", "sessions"}
    assert not any(field.required for field in fields.values())


def test_a_service_of_the_plan_brings_what_was_planned(browser, make_case, lead):
    case = make_case(lead=lead, stage="planning")
    plan = start_plan(case=case, by=lead)
    facts = ServiceFacts(kind="C", details={"skill": "Menjahit", "sessions": 6})
    planned = save_service(plan=plan, facts=facts, by=lead)
    plan.state, plan.decided_by = "approved", None
    plan.save()

    form = details_of(browser, case, planned=str(planned.pk))

    assert (form.initial["skill"], form.initial["sessions"]) == ("Menjahit", 6)


def test_a_referral_fills_in_what_was_sent(browser, case, lead):
    asked = Asked(Referral.Target.HOSPITAL, "Pemeriksaan jiwa", to_name="RSUD Ngawi")
    referral = draft_referral(case=case, asked=asked, by=lead)
    send_referral(referral=referral, on=today(), due_on=today() + dt.timedelta(days=7), by=lead)

    form = details_of(browser, case, kind="K")

    assert (form.initial["to"], form.initial["purpose"]) == ("RSUD Ngawi", "Pemeriksaan jiwa")
    assert (form.initial["sent_on"], form.initial["answered"]) == (today(), "waiting")


def test_a_request_fills_in_what_was_asked_for(browser, case, lead):
    details = {"need": "food", "item": "Beras"}
    record = request_service(case=case, kind="H", on=today(), details=details, by=lead)

    form = browser.get(reverse("cases:fulfil", args=[record.pk])).context["details"]

    assert form.initial["item"] == "Beras"


def test_what_is_missing_in_the_form_is_shown_at_its_field(browser, case):
    response = browser.post(
        reverse("cases:serve", args=[case.number]), {"kind": "F", "on": today(), "hours": "1"}
    )

    assert response.status_code == 422
    assert {"goal", "reached"} == response.context["details"].errors.keys()


def test_a_service_has_a_page_with_all_that_was_answered(browser, case):
    browser.post(
        reverse("cases:serve", args=[case.number]),
        {
            "kind": "F",
            "on": today(),
            "hours": "1",
            "d-goal": "Berani bercerita",
            "d-reached": "3",
            "d-words": "Saya lega",
        },
    )
    record = case.services.get(form_version="1")

    page = browser.get(reverse("cases:service", args=[record.pk])).text

    assert "Berani bercerita" in page
    assert "Saya lega" in page


def test_the_page_of_a_service_is_closed_to_who_sees_no_case(client, make_user, case, lead):
    record = request_service(case=case, kind="H", on=today(), by=lead)
    client.force_login(make_user("front_desk"))

    assert client.get(reverse("cases:service", args=[record.pk])).status_code == 403


def test_a_service_of_a_sealed_case_is_not_there_for_others(client, make_user, make_case, lead):
    sealed = make_case(lead=lead, stage="intervention", sealed=True)
    record = request_service(case=sealed, kind="H", on=today(), by=lead)
    client.force_login(make_user())

    assert client.get(reverse("cases:service", args=[record.pk])).status_code == 404
    assert client.get(reverse("cases:details", args=[sealed.number])).status_code == 404


def test_a_session_asks_everyone_who_is_ticked(browser, make_case, lead):
    case = make_case(lead=lead)

    response = browser.post(
        reverse("cases:session_details"),
        {"kind": "D", "cases": [str(case.pk)], "d-subject": "Sabar"},
    )

    assert response.context["details"].initial["subject"] == "Sabar"
    assert [one["key"] for one in response.context["each"]] == [case.pk]
    assert "change" in response.context["each"][0]["form"].fields


def test_a_session_asks_nobody_whose_case_is_not_ones_own(browser, make_case):
    other = make_case()

    response = browser.post(
        reverse("cases:session_details"), {"kind": "D", "cases": [str(other.pk)]}
    )

    assert response.context["each"] == []


def test_the_plan_keeps_what_the_form_asks_beforehand(browser, make_case, lead):
    case = make_case(lead=lead, stage="planning")
    plan = start_plan(case=case, by=lead)

    browser.post(
        reverse("cases:plan_service_new", args=[case.number]),
        {"kind": "G", "d-barrier": "device", "d-object": "Kursi roda"},
    )

    assert plan.services.get().details == {"barrier": "device", "object": "Kursi roda"}
