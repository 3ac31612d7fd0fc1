"""Who reads a letter: by class and relation, and whoever reads its record."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from pulih.access.models import AuditEvent, Compartment
from pulih.files.queries import get_attachment
from pulih.papers import rules
from pulih.papers.actions import issue_letter
from pulih.papers.actions.reading import open_docx, open_sheet
from pulih.papers.queries import get_letter, letters_of_record, list_letters


@pytest.fixture
def room(office, make_user):
    """A compartment and its one member."""
    member, made = make_user(), Compartment.objects.create(office=office)
    made.members.create(user=member, valid_from="2020-01-01", purpose="test")
    return made, member


def test_an_open_letter_is_read_by_social_workers_of_the_office(make_letter, make_user, office):
    letter = make_letter()
    other = make_user(section=office.sections.get(kind="security"))

    assert get_letter(letter.pk, user=other) == letter


def test_the_front_desk_reads_its_own_letters_alone(make_letter, make_user):
    desk = make_user("front_desk")
    own, other = make_letter("tanda-terima", by=desk), make_letter()

    assert list(list_letters(user=desk)) == [own]
    with pytest.raises(Http404):
        get_letter(other.pk, user=desk)


def test_a_restricted_letter_is_read_by_writer_and_head(make_letter, make_user, section):
    letter = make_letter(restricted=True, section=section)

    assert list(list_letters(user=make_user("section_head"))) == [letter]
    assert list(list_letters(user=letter.written_by)) == [letter]
    assert list(list_letters(user=make_user())) == []


def test_a_sealed_letter_does_not_exist_for_who_is_not_named(make_letter, make_user, room, section):
    compartment, member = room
    letter = make_letter(by=member, compartment=compartment, section=section)

    assert get_letter(letter.pk, user=member) == letter
    assert not list_letters(user=make_user("section_head")).exists()
    with pytest.raises(Http404):
        get_letter(letter.pk, user=make_user("head_of_office"))


def test_whoever_reads_the_record_reads_its_letters(make_letter, make_user, monkeypatch):
    monkeypatch.setattr(rules, "_records", {})
    letter, desk = make_letter(), make_user("front_desk")
    rules.register_about(
        "cases.case", may_read=lambda user, key: user == desk, may_write=lambda user, key: False
    )

    assert get_letter(letter.pk, user=desk) == letter
    assert not rules.may_write(desk, letter)


def test_a_record_opens_no_sealed_letter_to_who_is_not_named(
    make_letter, make_user, room, monkeypatch
):
    monkeypatch.setattr(rules, "_records", {})
    compartment, member = room
    letter, other = make_letter(by=member, compartment=compartment), make_user()
    rules.register_about(
        "cases.case", may_read=lambda user, key: True, may_write=lambda user, key: True
    )

    assert not rules.may_read(other, letter)


def test_letters_of_a_record_are_given_to_its_own_page(make_letter):
    key = uuid.uuid4()
    letter = make_letter(key=key, restricted=True)

    assert letters_of_record("cases.case", key) == [letter]


def test_the_pdf_is_read_by_readers_of_the_letter_alone(make_letter, make_user, section):
    letter = make_letter(restricted=True, section=section)
    issue_letter(letter=letter, by=letter.written_by)
    letter = get_letter(letter.pk, user=letter.written_by)

    assert get_attachment(letter.pdf_id, user=letter.written_by) == letter.pdf
    with pytest.raises(Http404):
        get_attachment(letter.pdf_id, user=make_user())


def test_who_may_not_read_it_opens_neither_pdf_nor_docx(make_letter, make_user):
    letter, other = make_letter(restricted=True), make_user()

    with pytest.raises(PermissionDenied):
        open_sheet(letter=letter, by=other)
    with pytest.raises(PermissionDenied):
        open_docx(letter=letter, by=other)


def test_looking_at_a_restricted_draft_is_in_the_trail(make_letter):
    letter = make_letter(restricted=True)

    open_sheet(letter=letter, by=letter.written_by)

    assert AuditEvent.objects.filter(verb="letter.opened", subject_id=str(letter.pk)).count() == 1
