"""R-CASE-106, R-CASE-107: the client's own page, and the client's own rating."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.hearing import hear_client
from pulih.cases.casework_rules import may_print_own_page
from pulih.cases.facts import Level
from pulih.cases.models import ClientRating, Goal
from pulih.cases.queries.delivery import goals_of, scores_over_time
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.actions import Slot, add_entry
from pulih.inbox.models import Subject
from pulih.people.codes import KINDS


@pytest.fixture
def lead(make_user):
    return make_user(full_name="Damar", position="Pekerja sosial anak", language="en")


@pytest.fixture
def goal(case):
    return Goal.objects.get(plan__case=case)


def page_of(client, case, user):
    client.force_login(user)
    return client.get(reverse("cases:own_page", args=[case.number]))


def hear(case, goal, by, level=1, **values):
    levels = values.pop("levels", {goal.pk: Level(level, "Lebih tenang")})
    return hear_client(case=case, levels=levels, mode="client", by=by, **{"on": today(), **values})


def test_it_tells_goals_helpers_rights_and_how_to_complain(client, case, goal, lead):
    text = page_of(client, case, lead).text

    assert all(words in text for words in (goal.text, "Damar", case.person.name))
    assert all(words in text for words in ("My rights", "lapor.go.id", case.number))


def test_it_names_neither_kind_nor_section_nor_matter(client, case, lead):
    text = page_of(client, case, lead).text

    for hidden in (KINDS.label(str(case.ppks_kind)), case.section.name, case.problem):
        assert hidden not in text


def test_that_of_a_sealed_case_carries_no_number_and_no_position(client, make_case, lead):
    case = make_case(lead=lead, stage="intervention", sealed=True, ppks_kind=6)
    text = page_of(client, case, lead).text

    assert "Damar" in text
    hidden = (KINDS.label("6"), case.section.name, "anak", "Sealed", f": {case.number}")
    assert not [words for words in hidden if words in text]


def test_that_of_a_sealed_case_tells_neither_services_nor_needs_nor_institutions(
    client, make_case, lead
):
    case = make_case(lead=lead, stage="intervention", sealed=True)
    case.plans.get().services.create(kind="G", text="Pendampingan di pengadilan")
    case.needs.create(
        kind="legal",
        text="Pengacara",
        helper="Pos bantuan hukum",
        due_on=today() + dt.timedelta(days=1),
        recorded_by=lead,
    )
    text = page_of(client, case, lead).text

    hidden = ("pengadilan", "Pengacara", "bantuan hukum")
    assert not [words for words in hidden if words in text]


def test_that_of_a_sealed_case_comes_from_its_team_alone(client, make_case, lead, make_user):
    head = make_user("section_head")
    case = make_case(lead=lead, stage="intervention", sealed=True)
    case.compartment.members.create(user=head, valid_from=case.opened_on, purpose="Kepala")

    assert page_of(client, case, head).status_code == 403
    assert "team" in may_print_own_page(head, case).who
    assert page_of(client, case, lead).status_code == 200


def test_who_may_not_know_finds_no_page(client, make_case, make_user):
    assert page_of(client, make_case(sealed=True), make_user()).status_code == 404


def test_who_only_reads_the_case_does_not_print_it(client, case, make_user):
    assert page_of(client, case, make_user()).status_code == 403


def test_the_next_dates_are_those_of_the_client_in_plain_words(client, case, lead):
    about = Subject.of(case, "cases:detail", number=case.number)
    slot = Slot(today() + dt.timedelta(days=2), dt.time(9), place="Balai desa")
    add_entry(title="Home visit K-1", about=about, to=lead, slot=slot, by=lead)
    text = page_of(client, case, lead).text

    assert "We meet, 09.00, Balai desa" in text
    assert "Home visit" not in text


def test_printing_that_of_a_sealed_case_leaves_a_line_in_the_trail(client, make_case, lead):
    page_of(client, make_case(lead=lead, sealed=True), lead)

    assert AuditEvent.objects.filter(verb="case.read").count() == 1


def test_the_client_rates_beside_the_worker(case, goal, lead):
    rating = hear(case, goal, lead)[0]

    assert (rating.level, rating.mode, rating.words) == (
        1,
        ClientRating.Mode.CLIENT,
        "Lebih tenang",
    )
    assert AuditEvent.objects.filter(verb="client_rating.recorded").count() == 1
    assert case.events.filter(kind="client_rated").exists()


def test_what_the_client_says_never_enters_the_score(case, goal, lead):
    goal.ratings.create(rated_on=today(), level=0, by=lead)
    before = scores_over_time(goals_of(case))
    hear(case, goal, lead, level=2)

    assert scores_over_time(goals_of(case)) == before


def test_a_client_rating_is_on_the_scale_of_a_goal_of_the_plan_on_a_day_that_came(
    case, goal, lead, make_case
):
    other = Goal.objects.get(plan__case=make_case(stage="intervention"))
    tomorrow = today() + dt.timedelta(days=1)
    for wrong in (
        {"levels": {}},
        {"levels": {other.pk: Level(0)}},
        {"level": 3},
        {"on": tomorrow},
    ):
        with pytest.raises(RuleError):
            hear(case, goal, lead, **wrong)


def test_only_the_team_hears_the_client(case, goal, make_user):
    with pytest.raises(PermissionDenied):
        hear(case, goal, make_user())


def test_the_faces_are_shown_and_what_was_said_stands_on_both_pages(client, case, goal, lead):
    client.force_login(lead)
    address = reverse("cases:hear", args=[case.number])
    assert client.get(address).text.count('class="face"') == 5

    sent = {"on": today(), "mode": "client", f"level_{goal.pk}": "2", f"words_{goal.pk}": "Senang"}
    assert client.post(address, sent).status_code == 302

    shown = [client.get(reverse(f"cases:{page}", args=[case.number])).text for page in PAGES]
    assert all("Senang" in text for text in shown)


PAGES = ("rate", "own_page")


def test_without_a_face_the_form_is_refused(client, case, lead):
    client.force_login(lead)
    sent = {"on": today(), "mode": "client"}

    assert client.post(reverse("cases:hear", args=[case.number]), sent).status_code == 422
