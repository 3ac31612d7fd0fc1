"""R-CASE-115: the minutes of a handover as a numbered letter."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from pulih.access.models import AuditEvent
from pulih.cases.actions.handing_over import accept_handover, propose_handover
from pulih.cases.actions.minuting import write_minutes
from pulih.cases.facts import Caseload
from pulih.common.errors import RuleError
from pulih.inbox.actions import When, open_task
from pulih.inbox.models import Subject
from pulih.papers.models import Letter
from pulih.papers.queries import get_letter


@pytest.fixture
def worker(make_user):
    return make_user(full_name="Hesti", position="Pekerja sosial")


@pytest.fixture
def successor(make_user):
    return make_user(full_name="Bagas", position="Pekerja sosial")


@pytest.fixture
def head(make_user):
    return make_user("section_head", full_name="Sekar", position="Kepala Bidang")


@pytest.fixture
def cases(make_case, worker, successor):
    sealed = make_case(lead=worker, sealed=True)
    sealed.compartment.members.create(user=successor, valid_from=sealed.opened_on, purpose="x")
    return [make_case(lead=worker), make_case(lead=worker, restricted=True), sealed]


@pytest.fixture
def waiting(cases, worker, successor, head, section):
    load = Caseload(
        worker=worker,
        section=section,
        to={case.pk: successor for case in cases},
        reason="Pindah",
        remarks={cases[0].pk: "Kabari RT dahulu"},
    )
    return propose_handover(caseload=load, by=head)


@pytest.fixture
def done(waiting, successor):
    return accept_handover(handover=waiting, by=successor)


def test_the_minutes_are_a_letter_with_number_and_pdf(done, successor, head):
    letter = write_minutes(handover=done, successor=successor, by=head)

    assert (letter.state, bool(letter.number), bool(letter.pdf)) == (
        Letter.State.ISSUED,
        True,
        True,
    )
    assert letter.fields["cases"][0]["summary"] == "Kabari RT dahulu"
    assert AuditEvent.objects.filter(verb="handover.minutes_written").count() == 1


def test_asking_again_gives_the_same_letter(done, successor, head):
    first = write_minutes(handover=done, successor=successor, by=head)

    assert write_minutes(handover=done, successor=successor, by=successor) == first


def test_a_sealed_case_is_not_in_it(done, successor, head, cases):
    letter = write_minutes(handover=done, successor=successor, by=head)

    assert {row["number"] for row in letter.fields["cases"]} == {c.number for c in cases[:2]}


def test_there_are_no_minutes_before_the_last_signature(waiting, successor, head):
    with pytest.raises(RuleError, match="after the last signature"):
        write_minutes(handover=waiting, successor=successor, by=head)


def test_only_who_signed_writes_them(done, successor, make_user):
    with pytest.raises(RuleError, match="by those who signed"):
        write_minutes(handover=done, successor=successor, by=make_user())


def test_they_are_read_by_who_may_know_of_every_case_in_it(
    done, successor, head, worker, make_user
):
    letter = write_minutes(handover=done, successor=successor, by=head)

    assert [get_letter(letter.pk, user=user) for user in (head, successor)] == [letter, letter]
    # The worker has left the team of the restricted case.
    for user in (worker, make_user()):
        with pytest.raises(Http404):
            get_letter(letter.pk, user=user)


def test_the_page_leads_to_the_letter(client, done, successor, head):
    client.force_login(head)
    address = reverse("cases:handover_letter", args=[done.pk, successor.pk])
    assert address in client.get(reverse("cases:handover", args=[done.pk])).text

    answer = client.post(address)
    letter = Letter.objects.unscoped(reason="test").get()
    assert answer.url == reverse("papers:letter", args=[letter.pk])


def test_the_page_offers_no_letter_for_somebody_who_took_nothing(client, done, head, make_user):
    client.force_login(head)
    address = reverse("cases:handover_letter", args=[done.pk, make_user().pk])

    assert client.post(address).status_code == 404


def test_they_are_in_indonesian_whoever_writes_them(make_case, worker, successor, head, section):
    case = make_case(lead=worker)
    open_task(
        kind="visit",
        title="Kunjungan",
        about=Subject.of(case, "cases:visit", number=case.number),
        to=worker,
        when=When(dt.date(2040, 8, 17)),
        by=worker,
    )
    load = Caseload(worker=worker, section=section, to={case.pk: successor}, reason="Pindah")
    handover = accept_handover(handover=propose_handover(caseload=load, by=head), by=successor)

    told = write_minutes(handover=handover, successor=successor, by=head).fields["cases"][0]

    with translation.override("id"):
        assert told["open_tasks"] == f"{date_format(dt.date(2040, 8, 17), 'j M Y')} Kunjungan"


def test_two_successors_of_one_name_have_minutes_of_their_own(
    make_case, make_user, worker, head, section
):
    first, second = make_user(full_name="Bagas"), make_user(full_name="Bagas")
    to = {make_case(lead=worker).pk: first, make_case(lead=worker).pk: second}
    load = Caseload(worker=worker, section=section, to=to, reason="Pindah")
    handover = propose_handover(caseload=load, by=head)
    accept_handover(handover=handover, by=first)
    done = accept_handover(handover=handover, by=second)

    letters = {write_minutes(handover=done, successor=one, by=head) for one in (first, second)}

    assert len(letters) == 2
