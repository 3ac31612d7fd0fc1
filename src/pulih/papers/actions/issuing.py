"""Issuing a letter: number, PDF, seal and code in one step; and withdrawing it."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.numbering import take_numbers
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.files.actions.attaching import keep_made
from pulih.files.models import Attachment, Owner
from pulih.papers import patterns
from pulih.papers.actions.writing import lock_letter
from pulih.papers.codes import index_of, new_code
from pulih.papers.letters import Signed
from pulih.papers.models import Letter, Letterhead, NumberSeries, Signatory
from pulih.papers.queries import (
    blanks_of,
    letterhead_of,
    series_of,
    signatory_for,
    template_of,
)
from pulih.papers.sections import letters_of_section, letters_of_unit
from pulih.papers.typeset.compose import Issue, compose
from pulih.papers.typeset.later import seal
from pulih.papers.typeset.pdf import set_pdf

SAME_NUMBER = "two series may not make the same number, whoever reads the letters"


@transaction.atomic
def issue_letter(*, letter: Letter, signatory: Signatory | None = None, by: User) -> Letter:
    """Give the letter its number, set it, seal it and keep the PDF; from now on it stays.

    The number is taken in this transaction: where anything fails, it is free again.

    Args:
        signatory: who signs; default who signs for the office, or the section, today.

    Raises:
        PermissionDenied: `by` may not write this letter.
        RuleError: it is issued already, blanks remain, or the signatory may not sign today.

    Source: R-PAP-4, R-PAP-5, R-PAP-6, R-PAP-7, docs/rules/papers.md.
    """
    letter = lock_letter(letter, by)
    if letter.replaces is not None:
        letter.replaces = lock_letter(letter.replaces, by)
    _check_ready(letter)
    on = today()
    letter.signatory = _signatory(letter, signatory, on)
    head = letterhead_of(letter.office)
    _number(letter, head, on)
    letter.dated_on, letter.issued_by, letter.issued_at = on, by, now()
    letter.code = new_code()
    letter.code_index = index_of(letter.code)
    letter.state = Letter.State.ISSUED
    issue = Issue(letter.number, on, letter.signatory, by, letter.code)
    content = seal(set_pdf(compose(letter, head, issue)), office=head.name)
    letter.pdf_digest = hashlib.sha256(content).hexdigest()
    letter.pdf = keep_made(
        owner=Owner.of(letter),
        content=content,
        name=file_name(letter),
        document_kind=_document_kind(letter),
        dated_on=on,
        by=by,
    )
    letter.save()
    _replace_earlier(letter)
    audit.record("letter.issued", actor=by, subject=letter, detail={"template": letter.template})
    return letter


@transaction.atomic
def withdraw_letter(*, letter: Letter, reason: str, by: User) -> Letter:
    """Take an issued letter back: its number stays used, and its code says so from now on.

    Raises:
        PermissionDenied: `by` may not write this letter.
        RuleError: it is not issued, or no reason is given.

    Source: R-PAP-9, docs/rules/papers.md.
    """
    letter = lock_letter(letter, by)
    if letter.state != Letter.State.ISSUED:
        raise RuleError(_("Only a letter that is issued can be withdrawn."), rule="R-PAP-9")
    if not reason.strip():
        raise RuleError(_("Say why the letter is withdrawn."), rule="R-PAP-9")
    letter.state = Letter.State.WITHDRAWN
    letter.withdrawn_by, letter.withdrawn_at = by, now()
    letter.withdraw_reason = reason.strip()
    letter.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdraw_reason"])
    audit.record("letter.withdrawn", actor=by, subject=letter, reason=reason)
    return letter


def file_name(letter: Letter) -> str:
    """What a download is called: the template and the number, never a name."""
    number = letter.number.replace("/", "-") or letter.about_label
    return f"{letter.template} {number}".strip()


def _check_ready(letter: Letter) -> None:
    if not letter.is_draft:
        raise RuleError(_("The letter is issued already."), rule="R-PAP-5")
    if letter.replaces and letter.replaces.state != Letter.State.ISSUED:
        raise RuleError(
            _("The earlier version was withdrawn; write a letter of its own."), rule="R-PAP-8"
        )
    if missing := blanks_of(letter):
        names = ", ".join(blank.label for blank in missing)
        raise RuleError(_("Still blank: %(names)s.") % {"names": names}, rule="R-PAP-5")


def _signatory(letter: Letter, chosen: Signatory | None, on: dt.date) -> Signatory | None:
    if template_of(letter).signed != Signed.OFFICE:
        return None
    if chosen is None:
        return signatory_for(letter.office, letter.section, on)
    ended = chosen.valid_until is not None and chosen.valid_until < on
    if chosen.office_id != letter.office_id or ended or chosen.valid_from > on:
        raise RuleError(
            _("%(name)s may not sign on %(day)s; choose somebody else.")
            % {"name": chosen.name, "day": on.isoformat()},
            rule="R-PAP-7",
        )
    return chosen


def _number(letter: Letter, head: Letterhead, on: dt.date) -> None:
    earlier = letter.replaces
    if earlier is not None:
        # A later version is the same letter: it keeps the number, its code is its own.
        letter.number, letter.series = earlier.number, earlier.series
        letter.counted_year, letter.sequence = earlier.counted_year, earlier.sequence
        return
    code = template_of(letter).series
    if letter.compartment_id is not None:
        code = NumberSeries.Code.CONFIDENTIAL
    series = series_of(letter.office, code)
    letter.series, letter.counted_year = code, on.year if series.yearly else 0
    letter.sequence = take_numbers(
        letter.office, f"surat:{code}", letter.counted_year, start=series.start
    )[0]
    letter.number = patterns.number(
        series.pattern,
        patterns.parts_of(
            sequence=letter.sequence,
            padding=series.padding,
            on=on,
            classification=letter.classification,
            office=head.code,
            section=letters_of_section(letter.section),
            unit=letters_of_unit(letter.unit),
        ),
    )
    _check_unused(letter)


def _check_unused(letter: Letter) -> None:
    rows = Letter.objects.unscoped(reason=SAME_NUMBER)
    if rows.filter(office=letter.office, number=letter.number).exclude(pk=letter.pk).exists():
        raise RuleError(
            _("The number %(number)s is used already. Ask for another pattern of this series.")
            % {"number": letter.number},
            rule="R-PAP-4",
        )


def _replace_earlier(letter: Letter) -> None:
    if letter.replaces is not None:
        letter.replaces.state = Letter.State.REPLACED
        letter.replaces.save(update_fields=["state"])


def _document_kind(letter: Letter) -> str:
    kinds = {
        "surat-rujukan": Attachment.DocumentKind.REFERRAL_LETTER,
        "ba-serah-terima": Attachment.DocumentKind.HANDOVER,
    }
    return kinds.get(letter.template, Attachment.DocumentKind.OTHER)
