"""R-CASE-10 to R-CASE-15: opening a case, how closely it is held, and its first team."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent, Section
from pulih.access.policy import RecordClass
from pulih.cases.actions.opening import open_case
from pulih.cases.intake_facts import NewCase
from pulih.cases.models import Case, Report
from pulih.cases.queries.intake import running_cases
from pulih.cases.stages import Stage
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Task
from pulih.people.models import Person


@pytest.fixture
def facts(section):
    def make(**values):
        return NewCase(**{"section": section, "problem": "Tanpa rumah.", "ppks_kind": 11, **values})

    return make


def test_a_worker_opens_a_case_for_a_person(make_user, make_person, facts):
    worker, person = make_user(), make_person()

    case = open_case(facts=facts(lead=worker), person=person, by=worker)

    assert (case.stage, case.person) == (Stage.APPROACH, person)
    assert case.number.startswith("K-")
    assert case.team.get().is_lead


def test_opening_leaves_one_line_in_the_trail_and_one_in_the_story(make_user, make_person, facts):
    worker = make_user()

    case = open_case(facts=facts(lead=worker), person=make_person(), by=worker)

    assert AuditEvent.objects.filter(verb="case.opened").count() == 1
    assert case.events.get().kind == "opened"


def test_a_report_becomes_the_case(make_user, make_report, make_person, facts):
    worker = make_user()
    report = make_report(person=make_person())

    case = open_case(facts=facts(lead=worker), report=report, by=worker)

    report.refresh_from_db()
    assert (report.state, case.report) == (Report.State.CASE, report)
    assert case.events.get().kind == "opened_from_report"


def test_no_case_without_a_person(make_user, make_report, facts):
    with pytest.raises(RuleError) as refusal:
        open_case(facts=facts(), report=make_report(), by=make_user())

    assert refusal.value.rule == "R-CASE-10"


def test_no_case_without_its_matter(make_user, make_person, facts):
    with pytest.raises(RuleError, match="in a sentence"):
        open_case(facts=facts(problem=" "), person=make_person(), by=make_user())


def test_a_unit_belongs_to_its_section(make_user, make_person, facts, section):
    other = Section.objects.get(kind="security")

    with pytest.raises(RuleError, match="another section"):
        open_case(
            facts=facts(section=other, unit=section.units.first()),
            person=make_person(),
            by=make_user(),
        )


def test_a_case_is_not_opened_tomorrow(make_user, make_person, facts):
    with pytest.raises(RuleError, match="not come"):
        open_case(
            facts=facts(opened_on=today() + dt.timedelta(days=1)),
            person=make_person(),
            by=make_user(),
        )


@pytest.mark.parametrize("role", ["front_desk", "head_of_office", "data_officer", "auditor"])
def test_who_opens_no_cases_is_refused(make_user, make_person, facts, role):
    with pytest.raises((PermissionDenied, RuleError)):
        open_case(facts=facts(), person=make_person(), by=make_user(role))

    assert not Case.objects.unscoped(reason="test").exists()


def test_without_a_lead_the_section_head_is_asked(make_user, make_person, facts, section):
    open_case(facts=facts(), person=make_person(), by=make_user())

    task = Task.objects.unscoped(reason="test").get()
    assert (task.kind, task.queue_section) == ("name_lead", section)


def test_a_worker_does_not_make_a_colleague_lead(make_user, make_person, facts):
    with pytest.raises(PermissionDenied):
        open_case(facts=facts(lead=make_user()), person=make_person(), by=make_user())


def test_the_section_head_names_lead_and_team(make_user, make_person, facts):
    lead, member = make_user(), make_user()

    case = open_case(
        facts=facts(lead=lead, team=(member,)), person=make_person(), by=make_user("section_head")
    )

    assert {row.user: row.is_lead for row in case.team.all()} == {lead: True, member: False}


def test_only_those_who_work_with_cases_are_on_a_team(make_user, make_person, facts):
    with pytest.raises(RuleError) as refusal:
        open_case(
            facts=facts(lead=make_user("data_officer")),
            person=make_person(),
            by=make_user("section_head"),
        )

    assert refusal.value.rule == "R-CASE-15"


def test_a_case_is_held_as_its_kind_asks_for(make_user, make_person, facts):
    worker = make_user()

    case = open_case(facts=facts(lead=worker, ppks_kind=16), person=make_person(), by=worker)

    assert case.restricted
    assert not Case.objects.visible_to(make_user()).exists()


def test_a_worker_opens_no_restricted_case_from_outside_its_team(make_user, make_person, facts):
    with pytest.raises(PermissionDenied):
        open_case(facts=facts(ppks_kind=16), person=make_person(), by=make_user())


@pytest.mark.parametrize("reason", ["", "Kehendak klien sendiri."])
def test_a_worker_holds_no_case_more_openly_than_its_kind(make_user, make_person, facts, reason):
    worker = make_user()

    with pytest.raises(RuleError) as refusal:
        open_case(
            facts=facts(lead=worker, ppks_kind=16, held=RecordClass.OPEN, looser_because=reason),
            person=make_person(),
            by=worker,
        )

    assert refusal.value.rule == "R-CASE-11"


def test_the_section_head_may_hold_it_more_openly_with_a_reason(make_user, make_person, facts):
    head = make_user("section_head")

    case = open_case(
        facts=facts(ppks_kind=16, held=RecordClass.OPEN, looser_because="Klien meminta."),
        person=make_person(),
        by=head,
    )

    assert not case.restricted
    assert AuditEvent.objects.get(verb="case.opened").reason == "Klien meminta."


def test_a_sealed_case_holds_an_entry_of_its_own_and_leaves_the_open_one_unmarked(
    make_user, make_person, facts
):
    worker, person = make_user(), make_person()
    before = Person.objects.unscoped(reason="test").values().get(pk=person.pk)

    case = open_case(facts=facts(lead=worker, ppks_kind=6), person=person, by=worker)

    assert (case.person.compartment, case.open_entry) == (case.compartment, person)
    assert case.person.own_name == person.own_name
    assert Person.objects.unscoped(reason="test").values().get(pk=person.pk) == before


def test_a_sealed_case_is_known_to_its_team_and_the_head_alone(make_user, make_person, facts):
    worker, head, colleague = make_user(), make_user("section_head"), make_user()

    case = open_case(facts=facts(lead=worker, ppks_kind=6), person=make_person(), by=worker)

    assert case.number.startswith("S-")
    assert [Case.objects.visible_to(one).count() for one in (worker, head, colleague)] == [1, 1, 0]


def test_a_sealed_case_seals_the_open_report_it_came_from(
    make_user, make_report, make_person, facts
):
    worker, colleague = make_user(), make_user()
    report = make_report(person=make_person())

    open_case(facts=facts(lead=worker, ppks_kind=6), report=report, by=worker)

    assert Report.objects.visible_to(worker).exists()
    assert not Report.objects.visible_to(colleague).exists()


def test_a_case_from_a_sealed_report_stays_in_its_compartment(
    make_user, make_report, make_person, facts
):
    worker = make_user()
    report = make_report(sealed=True, members=[worker], person=make_person(), ppks_kind=6)

    case = open_case(
        facts=facts(lead=worker, held=RecordClass.OPEN, looser_because="x"),
        report=report,
        by=worker,
    )

    assert case.compartment == report.compartment


def test_nobody_gets_into_a_compartment_by_opening_a_case(make_user, make_case, facts):
    hidden = make_case(sealed=True).person
    stranger = make_user()

    with pytest.raises(RuleError, match="Choose an entry"):
        open_case(facts=facts(lead=stranger), person=hidden, by=stranger)

    assert not Person.objects.visible_to(stranger).filter(pk=hidden.pk).exists()


def test_running_cases_warn_only_of_what_the_reader_may_see(make_user, make_case, make_person):
    person = make_person()
    known = make_case(person=person)
    make_case(person=person, restricted=True)
    make_case(person=person, stage="termination")

    assert running_cases(person, user=make_user()) == [known]


def test_the_kind_of_an_open_case_stands_in_the_registry(make_user, make_person, facts):
    worker, person = make_user(), make_person()

    case = open_case(facts=facts(lead=worker), person=person, by=worker)
    open_case(facts=facts(lead=worker), person=person, by=worker)

    status = person.statuses.get()
    assert (status.kind, status.source) == (11, case.number)


@pytest.mark.parametrize(("kind", "sealed"), [(16, False), (6, True)])
def test_a_kind_held_closely_is_never_written_on_the_open_entry(
    make_user, make_person, facts, kind, sealed
):
    worker, person = make_user(), make_person()

    case = open_case(facts=facts(lead=worker, ppks_kind=kind), person=person, by=worker)

    assert not person.statuses.exists()
    assert case.person.statuses.exists() is sealed


def test_no_case_is_opened_for_an_entry_that_was_joined_with_another(make_user, make_person, facts):
    kept, person = make_person(), make_person()
    person.merged_into = kept
    person.save()

    with pytest.raises(RuleError, match="joined with another"):
        open_case(facts=facts(), person=person, by=make_user())
