"""R-CASE-100 to R-CASE-103: the needs of a client."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.needing import (
    change_need,
    explain_need,
    meet_need,
    record_needs,
    reopen_need,
)
from pulih.cases.facts import Needed
from pulih.cases.models import Closure, Need
from pulih.cases.rules import closing_blockers, next_steps
from pulih.cases.stages import Need as Missing
from pulih.cases.usual_needs import USUAL, usual_needs
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Task
from pulih.people.codes import KINDS

FOOD = Needed(Need.Kind.FOOD, text="Makan setiap hari")


@pytest.fixture
def need(case, lead):
    return record_needs(case=case, needed=[FOOD], by=lead)[0]


def open_tasks(need):
    return Task.objects.unscoped(reason="test").filter(subject_id=need.pk, done_at=None)


def test_a_need_is_written_down_with_one_line_in_the_trail(case, lead):
    need = record_needs(case=case, needed=[FOOD], by=lead)[0]

    assert (need.kind, need.text, need.state) == ("food", "Makan setiap hari", "open")
    assert AuditEvent.objects.filter(verb="need.recorded").count() == 1


def test_whoever_sees_to_a_need_with_a_day_gets_a_task_that_names_nobody(case, lead):
    due = today() + dt.timedelta(days=3)
    need = record_needs(case=case, needed=[Needed("health", owner=lead, due_on=due)], by=lead)[0]

    task = open_tasks(need).get()
    assert (task.owner, task.due_on) == (lead, due)
    assert case.person.name not in task.title


def test_only_the_team_writes_needs(case, make_user):
    with pytest.raises(PermissionDenied):
        record_needs(case=case, needed=[FOOD], by=make_user())


def test_somebody_outside_the_team_does_not_see_to_a_need(case, lead, make_user):
    with pytest.raises(RuleError, match="Somebody of the team"):
        record_needs(case=case, needed=[Needed("food", owner=make_user())], by=lead)


def test_nothing_is_no_need(case, lead):
    with pytest.raises(RuleError, match="at least one need"):
        record_needs(case=case, needed=[], by=lead)


def test_a_need_is_ticked_as_met_and_its_task_ends(case, lead):
    needed = Needed("health", owner=lead, due_on=today())
    need = record_needs(case=case, needed=[needed], by=lead)[0]

    met = meet_need(need=need, by=lead)

    assert (met.state, met.settled_on, met.settled_by) == ("met", today(), lead)
    assert not open_tasks(need).exists()
    assert case.events.filter(kind="need_met").exists()


def test_a_tick_is_taken_back(need, lead):
    assert reopen_need(need=meet_need(need=need, by=lead), by=lead).is_open


def test_a_need_that_is_open_is_not_opened_again(need, lead):
    with pytest.raises(RuleError, match="is open"):
        reopen_need(need=need, by=lead)


def test_a_need_that_is_not_met_has_its_reason(need, lead):
    with pytest.raises(RuleError, match="Say why"):
        explain_need(need=need, why="  ", by=lead)

    assert explain_need(need=need, why="Belum ada anggaran", by=lead).note == "Belum ada anggaran"


def test_a_settled_need_is_not_settled_or_changed_again(need, lead):
    meet_need(need=need, by=lead)

    with pytest.raises(RuleError, match="settled already"):
        meet_need(need=need, by=lead)
    with pytest.raises(RuleError, match="settled already"):
        change_need(need=need, needed=FOOD, by=lead)


def test_a_changed_need_moves_its_task(case, lead, need):
    change_need(need=need, needed=Needed("food", owner=lead, due_on=today()), by=lead)

    assert open_tasks(need).count() == 1


def test_an_open_need_blocks_no_work_but_is_named_before_termination(case, need):
    blocked = {
        int(step.move.end): {blocker.need for blocker in step.blockers} for step in next_steps(case)
    }

    assert Missing.NEEDS_SETTLED not in blocked[5]
    assert Missing.NEEDS_SETTLED in blocked[6]


def test_a_regular_end_asks_about_the_open_need_and_an_early_one_does_not(case, need):
    asked = closing_blockers(case, Closure.Reason.GOALS_MET)

    assert any(one.need == Missing.NEEDS_SETTLED and "ticks it" in one.who for one in asked)
    assert closing_blockers(case, Closure.Reason.DIED) == ()


@pytest.mark.parametrize("settle", [meet_need, explain_need])
def test_a_need_that_is_met_or_explained_holds_nothing_up(case, need, lead, settle):
    settle(need=need, by=lead, **({"why": "Menolak"} if settle is explain_need else {}))

    missing = {one.need for one in closing_blockers(case, Closure.Reason.GOALS_MET)}
    assert Missing.NEEDS_SETTLED not in missing


def test_every_kind_of_ppks_has_its_usual_needs():
    assert {int(entry.code) for entry in KINDS} == set(USUAL)
    assert all(usual_needs(kind) for kind in USUAL)
    assert all(len({need.code for need in needs}) == len(needs) for needs in USUAL.values())


def test_a_case_without_a_kind_is_offered_nothing():
    assert usual_needs(None) == ()


def test_what_is_usual_is_offered_and_taken_over_in_one_press(client, case, lead):
    client.force_login(lead)
    page = client.get(reverse("cases:needs", args=[case.number]))
    offered = page.context["usual_form"].fields["chosen"]

    client.post(
        reverse("cases:need_usual", args=[case.number]),
        {"chosen": [key for key, _label in offered.choices]},
    )

    assert case.needs.count() == len(usual_needs(case.ppks_kind))
    assert set(case.needs.values_list("owner", flat=True)) == {lead.pk}


def test_a_need_is_ticked_with_one_press(client, case, need, lead):
    client.force_login(lead)

    client.post(reverse("cases:need_tick", args=[case.number, need.pk]))

    assert case.needs.get().state == Need.State.MET


def test_a_form_without_a_kind_is_refused_at_its_field(client, case, lead):
    client.force_login(lead)

    answer = client.post(reverse("cases:need_add", args=[case.number]), {"text": "Sabun"})

    assert answer.status_code == 422


def test_the_reason_is_asked_on_a_page_of_its_own(client, case, need, lead):
    client.force_login(lead)
    page = reverse("cases:need_unmet", args=[case.number, need.pk])

    assert client.get(page).status_code == 200
    assert client.post(page, {"why": ""}).status_code == 422
    assert client.post(page, {"why": "Menolak bantuan"}).status_code == 302


def test_a_reader_sees_the_needs_and_cannot_tick(client, case, need, make_user):
    client.force_login(make_user())

    assert client.get(reverse("cases:needs", args=[case.number])).status_code == 200
    tick = client.post(reverse("cases:need_tick", args=[case.number, need.pk]))
    assert tick.status_code == 403


def test_the_needs_of_a_sealed_case_answer_as_if_they_were_absent(client, make_case, make_user):
    case = make_case(sealed=True)
    client.force_login(make_user())

    assert client.get(reverse("cases:needs", args=[case.number])).status_code == 404


def test_the_overview_says_what_is_still_open(client, case, need, lead):
    client.force_login(lead)

    assert "Makan setiap hari" in client.get(reverse("cases:detail", args=[case.number])).text


def test_sending_the_usual_needs_twice_writes_no_other_one_down(client, make_case, lead):
    case = make_case(lead=lead, ppks_kind=11)
    client.force_login(lead)
    page = client.get(reverse("cases:needs", args=[case.number]))
    first = page.context["usual_form"].fields["chosen"].choices[0][0]

    for _again in range(2):
        client.post(reverse("cases:need_usual", args=[case.number]), {"chosen": [first]})

    assert case.needs.count() == 1
