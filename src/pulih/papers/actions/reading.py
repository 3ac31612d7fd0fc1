"""Looking at a letter's sheet: of sealed and restricted letters every look is in the trail."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import today
from pulih.files.actions import open_file
from pulih.papers import rules
from pulih.papers.letters import Signed
from pulih.papers.models import Letter
from pulih.papers.queries import letterhead_of, signatory_for, template_of
from pulih.papers.typeset.compose import Issue, compose
from pulih.papers.typeset.later import set_docx
from pulih.papers.typeset.pdf import set_pdf


@transaction.atomic
def open_sheet(*, letter: Letter, by: User) -> bytes:
    """The sealed PDF of an issued letter; of a draft a preview that says so across the sheet.

    Raises:
        PermissionDenied: `by` may not read the letter.
        RuleError: the kept PDF is missing or was changed.

    Source: R-PAP-2, R-PAP-6, docs/rules/papers.md.
    """
    rules.may_read(by, letter).require()
    if letter.pdf is not None:
        return open_file(attachment=letter.pdf, by=by)
    _look(letter, by)
    return set_pdf(_composed(letter, by))


@transaction.atomic
def open_docx(*, letter: Letter, by: User) -> bytes:
    """The same content to be edited by hand; it carries no seal and no code, and says so.

    Raises:
        PermissionDenied: `by` may not read the letter.

    Source: R-PAP-2, R-PAP-6, docs/rules/papers.md.
    """
    rules.may_read(by, letter).require()
    _look(letter, by)
    return set_docx(_composed(letter, by))


@transaction.atomic
def look_at_letter(*, letter: Letter, by: User) -> None:
    """Write into the trail that somebody saw the fields of a sealed or restricted letter.

    Raises:
        PermissionDenied: `by` may not read the letter.

    Source: R-PAP-2, docs/rules/papers.md.
    """
    rules.may_read(by, letter).require()
    _look(letter, by)


def _look(letter: Letter, by: User) -> None:
    if letter.is_held_closely:
        audit.record("letter.opened", actor=by, subject=letter)


def _composed(letter: Letter, by: User) -> dict[str, Any]:
    on = letter.dated_on or today()
    signatory = letter.signatory
    if letter.is_draft and template_of(letter).signed == Signed.OFFICE:
        signatory = signatory_for(letter.office, letter.section, on)
    issue = Issue(letter.number, on, signatory, letter.issued_by or by)
    return compose(letter, letterhead_of(letter.office), issue)
