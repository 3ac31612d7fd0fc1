"""The sheet: sealed so that a change shows, kept encrypted, a draft that says so, a plain DOCX."""

import io
import stat
from pathlib import Path

import pytest
from django.conf import settings
from docx import Document
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from pulih.common.errors import RuleError
from pulih.files.actions import attach, open_file, remove
from pulih.files.models import Owner
from pulih.papers.actions import issue_letter
from pulih.papers.actions.reading import open_docx, open_sheet
from pulih.papers.typeset.sealing import certificate
from tests.papers.sheets import text_of


@pytest.fixture
def issued(make_letter, make_user, letterhead, signatory):
    """A letter that is out."""
    worker = make_user()
    return issue_letter(letter=make_letter(by=worker), by=worker)


def status_of(content):
    """What the seal of a PDF says, for somebody who trusts nobody yet."""
    (found,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    return validate_pdf_signature(found, ValidationContext(trust_roots=[], allow_fetching=False))


def test_the_seal_holds_over_the_whole_file(issued):
    status = status_of(open_file(attachment=issued.pdf, by=issued.written_by))

    assert status.intact
    assert status.valid
    assert status.coverage.name == "ENTIRE_FILE"


def test_a_changed_byte_breaks_the_seal(issued):
    content = bytearray(open_file(attachment=issued.pdf, by=issued.written_by))
    content[len(content) // 3] ^= 1

    assert not status_of(bytes(content)).intact


def test_the_sheet_is_tagged_for_screen_readers(issued):
    content = open_file(attachment=issued.pdf, by=issued.written_by)
    root = PdfFileReader(io.BytesIO(content)).root

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert "/StructTreeRoot" in root


def test_the_key_is_its_owners_alone_and_is_made_once(issued, make_letter):
    path = Path(settings.PULIH_KEY_FILE).with_name("letters.pem")
    before = path.read_bytes()
    issue_letter(letter=make_letter(by=issued.written_by), by=issued.written_by)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == before
    assert b"PRIVATE" not in certificate()


def test_the_kept_pdf_lies_encrypted(issued):
    lying = (Path(settings.MEDIA_ROOT) / issued.pdf.storage_path).read_bytes()

    assert b"%PDF" not in lying


def test_nobody_adds_to_the_files_of_a_letter_or_removes_its_pdf(issued):
    worker = issued.written_by

    with pytest.raises(Exception, match="berkas"):
        attach(owner=Owner.of(issued), content=b"x", name="x.txt", by=worker)
    with pytest.raises(Exception, match="berkas"):
        remove(attachment=issued.pdf, reason="x", by=worker)


def test_a_preview_says_that_it_is_a_draft(make_letter, letterhead):
    letter = make_letter()

    words = text_of(open_sheet(letter=letter, by=letter.written_by))

    assert "Konsep: belum terbit" in words
    assert "Periksa keasliannya" not in words


def test_the_docx_has_the_same_words_and_says_that_it_is_not_sealed(issued):
    sheet = Document(io.BytesIO(open_docx(letter=issued, by=issued.written_by)))
    words = " ".join(paragraph.text for paragraph in sheet.paragraphs)
    cells = " ".join(
        cell.text for table in sheet.tables for row in table.rows for cell in row.cells
    )

    assert "keringanan biaya sekolah" in words
    assert "Sutini" in cells
    assert "Tidak disegel" in sheet.sections[0].footer.paragraphs[0].text


def test_the_docx_tells_no_author(issued):
    sheet = Document(io.BytesIO(open_docx(letter=issued, by=issued.written_by)))

    assert sheet.core_properties.author == ""
    assert sheet.core_properties.comments == ""


def test_a_pdf_that_was_changed_on_the_disk_does_not_open(issued):
    path = Path(settings.MEDIA_ROOT) / issued.pdf.storage_path
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))

    with pytest.raises(RuleError):
        open_sheet(letter=issued, by=issued.written_by)
