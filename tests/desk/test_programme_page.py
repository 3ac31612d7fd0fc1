"""R-ACC-60 to R-ACC-65: the programme's page, and what was given for its lines."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from pulih.access.actions.programme import add_activity, add_programme, drop_activity
from pulih.access.models import WorkProgramme
from pulih.access.programme_facts import ActivityFacts, ProgrammeFacts
from pulih.cases.actions.countering import finish_service, start_service
from pulih.cases.actions.gathering import hold_session
from pulih.cases.actions.serving import provide_service
from pulih.cases.counter_facts import Visit
from pulih.cases.facts import Given, SessionFacts
from pulih.cases.queries.programme import realised_by_activity, services_for
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.common.stamps import stamp_of

YEAR = today().year


@pytest.fixture
def programme(head, section):
    """A programme of rehabilitation in this year."""
    return add_programme(facts=ProgrammeFacts(section, YEAR, "Rehabilitasi Sosial"), by=head)


@pytest.fixture
def activity(programme, head):
    """Its one activity: ten people."""
    facts = ActivityFacts(name="Permakanan", target=10, budget=5_000_000)
    return add_activity(programme=programme, facts=facts, by=head)


def given(activity, on=None):
    return Given(kind="H", on=on or today(), hours=Decimal(1), activity=activity)


def serve(case, activity, by):
    return provide_service(case=case, given=given(activity), by=by)


def realised(activity, user):
    found = realised_by_activity([activity.pk], user=user).get(activity.pk)
    return found.in_measure(activity.measure) if found else 0


def test_what_was_given_is_counted_in_the_measure_of_the_target(activity, worker, make_case):
    case = make_case(lead=worker, stage="intervention")
    serve(case, activity, worker)
    serve(case, activity, worker)

    assert realised(activity, worker) == 1
    assert realised_by_activity([activity.pk], user=worker)[activity.pk].services == 2


def test_a_group_session_counts_for_everyone_who_took_part(activity, worker, make_case, section):
    cases = [make_case(lead=worker, stage="intervention") for _ in range(3)]

    session = hold_session(
        facts=SessionFacts("Senam lansia", section), given=given(activity), cases=cases, by=worker
    )

    assert session.activity == activity
    assert realised(activity, worker) == 3
    assert realised_by_activity([activity.pk], user=worker)[activity.pk].sessions == 1


def test_a_sealed_service_counts_only_for_who_may_know(
    activity, worker, make_case, head, make_user
):
    serve(make_case(lead=worker, stage="intervention", sealed=True), activity, worker)

    assert realised(activity, worker) == 1
    assert realised(activity, head) == 0
    assert realised(activity, make_user("head_of_office")) == 0


def test_a_restricted_service_counts_for_the_heads(activity, worker, make_case, head, make_user):
    serve(make_case(lead=worker, stage="intervention", restricted=True), activity, worker)

    assert realised(activity, head) == realised(activity, make_user("head_of_office")) == 1
    assert realised(activity, make_user("social_worker")) == 0


def test_a_figure_opens_to_the_rows_behind_it(client, activity, worker, make_case):
    record = serve(make_case(lead=worker, stage="intervention"), activity, worker)
    client.force_login(worker)

    page = client.get(reverse("programme:services", args=[activity.pk])).content.decode()

    assert list(services_for(activity, user=worker)) == [record]
    assert record.case.number in page


def test_a_service_counts_for_the_programme_of_its_year(activity, worker, make_case):
    case = make_case(lead=worker, stage="intervention")
    WorkProgramme._base_manager.update(year=YEAR - 1)
    activity.programme.refresh_from_db()

    with pytest.raises(RuleError) as refusal:
        serve(case, activity, worker)

    assert refusal.value.rule == "R-ACC-64"


def test_the_page_shows_target_and_what_was_given(client, activity, worker, make_case):
    serve(make_case(lead=worker, stage="intervention"), activity, worker)
    client.force_login(worker)

    page = client.get(reverse("programme:list")).content.decode()

    assert reverse("programme:services", args=[activity.pk]) in page
    assert "10 %" in page
    assert reverse("programme:edit_activity", args=[activity.pk]) not in page


def test_the_page_of_a_reader_without_cases_shows_no_figures(client, activity, clerk):
    client.force_login(clerk)

    page = client.get(reverse("programme:list")).content.decode()

    assert "Permakanan" in page
    assert "0 %" not in page


def test_a_line_taken_out_stays_only_where_something_given_is_seen(
    client, activity, worker, make_case, head
):
    serve(make_case(lead=worker, stage="intervention", sealed=True), activity, worker)
    drop_activity(activity=activity, by=head)

    client.force_login(worker)
    assert "Permakanan" in client.get(reverse("programme:list")).content.decode()
    client.force_login(head)
    assert "Permakanan" not in client.get(reverse("programme:list")).content.decode()


def test_a_head_adds_a_programme_and_an_activity_from_the_pages(client, head, section):
    client.force_login(head)
    client.post(
        reverse("programme:add"), {"name": "Program A", "section": str(section.pk), "year": YEAR}
    )
    programme = WorkProgramme.objects.visible_to(head).get()

    client.post(
        reverse("programme:add_activity", args=[programme.pk]),
        {"name": "Kegiatan A", "measure": "person", "target": "40", "months": ["1", "2"]},
    )

    activity = programme.activities.get()
    assert (activity.target, activity.months) == (40, [1, 2])


def test_a_head_takes_the_year_before_over_from_the_page(client, activity, head, section):
    client.force_login(head)

    client.post(reverse("programme:copy"), {"tahun": YEAR + 1, "bidang": section.kind})

    assert WorkProgramme.objects.visible_to(head).filter(year=YEAR + 1).exists()


def test_a_head_changes_and_takes_out_an_activity_from_the_pages(client, activity, head):
    client.force_login(head)
    page = reverse("programme:edit_activity", args=[activity.pk])

    sent = {"name": "Permakanan lansia", "measure": "person", "stamp": stamp_of(activity)}
    client.post(page, sent)
    client.post(reverse("programme:drop_activity", args=[activity.pk]))

    activity.refresh_from_db()
    assert (activity.name, activity.dropped_on) == ("Permakanan lansia", today())


def test_a_worker_opens_no_form_of_the_programme(client, activity, worker):
    client.force_login(worker)

    page = reverse("programme:edit_activity", args=[activity.pk])
    assert client.get(page).status_code == 403


def test_a_head_of_another_section_finds_no_form(client, activity, make_user, office):
    client.force_login(make_user("section_head", section=office.sections.get(kind="security")))

    page = reverse("programme:edit_activity", args=[activity.pk])
    assert client.get(page).status_code == 404


def test_the_form_of_a_service_asks_for_an_activity_only_where_there_is_one(
    client, worker, make_case, request
):
    case = make_case(lead=worker, stage="intervention")
    client.force_login(worker)
    page = reverse("cases:serve", args=[case.number])
    assert 'name="activity"' not in client.get(page).content.decode()

    activity = request.getfixturevalue("activity")

    assert str(activity.pk) in client.get(page).content.decode()


def test_the_form_of_a_service_records_its_activity(client, activity, worker, make_case):
    case = make_case(lead=worker, stage="intervention")
    client.force_login(worker)

    client.post(
        reverse("cases:serve", args=[case.number]),
        {
            "kind": "H",
            "on": today().isoformat(),
            "hours": "1",
            "activity": str(activity.pk),
            "d-need": "food",
            "d-item": "Paket sembako",
            "d-met": "yes",
        },
    )

    assert case.services.get().activity == activity


@pytest.fixture
def counter(activity, offers, clerk, make_user):
    """Finish a service of rehabilitation at the counter that counts for the activity."""
    offer = offers["surat-keterangan"]

    def serve_at_counter(person):
        visit = Visit(
            person=person,
            offer=offer,
            brought=frozenset(paper["key"] for paper in offer.requirements),
            activity=activity,
        )
        return finish_service(service=start_service(visit=visit, by=clerk), by=clerk)

    return serve_at_counter


def test_a_counter_service_counts_once_it_is_done(counter, activity, worker, make_person):
    counter(make_person("Ngatiyem"))

    assert realised(activity, worker) == 1


def test_who_is_served_in_a_case_and_at_the_counter_is_one_person(
    counter, activity, worker, make_case
):
    case = make_case(lead=worker, stage="intervention")
    serve(case, activity, worker)
    counter(case.person)

    assert realised(activity, worker) == 1
    assert realised_by_activity([activity.pk], user=worker)[activity.pk].services == 2


def test_the_rows_behind_the_figure_show_the_counter_too(
    client, counter, activity, worker, make_person
):
    service = counter(make_person("Ngatiyem"))
    client.force_login(worker)

    page = client.get(reverse("programme:services", args=[activity.pk]))

    assert service.number in page.content.decode()


def test_a_counter_service_never_counts_for_another_year(
    counter, programme, head, offers, clerk, make_person
):
    facts = ActivityFacts(name="Tahun lalu", target=1)
    before = add_programme(facts=ProgrammeFacts(programme.section, YEAR - 1, "Lama"), by=head)
    old = add_activity(programme=before, facts=facts, by=head)
    visit = Visit(person=make_person("Parto"), offer=offers["surat-keterangan"], activity=old)

    with pytest.raises(RuleError):
        start_service(visit=visit, by=clerk)


def test_the_counter_asks_for_an_activity_only_where_there_is_one(
    client, clerk, activity, offers, make_person
):
    client.force_login(clerk)
    address = reverse("counter:terms", args=[make_person("Sri").pk])

    here = client.get(address, {"offer": str(offers["surat-keterangan"].pk)})
    elsewhere = client.get(address, {"offer": str(offers["dtsen-cek"].pk)})

    assert activity.name in here.content.decode()
    assert 'name="activity"' not in elsewhere.content.decode()


def test_an_asked_for_year_that_is_none_shows_this_one(client, worker):
    client.force_login(worker)

    assert client.get(reverse("programme:list") + "?tahun=dulu").context["year"] == YEAR
    assert (
        client.get(reverse("programme:list") + "?tahun=2021").context["year"]
        == dt.date(2021, 1, 1).year
    )


def test_the_page_asks_as_few_questions_for_many_lines(
    client, activity, programme, head, django_assert_max_num_queries
):
    for number in range(8):
        facts = ActivityFacts(name=f"Kegiatan {number}")
        add_activity(programme=programme, parent=activity, facts=facts, by=head)
    client.force_login(head)

    with django_assert_max_num_queries(14):
        client.get(reverse("programme:list"))
