"""R-ACC-2: which rows a user sees: own office, relation, class, compartment, day."""

import datetime as dt

import pytest
from django.db.models import Q

from pulih.access import rules, scope
from pulih.access.models import Office, Section, User
from pulih.access.policy import Action
from pulih.cases.models import Case, GroupSession
from pulih.common.clock import today
from pulih.common.errors import UnscopedReadError

DAY = dt.timedelta(days=1)


def seen(user, action=None):
    return set(Case.objects.visible_to(User.objects.get(pk=user.pk), action))


@pytest.mark.parametrize(
    "read",
    [
        lambda: Case.objects.all(),
        lambda: Case.objects.filter(number="K-1"),
        lambda: Case.objects.get(pk="x"),
        lambda: Case.objects.count(),
        lambda: Case.objects.exists(),
        lambda: Case.objects.first(),
        lambda: Case.objects.values("pk"),
        lambda: Case.objects.get_or_create(number="x"),
        lambda: Case.objects.update(number="x"),
        lambda: list(Case.objects.iterator()),
    ],
)
def test_a_read_that_names_no_reader_raises(db, read):
    with pytest.raises(UnscopedReadError):
        read()


def test_an_unscoped_read_gives_its_reason(make_case):
    make_case()

    assert Case.objects.unscoped(reason="a test").count() == 1
    with pytest.raises(UnscopedReadError):
        Case.objects.unscoped(reason="")


def test_an_open_case_is_read_by_the_workers_of_the_office(make_user, make_case):
    case = make_case()

    assert seen(make_user()) == {case}
    assert seen(make_user(), Action.CASE_WORK) == set()


def test_the_team_works_on_its_case(make_user, make_case):
    worker, lead = make_user(), make_user()
    case = make_case(lead=lead, team=[worker])

    assert seen(worker, Action.CASE_WORK) == {case}
    assert seen(worker, Action.CASE_CLOSE) == set()
    assert seen(lead, Action.CASE_CLOSE) == {case}


def test_a_restricted_case_is_read_by_the_team_and_the_section_head(make_user, make_case, office):
    worker = make_user()
    case = make_case(restricted=True, team=[worker])
    other = office.sections.get(kind=Section.Kind.PROTECTION)

    assert seen(worker) == seen(make_user("section_head")) == {case}
    assert seen(make_user()) == set()
    assert seen(make_user("section_head", section=other)) == set()


@pytest.mark.parametrize("role", ["section_head", "head_of_office", "social_worker"])
def test_a_sealed_case_does_not_exist_for_who_is_not_named(make_user, make_case, role):
    make_case(sealed=True)

    assert seen(make_user(role)) == set()


def test_a_sealed_case_is_read_by_who_is_named(make_user, make_case):
    worker = make_user()
    case = make_case(sealed=True, team=[worker])

    assert seen(worker) == {case}


@pytest.mark.parametrize(
    ("first", "last", "sees"),
    [(0, None, True), (0, 0, True), (-9, -1, False), (1, None, False), (-9, 9, True)],
)
def test_a_name_in_a_compartment_counts_from_day_to_day(make_user, make_case, first, last, sees):
    worker = make_user()
    case = make_case(sealed=True, team=[worker])
    case.compartment.members.filter(user=worker).update(
        valid_from=today() + first * DAY,
        valid_until=None if last is None else today() + last * DAY,
    )

    assert (case in seen(worker)) is sees


@pytest.mark.parametrize("role", ["front_desk", "data_officer", "student", "auditor"])
def test_being_named_does_not_help_a_role_that_reads_no_case_by_it(make_user, make_case, role):
    user = make_user(role)
    case = make_case(sealed=True)
    case.compartment.members.create(user=user, valid_from=today(), purpose="x")

    assert seen(user) == set()


def test_a_worker_who_is_named_in_a_sealed_case_reads_it(make_user, make_case):
    worker = make_user()
    case = make_case(sealed=True)
    case.compartment.members.create(user=worker, valid_from=today(), purpose="x")

    assert seen(worker) == {case}


def test_a_case_of_another_office_does_not_exist(make_user, make_case):
    far = Office.objects.create(code="far", name="Dinas lain", region_code="35.20")
    make_case()

    assert seen(make_user("head_of_office", office=far)) == set()


def test_a_role_that_ended_opens_nothing(make_user, make_case):
    make_case()
    worker = make_user()

    worker.grants.update(valid_until=today() - DAY)

    assert seen(worker) == set()


def test_a_closed_account_sees_nothing(make_user, make_case):
    make_case()

    assert seen(make_user(is_active=False)) == set()


def test_two_roles_add_up_and_do_not_mix(make_user, make_case, office, section):
    other = office.sections.get(kind=Section.Kind.PROTECTION)
    here, there = make_case(restricted=True), make_case(restricted=True, section=other)
    user = make_user("section_head")
    assert seen(user) == {here}

    user.grants.create(role="social_worker", section=other, valid_from=today())

    assert seen(user) == {here}
    assert there not in seen(user, Action.PLAN_APPROVE)


def test_a_rule_answers_as_the_list_does(make_user, make_case):
    case, worker = make_case(restricted=True), make_user()

    answer = rules.may(worker, Action.CASE_READ, case)

    assert not answer
    assert answer.reason
    assert rules.may(make_user("section_head"), Action.CASE_READ, case)


def test_a_no_says_who_can(make_user, make_case):
    answer = rules.may(make_user(), Action.PLAN_APPROVE, make_case())

    assert answer.who == rules.names_of(Action.PLAN_APPROVE)


def test_an_unconditional_row_is_not_lost_beside_a_narrower_one(make_user):
    user = make_user("section_head")

    condition = scope.allowed(user, Action.CASE_READ, GroupSession)

    assert ("office", user.office_id) in condition.children
    assert condition.connector == Q.AND
