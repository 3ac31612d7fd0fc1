"""R-ACC-2: what each role may do, written from the office's rules and not from the table."""

import pytest

from pulih.access.policy import POLICY, Action, RecordClass, Relation, roles_with, rows_for
from pulih.access.roles import Role
from pulih.access.scope import missing, protected_models

EVERYBODY = set(Role)
WORKERS = {"social_worker", "section_head"}
STAFF = WORKERS | {"front_desk", "head_of_office", "data_officer"}

MAY = {
    Action.DAY_VIEW: EVERYBODY,
    Action.TASK_WORK: EVERYBODY,
    Action.COMPONENTS_VIEW: {"administrator"},
    Action.USER_MANAGE: {"administrator"},
    Action.AUDIT_READ: {"auditor"},
    Action.PERSON_READ: WORKERS | {"front_desk", "head_of_office", "data_officer"},
    Action.PERSON_REGISTER: WORKERS | {"front_desk", "data_officer"},
    Action.PERSON_EDIT: WORKERS | {"front_desk", "data_officer"},
    Action.PERSON_MERGE: {"section_head", "data_officer"},
    Action.IMPORT_RUN: {"data_officer"},
    Action.IMPORT_STAFF: {"data_officer", "administrator"},
    # Students and their supervisors only what is granted to them by name.
    Action.CASE_READ: WORKERS | {"head_of_office", "student", "field_supervisor"},
    Action.CASE_GRANT: WORKERS | {"head_of_office"},
    Action.NAME_CONFIRM: {"section_head", "head_of_office"},
    Action.STUCK_WATCH: {"head_of_office"},
    Action.CASE_WORK: WORKERS,
    Action.CASE_OPEN: WORKERS,
    Action.CASE_ASSIGN: WORKERS | {"head_of_office"},
    Action.CASE_CLOSE: WORKERS,
    Action.CASE_REOPEN: {"section_head", "head_of_office"},
    Action.PLAN_APPROVE: {"section_head", "head_of_office"},
    Action.INSTRUMENT_MANAGE: {"section_head", "head_of_office"},
    Action.MAIL_READ: STAFF,
    Action.MAIL_ANSWER: STAFF,
    Action.MAIL_RECEIVE: {"front_desk"},
    Action.MAIL_DISPOSE: WORKERS | {"head_of_office"},
    Action.PROGRAMME_READ: STAFF,
    Action.PROGRAMME_MANAGE: {"section_head", "head_of_office"},
}
SEES_NO_RECORD = (
    Role.ACADEMIC_SUPERVISOR,
    Role.EXAMINER,
    Role.PROGRAMME_COORDINATOR,
)
CONTENT = tuple(
    a for a in Action if a.value.startswith(("person.", "case.", "report.", "plan.", "mail."))
)


@pytest.mark.parametrize(("action", "roles"), MAY.items(), ids=[str(a) for a in MAY])
def test_an_action_belongs_to_these_roles(action, roles):
    assert set(roles_with(action)) == roles


@pytest.mark.parametrize("action", CONTENT)
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, *SEES_NO_RECORD])
def test_a_role_without_client_work_sees_no_client(role, action):
    assert rows_for(frozenset({role}), action) == ()


@pytest.mark.parametrize("role", [Role.STUDENT, Role.FIELD_SUPERVISOR])
def test_who_learns_or_guides_reads_what_is_granted_by_name_and_nothing_else(role):
    rows = [row for action in CONTENT for row in rows_for(frozenset({role}), action)]

    assert {(row.relation, row.actions) for row in rows} == {
        (Relation.SHARED, frozenset({Action.CASE_READ}))
    }


@pytest.mark.parametrize("row", POLICY)
def test_a_sealed_case_is_open_to_whole_offices_only_for_the_head(row):
    reads_cases = row.actions & {Action.CASE_READ, Action.CASE_WORK}
    whole_office = row.relation == Relation.OFFICE
    if reads_cases and whole_office and RecordClass.SEALED in row.classes:
        assert row.role == Role.HEAD_OF_OFFICE


def test_a_front_desk_reads_reports_it_took_and_no_case():
    rows = rows_for(frozenset({Role.FRONT_DESK}), Action.REPORT_READ)

    assert {row.relation for row in rows} == {Relation.CREATOR}
    assert all(RecordClass.SEALED not in row.classes for row in rows)


def test_a_data_officer_reads_no_case():
    assert rows_for(frozenset({Role.DATA_OFFICER}), Action.CASE_READ) == ()


def test_a_front_desk_reads_secret_letters_only_where_it_entered_them():
    rows = rows_for(frozenset({Role.FRONT_DESK}), Action.MAIL_RECEIVE)

    closely = {row.relation for row in rows if RecordClass.RESTRICTED in row.classes}
    assert closely == {Relation.CREATOR}


def test_nobody_has_an_action_without_a_role():
    assert all(rows_for(frozenset(), action) == () for action in Action)


def test_every_relation_of_the_table_means_something_for_every_model():
    assert missing() == []
    assert protected_models()
