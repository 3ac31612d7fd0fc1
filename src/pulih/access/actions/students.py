"""Lists of students: many accounts at once, told apart by NIM and university."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.actions.staff import free_username
from pulih.access.decisions import deny
from pulih.access.models import StudentRecord, User
from pulih.access.policy import Action
from pulih.access.rules import names_of
from pulih.common.crypto import blind_index
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
    known = find_students((row.nim for row in rows), by=by)
    outcomes = []
    for row in rows:
        found = match(row.nim, row.university, known)
        if found is None:
            record = _create(row, by)
            known.setdefault(record.nim_index, []).append(record)
            outcomes.append(StudentOutcome(StudentState.CREATED, record.user))
        else:
            outcomes.append(StudentOutcome(StudentState.KNOWN, found.user))
    counts = {state.value: sum(o.state == state for o in outcomes) for state in StudentState}
    audit.record("student.imported", actor=by, subject=by.office, detail=counts)
    return outcomes


def nim_index(nim: str) -> str:
    """The keyed digest of a NIM, whatever spaces, dots and case it is written with."""
    return blind_index(plain_nim(nim), purpose="nim")


def plain_nim(nim: str) -> str:
    """Letters and digits of a NIM alone, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", nim.upper())


def find_students(nims: Iterable[str], *, by: User) -> dict[str, list[StudentRecord]]:
    """Students of the office with these numbers, by the index of the number."""
    indexes = {nim_index(nim) for nim in nims if plain_nim(nim)}
    found: dict[str, list[StudentRecord]] = {}
    rows = StudentRecord.objects.filter(nim_index__in=indexes, user__office=by.office_id)
    for record in rows.select_related("user"):
        found.setdefault(record.nim_index, []).append(record)
    return found


def match(nim: str, university: str, known: dict[str, list[StudentRecord]]) -> StudentRecord | None:
    """The student of a number; two universities that both give it have two students."""
    said = _words(university)
    for record in known.get(nim_index(nim), ()):
        other = _words(record.university)
        if not said or not other or said == other:
            return record
    return None


def _words(university: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", university.casefold()).split())


def _create(row: StudentRow, by: User) -> StudentRecord:
    if not plain_nim(row.nim) or not row.full_name.strip():
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
        nim_index=nim_index(row.nim),
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
