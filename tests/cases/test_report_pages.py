"""The pages of reports: what they show, refuse and hide."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pulih.access.models import AuditEvent, Section
from pulih.cases.models import Report
from pulih.common.clock import now

QUERIES_AT_MOST = 12


@pytest.fixture
def worker(client, make_user):
    user = make_user()
    client.force_login(user)
    return user


def test_the_list_shows_the_new_reports_urgent_ones_first(client, worker, make_report):
    calm, urgent = make_report(), make_report(urgent=True)

    page = client.get(reverse("cases:report_list"))

    text = page.text
    assert page.status_code == 200
    assert text.index(urgent.number) < text.index(calm.number)


def test_the_list_is_told_by_state(client, worker, make_report):
    make_report()
    done = make_report(state="answered", decided_at=now(), decided_by=worker)

    page = client.get(reverse("cases:report_list"), {"status": "answered"})

    assert [row.number for row in page.context["page"]] == [done.number]


@pytest.mark.parametrize("query", ["?status=x&page=0&section=1&kind=99", "?page=9999999"])
def test_an_odd_address_is_no_error(client, worker, query):
    assert client.get(reverse("cases:report_list") + query).status_code == 200


@pytest.mark.parametrize(
    ("filters", "count"), [({"kind": "11"}, 1), ({"kind": "12"}, 0), ({"urgent": "on"}, 0)]
)
def test_filters_narrow_the_list(client, worker, make_report, filters, count):
    make_report()

    page = client.get(reverse("cases:report_list"), filters)

    assert len(page.context["page"].object_list) == count


def test_a_filter_by_kind_does_not_tell_of_a_sealed_report(client, worker, make_report):
    make_report(sealed=True, members=[worker], ppks_kind=6)

    page = client.get(reverse("cases:report_list"), {"kind": "6"})

    assert not page.context["page"].object_list


def test_the_list_and_the_page_of_a_report_ask_few_queries(
    client, worker, make_report, make_person, django_assert_max_num_queries
):
    report = [make_report(person=make_person()) for _ in range(5)][0]

    with django_assert_max_num_queries(QUERIES_AT_MOST):
        client.get(reverse("cases:report_list"))
    with django_assert_max_num_queries(QUERIES_AT_MOST):
        client.get(reverse("cases:report", args=[report.pk]))


def test_the_front_desk_receives_a_report_and_sees_it(client, make_user):
    client.force_login(make_user("front_desk"))

    answer = client.post(
        reverse("cases:report_new"),
        {"channel": "walk_in", "description": "Minta bantuan.", "received_on": "2026-01-05"},
        follow=True,
    )

    report = Report.objects.unscoped(reason="test").get()
    assert report.number in answer.text
    assert answer.context["can_decide"] is False


def test_a_sealed_report_leaves_the_front_desk_with_a_receipt(client, make_user):
    make_user("section_head")
    client.force_login(make_user("front_desk"))

    answer = client.post(
        reverse("cases:report_new"),
        {
            "channel": "school",
            "description": "Anak bercerita kepada guru.",
            "ppks_kind": "6",
            "received_on": "2026-01-05",
        },
        follow=True,
    )

    report = Report.objects.unscoped(reason="test").get()
    assert report.number in answer.text
    assert "guru" not in answer.text
    assert client.get(reverse("cases:report", args=[report.pk])).status_code == 404


def test_what_is_missing_is_named_at_its_field(client, worker):
    answer = client.post(
        reverse("cases:report_new"), {"channel": "walk_in", "received_on": "2999-01-01"}
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"description", "received_on"}


def test_a_sealed_report_that_nobody_could_open_says_so_at_its_field(client, make_user):
    client.force_login(make_user("front_desk"))

    answer = client.post(
        reverse("cases:report_new"),
        {"channel": "school", "description": "x", "ppks_kind": "6", "received_on": "2026-01-05"},
    )

    assert answer.status_code == 422
    assert "workers" in answer.context["form"].errors


def test_an_unknown_place_is_refused_at_its_field(client, worker):
    answer = client.post(
        reverse("cases:report_new"),
        {
            "channel": "walk_in",
            "description": "x",
            "received_on": "2026-01-05",
            "village": "99.99.99.9999",
        },
    )

    assert "village" in answer.context["form"].errors


def test_a_protected_reporter_is_hidden_from_readers_who_do_not_decide(
    client, make_user, make_report, office
):
    report = make_report(reporter_name="Bu Lastri", reporter_protected=True)
    client.force_login(make_user(section=office.sections.get(kind="security")))

    page = client.get(reverse("cases:report", args=[report.pk]))

    assert page.status_code == 200
    assert "Bu Lastri" not in page.text


def test_a_protected_reporter_is_shown_to_the_section(client, worker, make_report):
    report = make_report(reporter_name="Bu Lastri", reporter_protected=True)

    assert "Bu Lastri" in client.get(reverse("cases:report", args=[report.pk])).text


@pytest.mark.parametrize("page", ["report", "report_answer", "report_forward", "report_repeat"])
def test_a_sealed_report_does_not_exist_for_others(client, worker, make_report, page):
    report = make_report(sealed=True)

    assert client.get(reverse(f"cases:{page}", args=[report.pk])).status_code == 404


@pytest.mark.parametrize("role", ["administrator", "student", "auditor"])
def test_who_reads_no_reports_is_turned_away(client, make_user, make_report, role):
    client.force_login(make_user(role))

    assert client.get(reverse("cases:report_list")).status_code == 403


@pytest.mark.parametrize("page", ["report_answer", "report_forward", "report_repeat"])
def test_who_does_not_decide_is_turned_away(client, make_user, make_report, office, page):
    client.force_login(make_user(section=office.sections.get(kind="security")))

    assert client.get(reverse(f"cases:{page}", args=[make_report().pk])).status_code == 403


def test_a_report_is_answered(client, worker, make_report):
    report = make_report()

    client.post(reverse("cases:report_answer", args=[report.pk]), {"outcome": "Sudah pulang."})

    report.refresh_from_db()
    assert (report.state, report.decided_by) == ("answered", worker)


def test_a_decision_without_a_reason_is_refused(client, worker, make_report):
    url = reverse("cases:report_answer", args=[make_report().pk])

    answer = client.post(url, {"outcome": ""})

    assert answer.status_code == 422
    assert "outcome" in answer.context["form"].errors


def test_a_report_is_forwarded_outside_and_inside(client, worker, make_report):
    outside, inside = make_report(), make_report()
    other = Section.objects.get(kind="security")

    client.post(
        reverse("cases:report_forward", args=[outside.pk]),
        {"to": "Dinsos Madiun", "outcome": "Warga sana."},
    )
    answer = client.post(
        reverse("cases:report_forward", args=[inside.pk]),
        {"section": other.pk, "outcome": "Bantuan."},
        follow=True,
    )

    outside.refresh_from_db()
    inside.refresh_from_db()
    assert (outside.state, inside.section, answer.status_code) == ("forwarded", other, 200)


def test_a_repeat_names_a_report_that_the_reader_may_see(client, worker, make_report):
    hidden, report = make_report(sealed=True), make_report()

    answer = client.post(
        reverse("cases:report_repeat", args=[report.pk]),
        {"earlier": hidden.number, "outcome": "Sama."},
    )

    assert answer.status_code == 422
    assert "earlier" in answer.context["form"].errors


def test_the_person_is_found_in_the_registry_and_linked(client, worker, make_report, make_person):
    report, person = make_report(), make_person()

    away = client.post(reverse("cases:report_find", args=[report.pk]))
    offered = client.get(reverse("cases:person_cases", args=[person.pk]))
    client.post(reverse("cases:report_person", args=[report.pk]), {"person": person.pk})

    report.refresh_from_db()
    assert away.url == reverse("people:search")
    assert report.number in offered.text
    assert report.person == person


def test_an_unknown_person_is_not_linked(client, worker, make_report):
    url = reverse("cases:report_person", args=[make_report().pk])

    assert client.post(url, {"person": "x"}).status_code == 422


def test_the_person_of_a_report_is_named_only_to_who_may_see_them(
    client, worker, make_report, make_case
):
    hidden = make_case(sealed=True).person
    report = make_report(person=hidden)

    page = client.get(reverse("cases:report", args=[report.pk]))

    assert hidden.own_name not in page.text


@pytest.mark.parametrize(
    ("held", "lines"), [({}, 0), ({"restricted": True}, 1), ({"sealed": True}, 1)]
)
def test_reading_a_report_that_is_held_closely_is_written_down(
    client, worker, make_report, held, lines
):
    members = [worker] if "sealed" in held else []

    client.get(reverse("cases:report", args=[make_report(members=members, **held).pk]))

    assert AuditEvent.objects.filter(verb="report.read", actor=worker).count() == lines
