"""R-DESK-3, R-DESK-4: waiting numbers of the day, called in turn, and never with a name."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.desk.actions.queueing import call_again, call_next, end_ticket, miss_ticket, take_ticket
from pulih.desk.models import Ticket
from pulih.desk.queue_queries import called_now, line_of_today

WHY = "test"


def test_numbers_of_a_queue_go_up(clerk):
    labels = [take_ticket(letter="J", by=clerk).label for _ in range(3)]

    assert labels == ["J-001", "J-002", "J-003"]


def test_each_queue_counts_by_itself(clerk):
    take_ticket(letter="J", by=clerk)

    assert take_ticket(letter="A", by=clerk).label == "A-001"


def test_there_is_no_queue_but_those(clerk):
    with pytest.raises(RuleError):
        take_ticket(letter="Z", by=clerk)


def test_who_waited_longest_is_called_first(clerk):
    first = take_ticket(letter="J", by=clerk)
    take_ticket(letter="A", by=clerk)

    assert call_next(by=clerk).pk == first.pk


def test_one_queue_alone_can_be_called(clerk):
    take_ticket(letter="J", by=clerk)
    general = take_ticket(letter="A", by=clerk)

    assert call_next(letter="A", by=clerk).pk == general.pk


def test_nobody_is_called_twice_by_two_counters(clerk, make_user):
    take_ticket(letter="A", by=clerk)
    take_ticket(letter="A", by=clerk)

    called = {call_next(by=clerk).pk, call_next(by=make_user("front_desk")).pk}

    assert len(called) == 2


def test_calling_the_next_ends_the_one_before(clerk):
    take_ticket(letter="A", by=clerk)
    take_ticket(letter="A", by=clerk)
    before = call_next(by=clerk)

    call_next(by=clerk)

    before.refresh_from_db()
    assert before.state == Ticket.State.SERVED


def test_nobody_waits(clerk):
    with pytest.raises(RuleError, match="menunggu"):
        call_next(by=clerk)


def test_yesterdays_number_is_not_called(clerk):
    ticket = take_ticket(letter="A", by=clerk)
    Ticket.objects.unscoped(reason=WHY).filter(pk=ticket.pk).update(
        day_on=today() - dt.timedelta(days=1)
    )

    with pytest.raises(RuleError):
        call_next(by=clerk)


def test_who_did_not_come_can_come_after_all(clerk):
    take_ticket(letter="A", by=clerk)
    ticket = miss_ticket(ticket=call_next(by=clerk), by=clerk)
    assert ticket.state == Ticket.State.MISSED

    assert call_again(ticket=ticket, by=clerk).state == Ticket.State.CALLED


def test_a_served_number_is_not_called_again(clerk):
    take_ticket(letter="A", by=clerk)
    ticket = end_ticket(ticket=call_next(by=clerk), by=clerk)

    with pytest.raises(RuleError):
        call_again(ticket=ticket, by=clerk)


def test_a_data_officer_has_no_queue(make_user):
    with pytest.raises(PermissionDenied):
        take_ticket(letter="A", by=make_user("data_officer"))


def test_the_line_counts_who_waits_and_who_was_served(clerk):
    for _ in range(3):
        take_ticket(letter="A", by=clerk)
    end_ticket(ticket=call_next(by=clerk), by=clerk)
    called = call_next(by=clerk)

    line = line_of_today(user=clerk, today=today())

    assert (line.waits, line.served) == (1, 1)
    assert line.mine == called


def test_the_screen_shows_the_latest_call_first(clerk, make_user):
    take_ticket(letter="A", by=clerk)
    take_ticket(letter="A", by=clerk)
    call_next(by=clerk)
    last = call_next(by=make_user("front_desk"))

    assert called_now(user=clerk, today=today())[0] == last


def test_the_screen_says_numbers_and_no_name(client, clerk, make_person):
    person = make_person("Sukarti Ningrum", by=clerk)
    take_ticket(letter="A", by=clerk)
    call_next(place="2", by=clerk)
    client.force_login(clerk)

    page = client.get(reverse("counter:screen")).text

    assert "A-001" in page
    assert person.full_name not in page
    assert clerk.full_name not in page


def test_the_queue_works_without_scripts(client, clerk):
    client.force_login(clerk)

    assert client.post(reverse("counter:take"), {"letter": "R"}).status_code == 302
    assert client.post(reverse("counter:call"), {"place": "3"}).status_code == 302
    assert "R-001" in client.get(reverse("counter:home")).text


def test_the_queue_answers_scripts_with_its_part(client, clerk):
    client.force_login(clerk)
    client.post(reverse("counter:take"), {"letter": "A"})

    answer = client.post(reverse("counter:call"), headers={"HX-Request": "true"})

    assert "A-001" in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize("step", ["recall", "miss"])
def test_a_called_number_is_called_again_or_let_go(client, clerk, step):
    client.force_login(clerk)
    take_ticket(letter="A", by=clerk)
    ticket = call_next(by=clerk)

    assert client.post(reverse(f"counter:{step}", args=[ticket.pk])).status_code == 302


def test_calling_nobody_says_so(client, clerk):
    client.force_login(clerk)

    answer = client.post(reverse("counter:call"), headers={"HX-Request": "true"})

    assert "Tidak ada yang menunggu." in answer.text
