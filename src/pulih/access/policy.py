"""Who may do what on which record, in which relation: the whole table, to be read out loud.

Written from the office's rules (docs/rules/access.md), not from the code. A page names an action;
a record is found only where a row of the table gives the reader's role that action on the
record's class in a relation the reader has. What is not in the table is denied.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pulih.access.roles import Role


class RecordClass(StrEnum):
    """How closely a record is held."""

    OPEN = "open"  # open to the office
    RESTRICTED = "restricted"  # open to the team
    SEALED = "sealed"  # named people only: the reader must be in the record's compartment as well


class Relation(StrEnum):
    """How a user stands to a record; each app says what it means for its own records."""

    OFFICE = "office"  # a record of the user's office
    SECTION = "section"  # a record of the section that the grant names
    TEAM = "team"  # the user is on the record's team now
    LEAD = "lead"  # the user leads the record's team now
    CREATOR = "creator"  # the user entered the record
    GRANTED = "granted"  # the user has the record open for some hours
    SHARED = "shared"  # the record is open to the user by name, between two days


class Action(StrEnum):
    """What a page or an action does."""

    DAY_VIEW = "day.view"
    TASK_WORK = "task.work"
    COMPONENTS_VIEW = "components.view"
    USER_MANAGE = "user.manage"
    USER_CHANGE = "user.change"
    AUDIT_READ = "audit.read"

    PERSON_READ = "person.read"
    PERSON_REGISTER = "person.register"
    PERSON_EDIT = "person.edit"
    PERSON_MERGE = "person.merge"
    IMPORT_RUN = "import.run"
    IMPORT_STAFF = "import.staff"
    IMPORT_STUDENTS = "import.students"

    REPORT_READ = "report.read"
    REPORT_RECEIVE = "report.receive"
    REPORT_TRIAGE = "report.triage"

    CASE_READ = "case.read"
    CASE_OPEN = "case.open"
    CASE_WORK = "case.work"
    CASE_ASSIGN = "case.assign"
    CASE_CLOSE = "case.close"
    CASE_REOPEN = "case.reopen"
    CASE_EXCLUDE = "case.exclude"
    PLAN_APPROVE = "plan.approve"
    INSTRUMENT_MANAGE = "instrument.manage"

    COUNTER_READ = "counter.read"
    COUNTER_SERVE = "counter.serve"
    CATALOGUE_MANAGE = "catalogue.manage"
    SECTION_MANAGE = "section.manage"

    LETTER_READ = "letter.read"
    LETTER_WRITE = "letter.write"
    PAPERS_MANAGE = "papers.manage"

    MAIL_READ = "mail.read"
    MAIL_RECEIVE = "mail.receive"
    MAIL_DISPOSE = "mail.dispose"
    MAIL_ANSWER = "mail.answer"

    PROGRAMME_READ = "programme.read"
    PROGRAMME_MANAGE = "programme.manage"

    # The law's duties (UU 27/2022).
    RIGHTS_RECEIVE = "rights.receive"
    RIGHTS_READ = "rights.read"
    RIGHTS_DECIDE = "rights.decide"
    PROCESSING_READ = "processing.read"
    PROCESSING_MANAGE = "processing.manage"
    RETENTION_READ = "retention.read"
    RETENTION_MANAGE = "retention.manage"
    CASE_HOLD = "case.hold"
    DESTRUCTION_PROPOSE = "destruction.propose"
    DESTRUCTION_DECIDE = "destruction.decide"
    BREACH_READ = "breach.read"
    BREACH_MANAGE = "breach.manage"

    # Emergencies.
    GLASS_BREAK = "glass.break"
    GLASS_READ = "glass.read"
    GLASS_JUDGE = "glass.judge"

    # Reading one case by name for a time, and the second word on a name in a sealed one.
    CASE_GRANT = "case.grant"
    NAME_CONFIRM = "name.confirm"
    STUCK_WATCH = "stuck.watch"
    # Who looked at a sealed person.
    PERSON_WATCH = "person.watch"
    # Fields that are held more closely than the record they stand in.
    CONTACT_SEE = "contact.see"
    HEALTH_SEE = "health.see"


STEP_UP: frozenset[Action] = frozenset(
    {
        Action.USER_CHANGE,
        Action.BREACH_MANAGE,
        Action.DESTRUCTION_DECIDE,
        Action.RETENTION_MANAGE,
        Action.GLASS_BREAK,
        Action.CASE_GRANT,
        Action.NAME_CONFIRM,
        Action.CASE_EXCLUDE,
    }
)
"""Actions whose pages ask who it is once more, unless that was proven a moment ago (R-ACC-101)."""


OF_FIELDS: frozenset[Action] = frozenset({Action.CONTACT_SEE, Action.HEALTH_SEE})
"""Actions that only read; whoever reads a record without them sees a mask there (R-ACC-140)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    role: Role
    actions: frozenset[Action]
    classes: frozenset[RecordClass]
    relation: Relation


