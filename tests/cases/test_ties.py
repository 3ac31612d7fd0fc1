"""Who has work with a record on a day."""

import datetime as dt

import pytest

from pulih.cases.ties import tied_to_cases, tied_to_people, tied_to_reports
from pulih.common.clock import today
from pulih.inbox.models import Subject, Task

DAY = dt.timedelta(days=1)


@pytest.fixture
def worker(make_user):
    return make_user()


def test_a_member_of_the_team_is_tied_while_on_it(make_case, worker):
    case = make_case(team=[worker])
    member = case.team.get(user=worker)
    member.left_on = today() - DAY
    member.save()
    during, after = (worker.pk, case.pk, today() - DAY), (worker.pk, case.pk, today())

    assert tied_to_cases([during, after]) == {during}


def test_the_head_of_the_section_is_tied_and_the_head_of_office_is_not(make_case, make_user):
    case = make_case()
    head, chief = make_user("section_head"), make_user("head_of_office")
    looks = [(user.pk, case.pk, today()) for user in (head, chief)]

    assert tied_to_cases(looks) == {looks[0]}


def test_a_task_ties(make_case, worker, office):
    case = make_case()
    look = (worker.pk, case.pk, today())
    assert tied_to_cases([look]) == set()
    task = Task(office=office, owner=worker, kind="look", title="Lihat")
    Subject.of(case).describe(task)
    task.save()

    assert tied_to_cases([look]) == {look}


def test_a_report_is_the_work_of_its_section(make_report, make_user, office, worker):
    report = make_report()
    other = make_user(section=office.sections.exclude(pk=report.section_id).first())
    looks = [(user.pk, report.pk, today()) for user in (worker, other)]

    assert tied_to_reports(looks) == {looks[0]}


def test_a_person_is_the_work_of_the_team_of_their_case(make_case, worker, make_user):
    person = make_case(team=[worker]).person
    looks = [(user.pk, person.pk, today()) for user in (worker, make_user())]

    assert tied_to_people(looks) == {looks[0]}
