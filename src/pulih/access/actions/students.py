"""Lists of students: many accounts at once, told apart by NIM and university."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit, user_rules
from pulih.access.actions.staff import free_username
from pulih.access.decisions import deny
from pulih.access.models import StudentRecord, User
from pulih.access.policy import Action
from pulih.access.queries import find_students, match_student
from pulih.access.rules import names_of
from pulih.common.errors import RuleError

LONGEST = 120


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One line of a university's list."""

    nim: str
    full_name: str
    university: str = ""
    study_programme: str = ""
    cohort: str = ""
    email: str = ""
    phone: str = ""
    planned_from: dt.date | None = None
    planned_until: dt.date | None = None


class StudentState(StrEnum):
    """What became of a line."""

    CREATED = "created"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class StudentOutcome:
    """What became of a line, and whose account it is."""

    state: StudentState
    user: User


@transaction.atomic
def import_students(*, rows: Sequence[StudentRow], by: User) -> list[StudentOutcome]:
    """Add accounts for students; whoever is known stays as they are.

    New accounts have no role and no password that works: they stay shut until an administrator
    gives the role of a student, dated, and a first password.

    Args:
        rows: with NIM and name; the first of two lines with one NIM counts.

    Returns:
        What became of each row, in the order of the rows.

    Raises:
        PermissionDenied: `by` does not import students.
        RuleError: a row has no NIM or no name.

    Source: R-ACC-21, docs/rules/access.md.
    """
    if not by.may(Action.IMPORT_STUDENTS):
        who = names_of(Action.IMPORT_STUDENTS)
        deny(_("Your role does not import students."), who=who).require()
    known = find_students((row.nim for row in rows), user=by)
    outcomes = []
    for row in rows:
        found = match_student(row.nim, row.university, known)
        if found is None:
            record = _create(row, by)
            known.setdefault(record.nim_index, []).append(record)
            outcomes.append(StudentOutcome(StudentState.CREATED, record.user))
        else:
            outcomes.append(StudentOutcome(StudentState.KNOWN, found.user))
    counts = {state.value: sum(o.state == state for o in outcomes) for state in StudentState}
    audit.record("student.imported", actor=by, subject=by.office, detail=counts)
    return outcomes


def _create(row: StudentRow, by: User) -> StudentRecord:
    if not user_rules.plain_nim(row.nim) or not row.full_name.strip():
        raise RuleError(_("A student has a NIM and a name."), rule="R-ACC-21")
    user = User.objects.create_user(
        free_username(row.full_name),
        None,
        office=by.office,
        full_name=row.full_name.strip()[:LONGEST],
        position=_position(row),
    )
    record = StudentRecord.objects.create(
        user=user,
        nim=row.nim.strip(),
        nim_index=user_rules.nim_index(row.nim),
        university=row.university.strip()[:LONGEST],
        study_programme=row.study_programme.strip()[:LONGEST],
        cohort=row.cohort.strip()[:20],
        email=row.email,
        phone=row.phone,
        planned_from=row.planned_from,
        planned_until=row.planned_until,
    )
    audit.record("user.created", actor=by, subject=user, detail={"username": user.username})
    return record


def _position(row: StudentRow) -> str:
    where = ", ".join(part for part in (row.study_programme, row.university) if part)
    words = _("Student, %(where)s") % {"where": where} if where else _("Student")
    return words[:LONGEST]
