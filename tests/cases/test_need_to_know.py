"""R-CASE-52, R-CASE-53: a case outside the need to know does not exist; looks are recorded."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from pulih.access.models import AuditEvent, Section
from pulih.cases.actions.referring import draft_referral, send_referral
from pulih.cases.actions.serving import provide_service, request_service
from pulih.cases.facts import Asked, Given
from pulih.common.clock import today

CASE_PAGES = (
    "detail",
    "assessment_tab",
    "plan_tab",
    "services",
    "referrals",
    "documents",
    "ending",
    "conferences",
    "serve",
    "request",
    "refer",
    "note",
    "ask",
    "confer",
    "rate",
    "follow_up",
    "close",
)
SERVICE_PAGES = ("fulfil", "drop")
REFERRAL_PAGES = ("referral", "edit_referral", "letter")


@pytest.fixture(params=["restricted", "sealed"])
def hidden(request, make_case, lead):
    return make_case(lead=lead, stage="intervention", **{request.param: True})


@pytest.fixture
def outsider(client, make_user):
    user = make_user()
    client.force_login(user)
    return user


def without_noise(response, number):
    """The bytes of an answer without its random token and without the address that was asked."""
    text = re.sub(r'("X-CSRFToken": |value=")["\w]{64,66}', "", response.text)
    return response.status_code, dict(response.headers), text.replace(number, "")


@pytest.mark.parametrize("page", CASE_PAGES)
def test_a_page_of_a_hidden_case_answers_404(client, outsider, hidden, page):
    assert client.get(reverse(f"cases:{page}", args=[hidden.number])).status_code == 404


@pytest.mark.parametrize("page", ["move", "reopen"])
def test_nothing_is_posted_to_a_hidden_case(client, make_user, hidden, page, office):
    head = make_user("section_head", section=office.sections.get(kind=Section.Kind.SECURITY))
    client.force_login(head)

    assert client.post(reverse(f"cases:{page}", args=[hidden.number])).status_code == 404


def test_a_hidden_case_answers_byte_for_byte_like_an_absent_one(client, outsider, hidden):
    absent = "K-2026-70000"

    found = client.get(reverse("cases:detail", args=[hidden.number]))
    missing = client.get(reverse("cases:detail", args=[absent]))

    assert without_noise(found, hidden.number) == without_noise(missing, absent)


@pytest.mark.parametrize("page", SERVICE_PAGES)
def test_a_service_of_a_hidden_case_is_no_side_door(client, outsider, hidden, lead, page):
    record = request_service(case=hidden, kind="H", on=today(), by=lead)

    assert client.get(reverse(f"cases:{page}", args=[record.pk])).status_code == 404


@pytest.mark.parametrize("page", REFERRAL_PAGES)
def test_a_referral_of_a_hidden_case_is_no_side_door(client, outsider, hidden, lead, page):
    asked = Asked(target="hospital", to_name="RSJ Contoh", purpose="Perawatan")
    referral = draft_referral(case=hidden, asked=asked, by=lead)

    assert client.get(reverse(f"cases:{page}", args=[referral.pk])).status_code == 404


def test_an_absent_referral_answers_404_too(client, outsider):
    assert client.get(reverse("cases:referral", args=[uuid4()])).status_code == 404


def test_the_list_holds_no_hidden_case(client, outsider, hidden):
    name = hidden.person.name

    for query in ({}, {"text": hidden.number}, {"text": name}):
        # The words that were searched for come back in their field; a row has a link.
        assert f"/kasus/{hidden.number}/" not in client.get(reverse("cases:list"), query).text


def test_a_persons_page_lists_no_hidden_case(client, outsider, hidden, make_case):
    plain = make_case(person=hidden.person) if not hidden.compartment_id else None

    text = client.get(reverse("cases:person_cases", args=[hidden.person_id])).text

    assert hidden.number not in text
    assert plain is None or plain.number in text


def test_from_the_open_entry_only_who_is_named_finds_the_sealed_case(
    client, make_case, lead, make_user
):
    plain = make_case(lead=lead)
    sealed = make_case(lead=lead, sealed=True, open_entry=plain.person)
    url = reverse("cases:person_cases", args=[plain.person_id])

    client.force_login(lead)
    seen = client.get(url).text
    client.force_login(make_user())
    unseen = client.get(url).text

    assert sealed.number in seen
    assert sealed.number not in unseen


def test_the_team_sees_what_others_do_not(client, hidden, lead):
    client.force_login(lead)

    assert client.get(reverse("cases:detail", args=[hidden.number])).status_code == 200
    assert hidden.number in client.get(reverse("cases:list")).text


def test_the_kind_of_a_sealed_case_is_neither_shown_nor_filtered_for(client, make_case, lead):
    sealed = make_case(lead=lead, sealed=True, ppks_kind=11)
    client.force_login(lead)

    page = client.get(reverse("cases:detail", args=[sealed.number]))
    narrowed = client.get(reverse("cases:list"), {"kind": "11"})

    assert "Gelandangan" not in page.text
    assert sealed.number not in narrowed.text


def test_a_sealed_name_is_found_by_its_member_alone(client, make_case, lead, make_user):
    sealed = make_case(lead=lead, sealed=True)
    query = {"text": sealed.person.name.upper()}

    client.force_login(lead)
    seen = client.get(reverse("cases:list"), query).text
    client.force_login(make_user("section_head"))
    unseen = client.get(reverse("cases:list"), query).text

    assert sealed.number in seen
    assert sealed.number not in unseen


@pytest.fixture
def head_of_protection(make_user, office):
    protection = office.sections.get(kind=Section.Kind.PROTECTION)
    return make_user("section_head", section=protection)


def refer_inside(case, lead, head, **told):
    (section_id,) = head.section_ids
    asked = Asked(
        target="section",
        to_section=Section.objects.get(pk=section_id),
        purpose="Pendampingan",
        **told,
    )
    draft = draft_referral(case=case, asked=asked, by=lead)
    due = today() + dt.timedelta(days=7)
    return send_referral(referral=draft, on=today(), due_on=due, by=lead)


def test_the_section_that_is_asked_sees_what_was_told_and_not_the_case(
    client, make_case, lead, head_of_protection
):
    case = make_case(lead=lead, stage="intervention", restricted=True)
    referral = refer_inside(case, lead, head_of_protection, told="Anak usia sekolah.")
    client.force_login(head_of_protection)

    page = client.get(reverse("cases:answer", args=[referral.pk]))

    assert "Anak usia sekolah." in page.text
    assert case.person.name not in page.text
    assert case.number not in page.text


def test_the_section_that_is_asked_has_no_way_into_the_case(
    client, make_case, lead, head_of_protection
):
    case = make_case(lead=lead, stage="intervention", restricted=True)
    referral = refer_inside(case, lead, head_of_protection)
    client.force_login(head_of_protection)

    for name, key in (("detail", case.number), ("referral", referral.pk), ("letter", referral.pk)):
        assert client.get(reverse(f"cases:{name}", args=[key])).status_code == 404


def test_a_draft_is_not_seen_by_the_section_it_will_ask(
    client, make_case, lead, head_of_protection, office
):
    case = make_case(lead=lead, stage="intervention", restricted=True)
    protection = office.sections.get(kind=Section.Kind.PROTECTION)
    asked = Asked(target="section", to_section=protection, purpose="Pendampingan")
    draft = draft_referral(case=case, asked=asked, by=lead)
    client.force_login(head_of_protection)

    assert client.get(reverse("cases:answer", args=[draft.pk])).status_code == 404
    assert draft.number not in client.get(reverse("cases:incoming")).text


def test_a_sealed_referral_is_seen_only_by_who_is_named(
    client, make_case, lead, head_of_protection
):
    case = make_case(lead=lead, stage="intervention", sealed=True)
    referral = refer_inside(case, lead, head_of_protection)
    client.force_login(head_of_protection)

    assert client.get(reverse("cases:answer", args=[referral.pk])).status_code == 404


def test_totals_and_services_count_for_who_sees_the_case(client, make_case, lead, make_user):
    case = make_case(lead=lead, stage="intervention")
    provide_service(case=case, given=Given("E", today(), Decimal(2)), by=lead)
    client.force_login(make_user())

    response = client.get(reverse("cases:services", args=[case.number]))

    assert response.status_code == 200
    assert [(total.code, total.hours) for total in response.context["totals"]] == [
        ("E", Decimal(2))
    ]


def test_files_of_a_hidden_case_are_no_side_door(client, outsider, hidden):
    url = reverse("files:panel", args=["cases.case", hidden.pk])

    assert client.get(url).status_code == 404


def test_opening_a_closely_held_case_is_written_down(client, hidden, lead):
    client.force_login(lead)

    client.get(reverse("cases:services", args=[hidden.number]))

    event = AuditEvent.objects.get(verb="case.read")
    assert (event.actor, event.subject_id) == (lead, str(hidden.pk))
    assert event.compartment_id == hidden.compartment_id


def test_opening_an_open_case_writes_nothing(client, make_case, lead):
    client.force_login(lead)

    client.get(reverse("cases:detail", args=[make_case(lead=lead).number]))

    assert not AuditEvent.objects.filter(verb="case.read").exists()