def _row(role: Role, relation: Relation, classes: str, *actions: Action) -> Row:
    letters = {"o": RecordClass.OPEN, "r": RecordClass.RESTRICTED, "s": RecordClass.SEALED}
    return Row(role, frozenset(actions), frozenset(letters[c] for c in classes), relation)


_REGISTRY = (Action.PERSON_READ, Action.PERSON_REGISTER, Action.PERSON_EDIT)
_WORK = (Action.CASE_READ, Action.CASE_WORK)
_LETTERS = (Action.LETTER_READ, Action.LETTER_WRITE)
# Roles of the office itself, to whom a letter can be handed and whose work the programme plans.
_STAFF = (
    Role.FRONT_DESK,
    Role.SOCIAL_WORKER,
    Role.SECTION_HEAD,
    Role.HEAD_OF_OFFICE,
    Role.DATA_OFFICER,
)

POLICY: tuple[Row, ...] = (
    # Front desk: registers people and receives reports; of a case only what it entered.
    _row(Role.FRONT_DESK, Relation.OFFICE, "o", *_REGISTRY, Action.REPORT_RECEIVE),
    _row(Role.FRONT_DESK, Relation.CREATOR, "or", Action.REPORT_READ),
    # Social workers: open records of the office, restricted ones of their team, sealed by name.
    _row(Role.SOCIAL_WORKER, Relation.OFFICE, "os", *_REGISTRY),
    _row(Role.SOCIAL_WORKER, Relation.OFFICE, "os", Action.REPORT_READ, Action.REPORT_RECEIVE),
    _row(Role.SOCIAL_WORKER, Relation.CREATOR, "ors", Action.REPORT_READ),
    _row(Role.SOCIAL_WORKER, Relation.SECTION, "ors", Action.REPORT_READ, Action.REPORT_TRIAGE),
    _row(Role.SOCIAL_WORKER, Relation.OFFICE, "o", Action.CASE_READ, Action.CASE_OPEN),
    _row(Role.SOCIAL_WORKER, Relation.TEAM, "ors", *_WORK, Action.CASE_OPEN),
    _row(Role.SOCIAL_WORKER, Relation.LEAD, "ors", Action.CASE_CLOSE, Action.CASE_ASSIGN),
    # Section heads: their section; approvals, assignments, reopening.
    _row(Role.SECTION_HEAD, Relation.OFFICE, "os", *_REGISTRY, Action.PERSON_MERGE),
    _row(Role.SECTION_HEAD, Relation.OFFICE, "o", Action.CASE_READ, Action.REPORT_READ),
    _row(Role.SECTION_HEAD, Relation.CREATOR, "ors", Action.REPORT_READ),
    _row(
        Role.SECTION_HEAD,
        Relation.SECTION,
        "ors",
        *_WORK,
        Action.CASE_OPEN,
        Action.CASE_ASSIGN,
        Action.CASE_CLOSE,
        Action.CASE_REOPEN,
        Action.CASE_EXCLUDE,
        Action.PLAN_APPROVE,
        Action.REPORT_READ,
        Action.REPORT_TRIAGE,
        Action.REPORT_RECEIVE,
    ),
    # Head of office: reads the work of every section, approves heads' own plans.
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "os", Action.PERSON_READ),
    _row(
        Role.HEAD_OF_OFFICE,
        Relation.OFFICE,
        "ors",
        Action.CASE_READ,
        Action.CASE_ASSIGN,
        Action.CASE_REOPEN,
        Action.CASE_EXCLUDE,
        Action.PLAN_APPROVE,
        Action.REPORT_READ,
        Action.REPORT_TRIAGE,
    ),
    # Data officer: the registry, its imports and duplicates; no case.
    _row(
        Role.DATA_OFFICER,
        Relation.OFFICE,
        "o",
        *_REGISTRY,
        Action.PERSON_MERGE,
        Action.IMPORT_RUN,
        Action.IMPORT_STAFF,
        Action.IMPORT_STUDENTS,
        # Lists of child victims become sealed reports, of which the importer keeps the numbers.
        Action.REPORT_RECEIVE,
    ),
    # Field supervisors are social workers who also guide students; alone the role sees no record.
    # Programme coordinator: brings the lists of students; what they then may do, others grant.
    _row(Role.PROGRAMME_COORDINATOR, Relation.OFFICE, "o", Action.IMPORT_STUDENTS),
    # Auditor: the trail, never the text of a case.
    _row(Role.AUDITOR, Relation.OFFICE, "ors", Action.AUDIT_READ),
    # Technical administrator: users and staff lists, no case content at all.
    _row(
        Role.ADMINISTRATOR,
        Relation.OFFICE,
        "o",
        Action.USER_MANAGE,
        Action.USER_CHANGE,
        Action.IMPORT_STAFF,
        Action.IMPORT_STUDENTS,
        Action.COMPONENTS_VIEW,
    ),
    # The counter: whoever serves there, for the whole office; the head of office reads.
    _row(Role.FRONT_DESK, Relation.OFFICE, "o", Action.COUNTER_READ, Action.COUNTER_SERVE),
    _row(Role.SOCIAL_WORKER, Relation.OFFICE, "o", Action.COUNTER_READ, Action.COUNTER_SERVE),
    _row(Role.SECTION_HEAD, Relation.OFFICE, "o", Action.COUNTER_READ, Action.COUNTER_SERVE),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "o", Action.COUNTER_READ),
    # Catalogue and units: the head for the own section, the administrator for all of them.
    _row(Role.SECTION_HEAD, Relation.SECTION, "o", Action.CATALOGUE_MANAGE, Action.SECTION_MANAGE),
    _row(Role.ADMINISTRATOR, Relation.OFFICE, "o", Action.CATALOGUE_MANAGE, Action.SECTION_MANAGE),
    # Letters: one's own; a section's by its people; open ones are read as open cases are.
    _row(Role.FRONT_DESK, Relation.CREATOR, "or", *_LETTERS),
    _row(Role.DATA_OFFICER, Relation.CREATOR, "or", *_LETTERS),
    _row(Role.SOCIAL_WORKER, Relation.CREATOR, "ors", *_LETTERS),
    _row(Role.SOCIAL_WORKER, Relation.SECTION, "os", *_LETTERS),
    _row(Role.SOCIAL_WORKER, Relation.OFFICE, "os", Action.LETTER_READ),
    _row(Role.SECTION_HEAD, Relation.CREATOR, "ors", *_LETTERS),
    _row(Role.SECTION_HEAD, Relation.SECTION, "ors", *_LETTERS),
    _row(Role.SECTION_HEAD, Relation.OFFICE, "os", Action.LETTER_READ),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "ors", *_LETTERS),
    # Letterhead, signatories and numbering: whoever answers for them, and who keeps the machine.
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "o", Action.PAPERS_MANAGE),
    _row(Role.ADMINISTRATOR, Relation.OFFICE, "o", Action.PAPERS_MANAGE),
    # The instruments of the office: texts, own scales, what is switched on.
    _row(Role.SECTION_HEAD, Relation.OFFICE, "o", Action.INSTRUMENT_MANAGE),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "o", Action.INSTRUMENT_MANAGE),
    # Incoming mail: the front desk keeps the agenda, secret letters only those it entered; the
    # head of office reads and hands on all; everybody else only what was handed to them.
    _row(Role.FRONT_DESK, Relation.OFFICE, "o", Action.MAIL_READ, Action.MAIL_RECEIVE),
    _row(Role.FRONT_DESK, Relation.CREATOR, "ors", Action.MAIL_READ, Action.MAIL_RECEIVE),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "ors", Action.MAIL_READ, Action.MAIL_DISPOSE),
    *(_row(role, Relation.TEAM, "ors", Action.MAIL_READ, Action.MAIL_ANSWER) for role in _STAFF),
    _row(Role.SOCIAL_WORKER, Relation.TEAM, "ors", Action.MAIL_DISPOSE),
    _row(Role.SECTION_HEAD, Relation.TEAM, "ors", Action.MAIL_DISPOSE),
    # Work programme: the staff reads it, heads write it, each for their own part.
    *(_row(role, Relation.OFFICE, "ors", Action.PROGRAMME_READ) for role in _STAFF),
    _row(Role.SECTION_HEAD, Relation.SECTION, "ors", Action.PROGRAMME_MANAGE),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "ors", Action.PROGRAMME_MANAGE),
    # Everybody has a day and tasks of their own.
    *(_row(role, Relation.CREATOR, "ors", Action.DAY_VIEW, Action.TASK_WORK) for role in Role),
    # And the tasks that wait for whoever holds the role, in the section of the grant.
    *(_row(role, Relation.SECTION, "ors", Action.TASK_WORK) for role in Role),
    # Requests of people on file: whoever meets them writes down; the head of office decides; the
    # officer for data protection (the auditor's role) watches the clocks of the open ones.
    *(_row(role, Relation.CREATOR, "ors", Action.RIGHTS_READ) for role in _STAFF),
    *(_row(role, Relation.OFFICE, "os", Action.RIGHTS_RECEIVE) for role in _STAFF),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "os", Action.RIGHTS_READ, Action.RIGHTS_DECIDE),
    # A sealed person's request is decided by a head who is named in the compartment.
    _row(Role.SECTION_HEAD, Relation.OFFICE, "s", Action.RIGHTS_READ, Action.RIGHTS_DECIDE),
    _row(Role.AUDITOR, Relation.OFFICE, "o", Action.RIGHTS_READ),
    # The record of processing is no secret inside the office; who answers for it changes it.
    *(_row(role, Relation.OFFICE, "o", Action.PROCESSING_READ) for role in _STAFF),
    _row(Role.AUDITOR, Relation.OFFICE, "o", Action.PROCESSING_READ),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "o", Action.PROCESSING_MANAGE),
    # Retention: heads hold and propose for what they may read, another one decides.
    _row(Role.SECTION_HEAD, Relation.SECTION, "ors", Action.CASE_HOLD, Action.DESTRUCTION_PROPOSE),
    _row(Role.SECTION_HEAD, Relation.CREATOR, "ors", Action.RETENTION_READ),
    _row(
        Role.HEAD_OF_OFFICE,
        Relation.OFFICE,
        "ors",
        Action.RETENTION_READ,
        Action.RETENTION_MANAGE,
        Action.CASE_HOLD,
        Action.DESTRUCTION_PROPOSE,
        Action.DESTRUCTION_DECIDE,
    ),
    _row(Role.AUDITOR, Relation.OFFICE, "o", Action.RETENTION_READ),
    # Breaches: the officer for data protection opens and traces them, the head writes the letters.
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "os", Action.BREACH_READ, Action.BREACH_MANAGE),
    _row(Role.AUDITOR, Relation.OFFICE, "o", Action.BREACH_READ, Action.BREACH_MANAGE),
    # Breaking the glass: a case that is closed to its reader opens for four hours, for reading
    # alone; heads and the auditor see every one, a head judges it.
    *(
        _row(role, Relation.GRANTED, "rs", Action.CASE_READ)
        for role in (Role.SOCIAL_WORKER, Role.SECTION_HEAD, Role.HEAD_OF_OFFICE)
    ),
    *(
        _row(role, Relation.OFFICE, "o", Action.GLASS_BREAK)
        for role in (Role.SOCIAL_WORKER, Role.SECTION_HEAD, Role.HEAD_OF_OFFICE)
    ),
    _row(Role.SECTION_HEAD, Relation.SECTION, "o", Action.GLASS_READ, Action.GLASS_JUDGE),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "o", Action.GLASS_READ, Action.GLASS_JUDGE),
    _row(Role.AUDITOR, Relation.OFFICE, "o", Action.GLASS_READ),
    # A case is opened by name, between two days and for reading alone: to students under the eyes
    # of the team, to field supervisors and colleagues. Lecturers read reports, never cases.
    _row(Role.STUDENT, Relation.SHARED, "ors", Action.CASE_READ),
    _row(Role.FIELD_SUPERVISOR, Relation.SHARED, "ors", Action.CASE_READ),
    # Workers and heads who are named in a sealed case without an end read it as well.
    _row(Role.SOCIAL_WORKER, Relation.SHARED, "rs", Action.CASE_READ),
    _row(Role.SECTION_HEAD, Relation.SHARED, "s", Action.CASE_READ),
    _row(Role.SOCIAL_WORKER, Relation.LEAD, "ors", Action.CASE_GRANT),
    _row(Role.SECTION_HEAD, Relation.SECTION, "ors", Action.CASE_GRANT),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "ors", Action.CASE_GRANT),
    # The second word on a name in a sealed record: told by its number, not by what is inside.
    _row(Role.SECTION_HEAD, Relation.SECTION, "o", Action.NAME_CONFIRM),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "o", Action.NAME_CONFIRM),
    # What waits for somebody who is not here: the head of office sees to an acting officer.
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "o", Action.STUCK_WATCH),
    # Who looked at a sealed person: heads who are named to know of them.
    *(
        _row(role, Relation.OFFICE, "s", Action.PERSON_WATCH)
        for role in (Role.SECTION_HEAD, Role.HEAD_OF_OFFICE)
    ),
    # How somebody is reached: who works with people; at the front desk whoever took them in. The
    # data officer keeps the registry and calls nobody.
    *(
        _row(role, Relation.OFFICE, "os", Action.CONTACT_SEE)
        for role in (Role.SOCIAL_WORKER, Role.SECTION_HEAD, Role.HEAD_OF_OFFICE)
    ),
    _row(Role.FRONT_DESK, Relation.CREATOR, "o", Action.CONTACT_SEE),
    # Body, mind and what was measured of them: the team and its heads, also of an open case; in an
    # emergency whoever broke the glass.
    _row(Role.SOCIAL_WORKER, Relation.TEAM, "ors", Action.HEALTH_SEE),
    _row(Role.SECTION_HEAD, Relation.SECTION, "ors", Action.HEALTH_SEE),
    _row(Role.HEAD_OF_OFFICE, Relation.OFFICE, "ors", Action.HEALTH_SEE),
    *(
        _row(role, Relation.GRANTED, "rs", Action.HEALTH_SEE)
        for role in (Role.SOCIAL_WORKER, Role.SECTION_HEAD, Role.HEAD_OF_OFFICE)
    ),
)


def rows_for(roles: frozenset[str], action: Action) -> tuple[Row, ...]:
    """The rows that give any of the roles the action."""
    return tuple(row for row in POLICY if row.role in roles and action in row.actions)


def roles_with(action: Action) -> frozenset[Role]:
    """The roles that may do the action on at least some record; used to say who can help."""
    return frozenset(row.role for row in POLICY if action in row.actions)
