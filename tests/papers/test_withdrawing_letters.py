"""A letter that is taken back keeps its number."""

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent
from pulih.common.errors import RuleError
from pulih.papers.actions import issue_letter, withdraw_letter
from pulih.papers.models import Letter


def test_a_withdrawn_letter_says_when_and_why(make_letter, make_user):
    worker = make_user()
    letter = issue_letter(letter=make_letter(by=worker), by=worker)

    letter = withdraw_letter(letter=letter, reason=" Salah orang ", by=worker)

    assert letter.state == Letter.State.WITHDRAWN
    assert letter.withdraw_reason == "Salah orang"
    assert AuditEvent.objects.filter(verb="letter.withdrawn", actor=worker).count() == 1


def test_its_number_is_not_given_again(make_letter, make_user):
    worker = make_user()
    first = issue_letter(letter=make_letter(by=worker), by=worker)
    withdraw_letter(letter=first, reason="Salah orang", by=worker)

    assert issue_letter(letter=make_letter(by=worker), by=worker).sequence == first.sequence + 1


def test_a_reason_is_needed(make_letter, make_user):
    worker = make_user()
    letter = issue_letter(letter=make_letter(by=worker), by=worker)

    with pytest.raises(RuleError, match="alasan"):
        withdraw_letter(letter=letter, reason=" ", by=worker)


def test_a_draft_is_not_withdrawn(make_letter):
    letter = make_letter()

    with pytest.raises(RuleError):
        withdraw_letter(letter=letter, reason="x", by=letter.written_by)


def test_somebody_who_may_only_read_does_not_withdraw(make_letter, make_user, office):
    worker = make_user()
    letter = issue_letter(letter=make_letter(by=worker), by=worker)
    other = make_user(section=office.sections.get(kind="security"))

    with pytest.raises(PermissionDenied):
        withdraw_letter(letter=letter, reason="x", by=other)
