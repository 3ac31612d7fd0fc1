"""Issuing: number, seal and code in one step, or nothing."""

import subprocess

import pytest

from pulih.access.models import AuditEvent
from pulih.common.errors import RuleError
from pulih.files.actions import open_file
from pulih.papers.actions import issue_letter


def text_of(content: bytes) -> str:
    """The words of a PDF as a reader program finds them."""
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


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
