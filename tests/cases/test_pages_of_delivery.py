"""The pages of services, referrals and endings: who gets in, what is refused, what is kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from pulih.cases.models import Closure, Referral, ServiceRecord
from pulih.cases.stages import Stage
from pulih.common.clock import today

READ_PAGES = ("detail", "services", "referrals", "documents", "ending", "conferences")
WORK_PAGES = ("serve", "request", "refer", "note", "ask", "confer", "rate", "follow_up", "close")


@pytest.mark.parametrize("page", READ_PAGES + WORK_PAGES)
@pytest.mark.parametrize("role", ["front_desk", "examiner", "auditor", "administrator"])
def test_who_reads_no_case_gets_403(client, make_user, case, page, role):
    client.force_login(make_user(role))

    assert client.get(reverse(f"cases:{page}", args=[case.number])).status_code == 403


@pytest.mark.parametrize("page", READ_PAGES)
def test_for_a_student_without_a_grant_there_is_no_case(client, make_user, case, page):
    client.force_login(make_user("student"))

    assert client.get(reverse(f"cases:{page}", args=[case.number])).status_code == 404


@pytest.mark.parametrize("page", WORK_PAGES)
def test_a_colleague_reads_an_open_case_and_works_on_none(client, make_user, case, page):
    client.force_login(make_user())

    assert client.get(reverse("cases:detail", args=[case.number])).status_code == 200
    assert client.get(reverse(f"cases:{page}", args=[case.number])).status_code == 403


def test_without_a_login_the_answer_is_the_login(client, case):
    response = client.get(reverse("cases:detail", args=[case.number]))

    assert response.status_code == 302
    assert "masuk" in response["Location"]


def test_a_service_is_recorded_from_the_phone(client, case, lead):
    client.force_login(lead)

    response = client.post(
        reverse("cases:serve", args=[case.number]),
        {
            "kind": "E",
            "on": today(),
            "hours": "1.5",
            "d-activity": "Latihan berjalan",
            "d-ability": "2",
        },
    )

    assert response.status_code == 302
    assert case.services.get(kind="E").state == ServiceRecord.State.PROVIDED


def test_a_service_of_the_plan_brings_its_kind(client, case, lead):
    planned = case.plans.get().services.get()
    client.force_login(lead)

    client.post(
        reverse("cases:serve", args=[case.number]),
        {
            "planned": str(planned.pk),
            "on": today(),
            "hours": "1",
            "d-goal": "Berani bercerita",
            "d-reached": "2",
        },
    )

    assert case.services.get(planned=planned).kind == planned.kind


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "E", "hours": "0", "on": "2026-01-05"}, "hours"),
        ({"kind": "E", "hours": "1", "on": "2099-01-05"}, "on"),
        ({"kind": "", "hours": "1", "on": "2026-01-05"}, "kind"),
    ],
)
def test_a_refused_service_names_its_field(client, case, lead, values, field):
    client.force_login(lead)

    response = client.post(reverse("cases:serve", args=[case.number]), values)

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_a_request_is_given_and_another_one_dropped(client, case, lead):
    client.force_login(lead)
    for kind in "HG":
        client.post(
            reverse("cases:request", args=[case.number]), {"kind": kind, "on": today(), "text": "x"}
        )
    wanted, unwanted = case.services.get(kind="H"), case.services.get(kind="G")

    client.post(
        reverse("cases:fulfil", args=[wanted.pk]),
        {"on": today(), "hours": "1", "d-need": "health", "d-item": "Kursi roda"},
    )
    client.post(
        reverse("cases:drop", args=[unwanted.pk]),
        {"state": "declined", "on": today(), "reason": "Tidak jadi."},
    )

    assert {record.kind: record.state for record in case.services.all()} == {
        "H": "provided",
        "G": "declined",
    }


def test_a_drop_without_a_reason_is_422(client, case, lead):
    record = case.services.create(
        kind="H", state="requested", requested_on=today(), recorded_by=lead
    )
    client.force_login(lead)

    response = client.post(reverse("cases:drop", args=[record.pk]), {"state": "declined"})

    assert response.status_code == 422
    assert {"reason", "on"} <= response.context["form"].errors.keys()


def test_a_case_moves_by_its_button(client, case, lead):
    case.services.create(kind="F", state="provided", provided_on=today(), recorded_by=lead)
    client.force_login(lead)

    response = client.post(reverse("cases:move", args=[case.number]), {"to": "5"})

    case.refresh_from_db()
    assert response.status_code == 302
    assert case.stage == Stage.RESOCIALISATION


@pytest.mark.parametrize("to", ["5", "3", "6", "x", ""])
def test_a_move_that_is_blocked_or_unknown_is_422_and_says_why(client, case, lead, to):
    client.force_login(lead)

    response = client.post(reverse("cases:move", args=[case.number]), {"to": to})

    assert response.status_code == 422
    assert response.context["refused"]


def test_the_page_says_what_blocks_the_case_and_where_it_is_mended(client, case, lead):
    client.force_login(lead)

    response = client.get(reverse("cases:detail", args=[case.number]))

    assert reverse("cases:serve", args=[case.number]) in response.text
    assert any(step.blockers for step in response.context["forward_steps"])


def test_a_referral_goes_from_draft_to_its_letter(client, case, lead):
    client.force_login(lead)
    asked = {"target": "hospital", "to_name": "RSJ Contoh", "purpose": "Perawatan", "told": "Umum."}

    client.post(reverse("cases:refer", args=[case.number]), asked)
    referral = Referral.objects.unscoped(reason="test").get()
    client.post(
        reverse("cases:send_referral", args=[referral.pk]),
        {"on": today(), "due_on": today() + dt.timedelta(days=7)},
    )
    letter = client.post(reverse("cases:letter", args=[referral.pk]), follow=True)

    assert "/kasus/rujukan/jawab/" in letter.text
    assert case.person.name not in letter.text


def test_the_letter_carries_the_name_only_when_the_worker_chose_it(client, case, lead):
    client.force_login(lead)
    asked = {
        "target": "hospital",
        "to_name": "RSJ Contoh",
        "purpose": "Perawatan",
        "names_client": "on",
    }
    client.post(reverse("cases:refer", args=[case.number]), asked)
    referral = Referral.objects.unscoped(reason="test").get()

    letter = client.post(reverse("cases:letter", args=[referral.pk]), follow=True)

    assert case.person.name in letter.text
    assert "/kasus/rujukan/jawab/" not in letter.text


def test_the_page_of_a_referral_leads_to_its_letter(client, case, lead):
    client.force_login(lead)
    asked = {"target": "hospital", "to_name": "RSJ Contoh", "purpose": "Perawatan"}
    client.post(reverse("cases:refer", args=[case.number]), asked)
    referral = Referral.objects.unscoped(reason="test").get()
    address = reverse("cases:letter", args=[referral.pk])

    assert client.get(address).status_code == 200
    written = client.post(address)
    assert client.get(address).url == written.url


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"target": "hospital", "purpose": "x"}, "to_name"),
        ({"target": "section", "purpose": "x"}, "to_section"),
        ({"target": "hospital", "to_name": "RSJ Contoh"}, "purpose"),
    ],
)
def test_a_refused_referral_names_its_field(client, case, lead, values, field):
    client.force_login(lead)

    response = client.post(reverse("cases:refer", args=[case.number]), values)

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_a_case_is_ended_on_its_page(client, case, lead):
    client.force_login(lead)

    response = client.post(
        reverse("cases:close", args=[case.number]),
        {"reason": "moved", "outcome": "unknown", "evidence": "Pindah domisili.", "on": today()},
    )

    assert response.status_code == 302
    assert case.closures.get().reason == Closure.Reason.MOVED


def test_an_end_that_lacks_something_is_422_and_says_what(client, case, lead):
    client.force_login(lead)

    response = client.post(
        reverse("cases:close", args=[case.number]),
        {"reason": "goals_met", "outcome": "restored", "evidence": "x", "on": today()},
    )

    assert response.status_code == 422
    assert response.context["form"].non_field_errors()


def test_a_task_is_asked_of_the_team(client, case, lead):
    client.force_login(lead)

    response = client.post(
        reverse("cases:ask", args=[case.number]),
        {"title": "Telepon RT", "to": str(lead.pk), "priority": "2", "recurrence": "none"},
    )

    assert response.status_code == 302
    assert "Telepon RT" in client.get(reverse("cases:detail", args=[case.number])).text


def test_a_task_for_somebody_outside_the_team_is_422(client, case, lead, make_user):
    client.force_login(lead)

    response = client.post(
        reverse("cases:ask", args=[case.number]),
        {"title": "x", "to": str(make_user().pk), "priority": "2", "recurrence": "none"},
    )

    assert response.status_code == 422
    assert "to" in response.context["form"].errors


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "99999", "9" * 30])
def test_a_page_number_that_cannot_be_shows_the_first_page(client, case, lead, number):
    client.force_login(lead)

    for url in (reverse("cases:services", args=[case.number]), reverse("cases:sessions")):
        assert client.get(url, {"page": number}).status_code == 200
