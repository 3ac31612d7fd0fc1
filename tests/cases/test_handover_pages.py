"""The pages of a caseload that changes hands: 200, 302, 403, 404, 422."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pulih.cases.models import CaseloadHandover


@pytest.fixture
def worker(make_user):
    return make_user(full_name="Hesti", language="en")


@pytest.fixture
def successor(make_user):
    return make_user(full_name="Bagas")


@pytest.fixture
def head(make_user):
    return make_user("section_head", language="en")


@pytest.fixture
def cases(make_case, worker):
    return [make_case(lead=worker, stage="intervention") for _ in range(2)]


@pytest.fixture
def start(worker, section, cases):
    return reverse("cases:handover_new", args=[worker.pk, section.pk])


@pytest.fixture
def waiting(client, start, worker, successor):
    client.force_login(worker)
    client.post(start, {"successor": successor.pk, "reason": "Pindah", "worker_leaves": "on"})
    return CaseloadHandover.objects.unscoped(reason="test").get()


def post(client, user, page, handover, **values):
    client.force_login(user)
    return client.post(reverse(f"cases:{page}", args=[handover.pk]), values)


def test_the_list_offers_the_caseloads_that_can_be_handed_over(client, head, start):
    client.force_login(head)

    assert start in client.get(reverse("cases:handovers")).text


def test_the_form_shows_each_case_with_how_it_stands(client, worker, start, cases):
    client.force_login(worker)
    text = client.get(start).text

    assert all(case.number in text and case.person.name in text for case in cases)


def test_a_caseload_is_split_on_the_form(client, worker, successor, start, cases, make_user):
    other = make_user()
    client.force_login(worker)
    sent = {"successor": successor.pk, "reason": "Pindah", f"to_{cases[1].pk}": other.pk}
    client.post(start, sent)

    handover = CaseloadHandover.objects.unscoped(reason="test").get()
    assert list(handover.lines.values_list("successor", flat=True)) == [successor.pk, other.pk]


def test_without_a_successor_the_form_is_refused(client, worker, start):
    client.force_login(worker)

    assert client.post(start, {"reason": "Pindah"}).status_code == 422


def test_the_caseload_of_a_colleague_is_not_found(client, make_user, start):
    client.force_login(make_user())

    assert client.get(start).status_code == 404


def test_who_signs_sees_the_buttons_of_their_own(client, waiting, worker, successor, head):
    seen = {}
    for user in (worker, successor, head):
        client.force_login(user)
        context = client.get(reverse("cases:handover", args=[waiting.pk])).context
        seen[user] = (context["can_accept"], context["can_countersign"], context["can_withdraw"])

    assert seen == {
        worker: (False, False, True),
        successor: (True, False, False),
        head: (False, True, False),
    }


def test_signatures_are_given_on_the_page(client, waiting, successor, head, cases):
    post(client, successor, "handover_sign", waiting)
    post(client, head, "handover_sign", waiting, **{"as": "head"})

    waiting.refresh_from_db()
    assert waiting.state == CaseloadHandover.State.DONE
    assert cases[0].team.get(is_lead=True, left_on=None).user == successor


def test_a_signature_that_is_not_asked_for_is_refused(client, waiting, worker):
    assert post(client, worker, "handover_sign", waiting).status_code == 422


def test_it_is_refused_and_withdrawn_with_a_reason(client, waiting, successor, worker):
    assert post(client, successor, "handover_end", waiting, reason="").status_code == 422
    answer = post(client, worker, "handover_end", waiting, **{"as": "starter", "reason": "Batal"})

    waiting.refresh_from_db()
    assert answer.status_code == 302
    assert waiting.state == CaseloadHandover.State.WITHDRAWN


def test_the_worker_adds_a_remark(client, waiting, worker):
    line = waiting.lines.first()
    client.force_login(worker)
    address = reverse("cases:handover_remarks", args=[waiting.pk, line.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, {"remarks": "Kabari RT dahulu"}).status_code == 302
    assert "Kabari RT" in client.get(reverse("cases:handover_minutes", args=[waiting.pk])).text


def test_a_handover_of_others_is_not_found(client, waiting, make_user):
    client.force_login(make_user())

    for page in ("handover", "handover_minutes"):
        assert client.get(reverse(f"cases:{page}", args=[waiting.pk])).status_code == 404


def test_the_minutes_say_that_they_are_a_draft_until_all_have_signed(
    client, waiting, worker, successor, head
):
    address = reverse("cases:handover_minutes", args=[waiting.pk])
    client.force_login(worker)
    assert "DRAFT" in client.get(address).text

    post(client, successor, "handover_sign", waiting)
    post(client, head, "handover_sign", waiting, **{"as": "head"})
    client.force_login(head)
    assert "DRAFT" not in client.get(address).text


def test_a_large_caseload_opens_with_few_questions(
    client, make_case, worker, start, django_assert_max_num_queries
):
    for _ in range(6):
        make_case(lead=worker)
    client.force_login(worker)

    with django_assert_max_num_queries(30):
        client.get(start)
