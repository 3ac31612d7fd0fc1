"""Issuing: number, seal and code in one step, or nothing."""

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent
from pulih.common.errors import RuleError
from pulih.files.actions import open_file
from pulih.papers import queries
from pulih.papers.actions import issue_letter, issuing
from tests.papers.sheets import text_of


def test_an_issued_letter_has_number_day_and_pdf(make_letter, make_user, letterhead, signatory):
    worker = make_user()

    letter = issue_letter(letter=make_letter(by=worker), by=worker)

    assert letter.number == f"400.9/001/404.105/{letter.dated_on.year}"
    assert letter.pdf.content_type == "application/pdf"
    assert open_file(attachment=letter.pdf, by=worker).startswith(b"%PDF-")


def test_the_sheet_says_what_was_written(make_letter, make_user, letterhead, signatory):
    worker = make_user()
    letter = issue_letter(letter=make_letter(by=worker), by=worker)

    words = text_of(open_file(attachment=letter.pdf, by=worker))

    assert "Sutini" in words
    assert "Dra. Endang Pratiwi, M.Si." in words
    assert letter.code in words


def test_blanks_stop_the_letter_and_are_named(make_letter, make_user):
    worker = make_user()
    letter = make_letter(by=worker, fields={"purpose": "sekolah"})

    with pytest.raises(RuleError, match="Yang diterangkan, Isi keterangan"):
        issue_letter(letter=letter, by=worker)


def test_issuing_leaves_one_line_in_the_trail(make_letter, make_user):
    worker = make_user()

    issue_letter(letter=make_letter(by=worker), by=worker)

    assert AuditEvent.objects.filter(verb="letter.issued", actor=worker).count() == 1


def test_a_letter_is_issued_once(make_letter, make_user):
    worker = make_user()
    letter = issue_letter(letter=make_letter(by=worker), by=worker)

    with pytest.raises(RuleError, match="sudah terbit"):
        issue_letter(letter=letter, by=worker)


def test_somebody_of_another_section_does_not_issue_it(make_letter, make_user, office):
    letter = make_letter()
    other = make_user(section=office.sections.get(kind="security"))

    with pytest.raises(PermissionDenied):
        issue_letter(letter=letter, by=other)


def test_a_failure_while_setting_leaves_a_draft_and_the_number_free(
    make_letter, make_user, monkeypatch
):
    worker = make_user()
    letter, second = make_letter(by=worker), make_letter(by=worker)
    with monkeypatch.context() as broken:
        broken.setattr(issuing, "seal", _full_disk)
        with pytest.raises(OSError, match="disk"):
            issue_letter(letter=letter, by=worker)

    assert queries.get_letter(letter.pk, user=worker).is_draft
    assert issue_letter(letter=second, by=worker).sequence == 1


def _full_disk(*_args, **_options):
    raise OSError("disk full")
