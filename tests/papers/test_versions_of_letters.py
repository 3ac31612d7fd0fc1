"""Later versions keep the number; the earlier one is replaced, and its code says so."""

import pytest

from pulih.common.errors import RuleError
from pulih.papers.actions import change_letter, issue_letter, new_version, withdraw_letter
from pulih.papers.models import Letter
from pulih.papers.queries import find_by_code, replaced_by_version, versions_of


@pytest.fixture
def issued(make_letter, make_user):
    """A letter that is out."""
    worker = make_user()
    return issue_letter(letter=make_letter(by=worker), by=worker)


def test_a_new_version_begins_with_the_fields_of_the_old_one(issued):
    draft = new_version(letter=issued, by=issued.written_by)

    assert (draft.version, draft.state) == (2, Letter.State.DRAFT)
    assert draft.fields == issued.fields
    assert find_by_code(issued.code).state == Letter.State.ISSUED


def test_asking_twice_gives_the_same_draft(issued):
    first = new_version(letter=issued, by=issued.written_by)

    assert new_version(letter=issued, by=issued.written_by) == first


def test_the_issued_version_takes_over_the_number(issued):
    worker = issued.written_by
    draft = new_version(letter=issued, by=worker)
    change_letter(letter=draft, fields={"purpose": "beasiswa"}, by=worker)
    second = issue_letter(letter=draft, by=worker)

    assert second.number == issued.number
    assert second.code != issued.code
    assert replaced_by_version(find_by_code(issued.code)) == 2


def test_the_old_version_is_kept_as_it_was(issued):
    worker = issued.written_by
    second = issue_letter(letter=new_version(letter=issued, by=worker), by=worker)
    (first,) = versions_of(second, user=worker)

    assert first.state == Letter.State.REPLACED
    assert first.pdf_digest == issued.pdf_digest


def test_the_next_letter_follows_on_as_if_there_were_one_version(issued, make_letter):
    worker = issued.written_by
    issue_letter(letter=new_version(letter=issued, by=worker), by=worker)

    assert issue_letter(letter=make_letter(by=worker), by=worker).sequence == issued.sequence + 1


def test_a_draft_gets_no_new_version(make_letter):
    letter = make_letter()

    with pytest.raises(RuleError):
        new_version(letter=letter, by=letter.written_by)


def test_a_version_of_a_withdrawn_letter_is_not_issued(issued):
    worker = issued.written_by
    draft = new_version(letter=issued, by=worker)
    withdraw_letter(letter=issued, reason="Salah alamat", by=worker)

    with pytest.raises(RuleError, match="dicabut"):
        issue_letter(letter=draft, by=worker)
