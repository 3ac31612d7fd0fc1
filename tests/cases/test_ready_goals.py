"""R-CASE-68: ready goals are whole, found by group and word, and copied into the plan."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.cases.actions.planning import start_plan
from pulih.cases.actions.ready_goals import take_goal
from pulih.cases.forms.planning import GoalForm
from pulih.cases.goal_bank import BANK, GENERAL, find, groups_for, search
from pulih.cases.intake_facts import GoalFacts
from pulih.cases.models import Goal
from pulih.common.errors import RuleError
from pulih.people.codes import KINDS, SERVICE_KINDS

GOALS = [goal for group in BANK for goal in group.goals]
READY = find("elderly-meals")


@pytest.fixture
def case(make_case, lead):
    return make_case(lead=lead, stage="planning", ppks_kind=8)


@pytest.fixture
def plan(case, lead):
    return start_plan(case=case, by=lead)


def facts(ready=READY, **values):
    given = {
        "text": ready.name,
        "area": ready.area,
        "anchors": [anchor.name for anchor in ready.anchors],
    }
    return GoalFacts(**{**given, **values})


def test_there_are_at_least_forty_goals_in_seven_groups():
    assert len(GOALS) >= 40
    assert len(BANK) == 7
    assert all(len(group.goals) >= 5 for group in BANK)


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.code)
def test_a_goal_is_whole_in_both_languages(goal):
    texts = [goal, *goal.anchors]

    assert goal.area in Goal.Area.values
    assert goal.kinds
    assert set(goal.kinds) <= {entry.code for entry in SERVICE_KINDS}
    assert all(text.name and text.english for text in texts)


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.code)
def test_the_five_outcomes_of_a_goal_differ(goal):
    assert len({anchor.name.casefold() for anchor in goal.anchors}) == 5
    assert len({anchor.english.casefold() for anchor in goal.anchors}) == 5


def test_every_goal_has_a_code_of_its_own():
    assert len({goal.code for goal in GOALS}) == len(GOALS)


@pytest.mark.parametrize(
    ("kind", "groups"),
    [
        (8, ["elderly"]),
        (5, ["child", "disability"]),
        (9, ["disability", "ex-psychotic"]),
        (11, ["homeless", "ex-psychotic"]),
        (18, ["trafficking"]),
        (24, []),
        (None, []),
    ],
)
def test_the_kind_of_the_client_chooses_the_groups(kind, groups):
    assert [group.code for group in groups_for(kind)] == [*groups, GENERAL]


def test_every_kind_of_the_law_finds_goals():
    assert all(search(groups_for(kind.number)) for kind in KINDS)


@pytest.mark.parametrize(
    ("words", "kind", "codes"),
    [
        ("kakus", "", {"elderly-home"}),
        ("MEDICINE regularly", "", {"elderly-medicine"}),
        ("", "E", {"elderly-moving"}),
        ("tidak ada yang begini", "", set()),
    ],
)
def test_goals_are_found_by_words_in_both_languages_and_by_kind(words, kind, codes):
    elderly = tuple(group for group in BANK if group.code == "elderly")

    assert {goal.code for _, goal in search(elderly, words=words, kind=kind)} == codes


def test_a_ready_goal_comes_with_the_services_that_were_chosen(plan, lead):
    goal = take_goal(plan=plan, facts=facts(), kinds=["H", "B"], by=lead)

    assert goal.anchors[2] == READY.anchors[2].name
    assert goal.weight == 1
    assert [(one.kind, one.responsible) for one in goal.services.all()] == [
        ("H", lead),
        ("B", lead),
    ]


def test_a_changed_goal_is_kept_as_it_was_changed(plan, lead):
    goal = take_goal(plan=plan, facts=facts(text="Makan bersama cucu"), kinds=[], by=lead)

    assert goal.text == "Makan bersama cucu"
    assert not plan.services.exists()


def test_a_refused_goal_leaves_no_service(plan, lead):
    with pytest.raises(RuleError):
        take_goal(plan=plan, facts=facts(anchors=["a"]), kinds=["H"], by=lead)

    assert not plan.services.exists()


def test_who_does_not_work_on_the_case_takes_no_goal(plan, make_user):
    with pytest.raises(PermissionDenied):
        take_goal(plan=plan, facts=facts(), kinds=[], by=make_user())


def test_the_page_offers_the_goals_of_the_client_and_fills_the_form(client, case, plan, lead):
    client.force_login(lead)
    address = reverse("cases:plan_tab", args=[case.number])

    offered = client.get(address, {"tujuan": "bank"})
    form = client.get(address, {"tujuan": "baru", "bank": READY.code}).context["goal_form"]

    assert READY.name in offered.text
    assert find("homeless-roof").name not in offered.text
    assert form.initial["services"] == list(READY.kinds)


def test_the_page_takes_a_goal_with_its_services(client, case, plan, lead):
    client.force_login(lead)
    sent = {**GoalForm.initial_from(READY), "baseline": "-1", "weight": "1", "services": ["H"]}

    response = client.post(reverse("cases:plan_goal_new", args=[case.number]), sent)

    assert response.status_code == 302
    assert plan.goals.get().services.get().kind == "H"
