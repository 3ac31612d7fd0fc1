"""The letter of a referral: written from what the referral knows, with the living link in it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.models import Referral
from pulih.common.errors import RuleError
from pulih.papers.actions import change_letter, draft_letter, new_version
from pulih.papers.facts import About
from pulih.papers.models import Letter
from pulih.papers.queries import letters_of_record

TEMPLATE = "surat-rujukan"
KIND = "cases.referral"


@transaction.atomic
def write_referral_letter(*, referral: Referral, link: str, by: User) -> Letter:
    """Draft the letter of a referral, or bring the one that is there up to date.

    A draft gets the living link and the day of the answer; what a hand has changed in it stays.
    An issued letter whose link is dead gets a new version.

    Args:
        link: the address under which it is answered; empty until the referral is sent.

    Raises:
        PermissionDenied: `by` does not work on the case, or writes no letters.
        RuleError: it goes to a section of the office, or was withdrawn.

    Source: R-CASE-57, docs/rules/cases.md.
    """
    may(by, Action.CASE_WORK, referral.case).require()
    if referral.is_inside or referral.state == Referral.State.WITHDRAWN:
        raise RuleError(
            _("A letter is written only for a referral that goes out."), rule="R-CASE-57"
        )
    letter = next(iter(letters_of_record(KIND, referral.pk)), None)
    if letter is None or letter.state == Letter.State.WITHDRAWN:
        return _draft(referral, link, by)
    if letter.state == Letter.State.ISSUED:
        if letter.fields.get("answer_link", "") == link:
            return letter
        letter = new_version(letter=letter, by=by)
    return change_letter(
        letter=letter,
        fields={"answer_link": link, "answer_by": referral.answer_due_on},
        by=by,
    )


def _draft(referral: Referral, link: str, by: User) -> Letter:
    case = referral.case
    about = About(
        KIND,
        referral.pk,
        _("Referral %(number)s") % {"number": referral.number},
        "cases:referral",
    )
    to = [referral.to_name, referral.to_contact]
    return draft_letter(
        template=TEMPLATE,
        fields={
            "to": "\n".join(line for line in to if line),
            "client": {"name": case.person.name} if referral.names_client else None,
            "purpose": referral.purpose,
            "known": referral.told,
            "referral_number": referral.number,
            "answer_by": referral.answer_due_on,
            "answer_link": link,
        },
        about=about,
        section=case.section,
        unit=case.unit,
        compartment=case.compartment,
        restricted=case.restricted,
        by=by,
    )
