"""No trail, no read: readings are counted where rows are made, and written before the answer."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pulih.access import watching
from pulih.access.models import AuditEvent
from pulih.access.readings import gathering, write_readings
from pulih.cases.models import Case, Need
from pulih.common.clock import today


def readings(user, *, verb="case.read"):
    return list(AuditEvent.objects.filter(actor=user, verb=verb))


@pytest.fixture
def lead(make_user):
    return make_user()


@pytest.mark.parametrize("held", [{"sealed": True}, {"restricted": True}])
def test_a_page_of_a_closed_case_leaves_one_line_however_many_rows_it_read(
    client, make_case, lead, held
):
    case = make_case(lead=lead, stage="intervention", **held)
    client.force_login(lead)

    client.get(reverse("cases:plan_tab", args=[case.number]))

    [event] = readings(lead)
    assert (event.subject_id, event.subject_label) == (str(case.pk), case.number)
    assert event.compartment_id == case.compartment_id
    assert event.detail == {"page": "cases:plan_tab"}


def test_each_opening_leaves_a_line_of_its_own(client, make_case, lead):
    case = make_case(lead=lead, restricted=True)
    client.force_login(lead)

    for _ in range(3):
        client.get(reverse("cases:detail", args=[case.number]))

    assert len(readings(lead)) == 3


def test_a_closed_case_in_a_list_was_listed_and_not_opened(client, make_case, lead):
    case = make_case(lead=lead, restricted=True)
    make_case(lead=lead)
    client.force_login(lead)

    client.get(reverse("cases:list"))

    assert readings(lead) == []
    assert [event.subject_id for event in readings(lead, verb="case.listed")] == [str(case.pk)]


def test_open_records_write_nothing(client, make_case, lead):
    case = make_case(lead=lead, stage="intervention")
    client.force_login(lead)
    before = AuditEvent.objects.count()

    client.get(reverse("cases:detail", args=[case.number]))
    client.get(reverse("cases:list"))

    assert AuditEvent.objects.count() == before


def test_a_sealed_person_leaves_a_line_beside_the_case(client, make_case, lead):
    case = make_case(lead=lead, sealed=True)
    client.force_login(lead)

    client.get(reverse("people:detail", args=[case.person_id]))

    assert [event.subject_id for event in readings(lead, verb="person.read")] == [
        str(case.person_id)
    ]


def test_without_a_line_nothing_of_the_record_leaves(client, make_case, lead, monkeypatch):
    case = make_case(lead=lead, restricted=True)
    case.problem = "Rahasia sekali"
    case.save()
    client.force_login(lead)

    def broken(*_args, **_values):
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr("pulih.access.readings.record_lines", broken)
        page = client.get(reverse("cases:detail", args=[case.number]))

    assert page.status_code == 503
    assert page["Retry-After"] == watching.RETRY_SECONDS
    assert case.number not in page.text
    assert "Rahasia" not in page.text


def test_an_answer_that_leads_elsewhere_is_no_reading(client, make_case, lead):
    case = make_case(lead=lead, restricted=True)
    client.force_login(lead)

    answer = client.post(
        reverse("cases:note", args=[case.number]),
        {"on": today().isoformat(), "shared": "Catatan"},
    )

    assert answer.status_code == 302
    assert readings(lead) == []


def test_a_part_alone_leads_to_its_case(make_case, lead):
    case = make_case(lead=lead, restricted=True)
    need = case.needs.create(kind=Need.Kind.values[0], text="Rumah", recorded_by=lead)

    with gathering() as gathered:
        list(Need.objects.filter(pk=need.pk))
    write_readings(gathered, page="a.task", by=lead)

    assert [event.subject_id for event in readings(lead, verb="case.listed")] == [str(case.pk)]


def test_parts_of_parts_lead_there_too(make_case, lead):
    case = make_case(lead=lead, restricted=True, stage="intervention")
    goal = case.plans.get().goals.get()

    with gathering(asked=[str(goal.pk)]) as gathered:
        type(goal).objects.get(pk=goal.pk)
    write_readings(gathered, page="a.task", by=lead)

    assert [event.subject_id for event in readings(lead)] == [str(case.pk)]


def test_what_the_machine_alone_looks_at_is_no_reading(make_case, lead):
    case = make_case(lead=lead, restricted=True)

    with gathering() as gathered:
        rows = Case.objects.unscoped(reason="nobody sees it", shown=False)
        assert rows.get(pk=case.pk).number == case.number

    assert gathered.readings() == []


def test_a_record_that_the_address_names_is_opened_by_what_hangs_on_it(make_case, lead):
    case = make_case(lead=lead, restricted=True)
    case.needs.create(kind=Need.Kind.values[0], text="Rumah", recorded_by=lead)

    with gathering(asked=[str(case.pk)]) as gathered:
        list(Need.objects.all())

    assert [(row.pk, opened) for row, opened in gathered.readings()] == [(case.pk, True)]


def test_an_open_case_costs_no_transaction(client, make_case, lead):
    case = make_case(lead=lead)
    client.force_login(lead)

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("cases:detail", args=[case.number]))

    assert not [one["sql"] for one in asked if "SAVEPOINT" in one["sql"]]


def test_parts_ask_once_for_their_case_however_many(make_case, lead, django_assert_num_queries):
    case = make_case(lead=lead, restricted=True)
    for _ in range(5):
        case.needs.create(kind=Need.Kind.values[0], text="Rumah", recorded_by=lead)
    with gathering() as gathered:
        list(Need.objects.all())

    with django_assert_num_queries(1):
        gathered.readings()
