"""Refusals are in the trail, and what is hidden takes the same way as what is not there."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pulih.access.models import AuditEvent


@pytest.fixture
def worker(make_user):
    return make_user()


def last_of(user):
    return AuditEvent.objects.filter(actor=user).order_by("sequence").last()


def test_a_look_at_a_hidden_case_is_in_the_trail(client, make_case, worker):
    case = make_case(sealed=True)
    client.force_login(worker)

    assert client.get(reverse("cases:detail", args=[case.number])).status_code == 404

    event = last_of(worker)
    assert event.verb == "record.denied"
    assert (event.subject_kind, event.subject_id) == ("cases.case", str(case.pk))
    assert event.compartment_id == case.compartment_id


def test_a_number_that_is_nobodys_is_in_the_trail_without_a_record(client, worker):
    client.force_login(worker)

    client.get(reverse("cases:detail", args=["K-2026-99999"]))

    event = last_of(worker)
    assert (event.verb, event.subject_id) == ("record.missing", "")
    assert event.detail["named"] == ["K-2026-99999"]


def test_hidden_and_absent_are_asked_in_as_many_statements(client, make_case, worker):
    hidden = make_case(sealed=True)
    client.force_login(worker)
    addresses = [reverse("cases:detail", args=[number]) for number in (hidden.number, "K-2026-1")]
    client.get(addresses[1])  # the first line of an office makes its head

    asked = [count_of(client, address) for address in addresses]

    assert asked[0] == asked[1]


def count_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_a_hidden_person_is_denied_by_key(client, make_case, worker):
    person = make_case(sealed=True).person
    client.force_login(worker)

    client.get(reverse("people:detail", args=[person.pk]))

    assert (last_of(worker).verb, last_of(worker).subject_id) == ("record.denied", str(person.pk))


def test_a_key_that_is_nobodys_is_missing(client, worker):
    client.force_login(worker)

    client.get(reverse("people:detail", args=[uuid.uuid4()]))

    assert last_of(worker).verb == "record.missing"


def test_a_page_that_the_role_does_not_open_is_in_the_trail(client, worker):
    client.force_login(worker)

    assert client.get(reverse("access:trail")).status_code == 403

    assert last_of(worker).verb == "page.refused"
    assert last_of(worker).detail == {"page": "access:trail", "named": []}


def test_work_on_a_case_that_one_may_only_read_is_a_refusal_of_the_record(
    client, make_case, worker
):
    case = make_case()
    client.force_login(worker)

    assert client.get(reverse("cases:note", args=[case.number])).status_code == 403

    assert (last_of(worker).verb, last_of(worker).subject_id) == ("record.refused", str(case.pk))


def test_an_address_that_leads_nowhere_writes_nothing(client, worker):
    client.force_login(worker)
    before = AuditEvent.objects.count()

    client.get("/tidak-ada/")

    assert AuditEvent.objects.count() == before


def test_who_is_not_logged_in_writes_nothing(client, make_case):
    client.get(reverse("cases:detail", args=[make_case(sealed=True).number]))

    assert not AuditEvent.objects.filter(verb__startswith="record.").exists()
