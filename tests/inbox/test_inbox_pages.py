"""The pages of the inbox: each opens, refuses, and does what it says."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from pulih.access.models import Compartment
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.inbox.actions import Slot, add_entry, notify, wait_for
from pulih.inbox.models import CalendarEntry, Notice, Queue, Subject, Task
from pulih.inbox.queries import Tab
from tests.inbox.reading import open_tasks

DAY = dt.timedelta(days=1)


@pytest.fixture
def owner(make_user, client):
    user = make_user()
    client.force_login(user)
    return user


def step_url(task, name):
    return reverse("inbox:step", args=[task.pk, name])


@pytest.mark.parametrize("tab", list(Tab))
def test_every_tab_opens_empty_and_full(client, owner, make_task, tab):
    url = reverse("inbox:tab", args=[tab])
    assert client.get(url).status_code == 200

    for due_on in (None, today(), today() - DAY, today() + DAY):
        make_task(owner, due_on=due_on)

    assert client.get(url).status_code == 200


def test_the_list_costs_few_queries_however_long(
    client, owner, make_task, django_assert_max_num_queries
):
    for _ in range(30):
        make_task(owner)

    with django_assert_max_num_queries(9):
        client.get(reverse("inbox:list"))


def test_a_stranger_finds_no_task(client, owner, make_task, make_user):
    task = make_task(make_user())

    assert client.get(reverse("inbox:detail", args=[task.pk])).status_code == 404
    assert client.post(step_url(task, "selesai")).status_code == 404


def test_somebody_without_a_role_is_turned_away(client, make_user):
    user = make_user()
    user.grants.all().delete()
    client.force_login(user)

    assert client.get(reverse("inbox:list")).status_code == 403


def test_a_visitor_is_sent_to_the_login(client):
    answer = client.get(reverse("inbox:list"))

    assert answer.status_code == 302
    assert "/masuk/" in answer["Location"]


def test_opening_a_task_makes_it_no_longer_new(client, owner, make_task):
    task = make_task(owner)

    client.get(reverse("inbox:detail", args=[task.pk]))

    assert Task.objects.visible_to(owner).get().seen_at is not None


def test_a_sealed_task_says_so(client, owner, make_task, office):
    room = Compartment.objects.create(office=office)
    room.members.create(user=owner, valid_from=today(), purpose="kasus")
    task = make_task(owner, about=Subject(office=office, compartment=room))

    assert "tone-sealed" in client.get(reverse("inbox:detail", args=[task.pk])).text


def test_a_task_is_completed_on_its_page(client, owner, make_task):
    task = make_task(owner)

    client.post(step_url(task, "selesai"), {"outcome": "Beres"})

    done = Task.objects.visible_to(owner).get()
    assert (done.ending, done.outcome) == ("done", "Beres")


def test_a_task_is_completed_in_the_list(client, owner, make_task):
    task = make_task(owner)

    answer = client.post(
        reverse("inbox:quick_done", args=[task.pk]), headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert open_tasks(owner) == []


def test_a_task_is_put_off_on_its_page(client, owner, make_task):
    task = make_task(owner)

    client.post(step_url(task, "tunda"), {"until": today() + DAY, "reason": "Hujan"})

    assert Task.objects.visible_to(owner).get().snoozed_until == today() + DAY


def test_the_page_shows_why_it_refuses(client, owner, make_task):
    task = make_task(owner)

    answer = client.post(step_url(task, "tunda"), {"until": today(), "reason": "Hujan"})

    assert answer.status_code == 422
    assert "invalid-feedback" in answer.text or "alert" in answer.text


def test_a_step_is_asked_inside_the_page(client, owner, make_task):
    task = make_task(owner)

    answer = client.get(step_url(task, "tunggu"), headers={"HX-Request": "true"})

    assert "<html" not in answer.text
    assert "hx-post" in answer.text


def test_after_a_step_inside_the_page_the_list_opens(client, owner, make_task):
    task = make_task(owner)

    answer = client.post(step_url(task, "tunggu"), {"on": "RSUD"}, headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == reverse("inbox:list")
    assert Task.objects.visible_to(owner).get().waiting_on == "RSUD"


def test_a_task_is_blocked_and_goes_on(client, owner, make_task):
    task = make_task(owner)
    client.post(step_url(task, "kendala"), {"reason": "Belum ada KK"})
    assert Task.objects.visible_to(owner).get().is_blocked

    client.post(reverse("inbox:go_on", args=[task.pk]))

    assert not Task.objects.visible_to(owner).get().is_blocked


def test_a_task_is_handed_over_on_its_page(client, owner, make_task, make_user):
    colleague = make_user()
    task = make_task(owner)

    client.post(step_url(task, "alihkan"), {"to": colleague.pk, "reason": "Cuti"})

    assert open_tasks(colleague) == [task]


def test_a_sealed_task_offers_only_those_who_may_know(client, owner, make_task, make_user, office):
    outsider = make_user()
    room = Compartment.objects.create(office=office)
    room.members.create(user=owner, valid_from=today(), purpose="kasus")
    task = make_task(owner, about=Subject(office=office, compartment=room))

    assert outsider.full_name not in client.get(step_url(task, "alihkan")).text
    assert client.post(step_url(task, "alihkan"), {"to": outsider.pk}).status_code == 422


def test_a_task_is_taken_out_of_the_queue(client, owner, make_task, section):
    task = make_task(Queue(Role.SOCIAL_WORKER, section))

    client.post(reverse("inbox:take", args=[task.pk]))

    assert Task.objects.visible_to(owner).get().owner == owner


def test_a_task_of_ones_own_is_added(client, owner):
    values = {"title": "Susun jadwal", "priority": 2, "recurrence": "none"}

    client.post(reverse("inbox:create"), values)

    assert [task.title for task in open_tasks(owner)] == ["Susun jadwal"]


def test_a_series_without_a_date_is_refused_on_the_page(client, owner):
    values = {"title": "Rapat", "priority": 2, "recurrence": "weekly"}

    assert client.post(reverse("inbox:create"), values).status_code == 422
    assert open_tasks(owner) == []


def test_the_calendar_shows_appointments_and_due_tasks(client, owner, make_task, office):
    make_task(owner, title="Kirim rekap", due_on=today())
    add_entry(
        title="Rapat kasus",
        about=Subject(office=office),
        to=owner,
        slot=Slot(today(), dt.time(9), dt.time(10), "Aula"),
        by=owner,
    )

    page = client.get(reverse("inbox:calendar")).text

    assert "Rapat kasus" in page
    assert "Kirim rekap" in page
    assert "09.00" in page


@pytest.mark.parametrize("day", ["2026-02-30", "kemarin", "", "9999-12-31"])
def test_a_nonsense_week_is_this_week(client, owner, day):
    assert client.get(reverse("inbox:calendar"), {"tanggal": day}).status_code == 200


def test_an_appointment_is_added_and_cancelled(client, owner):
    values = {"title": "Kunjungan", "held_on": today(), "starts_at": "09:00"}
    client.post(reverse("inbox:add_entry"), values)
    entry = CalendarEntry.objects.visible_to(owner).get()

    client.post(reverse("inbox:cancel_entry", args=[entry.pk]))

    assert CalendarEntry.objects.visible_to(owner).get().cancelled_at is not None


def test_an_appointment_that_ends_before_it_starts_is_refused(client, owner):
    values = {"title": "Rapat", "held_on": today(), "starts_at": "10:00", "ends_at": "09:00"}

    assert client.post(reverse("inbox:add_entry"), values).status_code == 422


def test_notices_are_shown_and_marked_as_read(client, owner, office):
    notify(kind="x", title="Kasus dibuka", about=Subject(office=office), to=[owner], by=None)
    assert "Kasus dibuka" in client.get(reverse("inbox:notices")).text

    client.post(reverse("inbox:read_notices"))

    assert Notice.objects.visible_to(owner).get().read_at is not None


def test_a_task_of_nobody_is_not_found(client, owner):
    assert client.get(reverse("inbox:detail", args=[uuid.uuid4()])).status_code == 404


def test_who_asked_sees_the_task_wait_with_its_holder(client, owner, make_task, make_user):
    holder = make_user()
    task = make_task(holder, by=owner)
    wait_for(task=task, on="Klien", by=holder)

    page = client.get(reverse("inbox:tab", args=[Tab.WAITING])).text

    assert holder.full_name in page


def test_the_first_tab_tells_of_late_tasks(client, owner, make_task):
    make_task(owner, due_on=today() - DAY)

    assert (
        reverse("inbox:tab", args=[Tab.OVERDUE]) + '">1' in client.get(reverse("inbox:list")).text
    )
