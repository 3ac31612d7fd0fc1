"""Whatever is written into a field stays text: on the sheet, in the DOCX, in the sentences."""

import datetime as dt
import io
import re

import pytest
from docx import Document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pulih.access.models import User
from pulih.papers import filling
from pulih.papers.letters import find_template, list_templates
from pulih.papers.models import Letter, Letterhead
from pulih.papers.typeset import pdf
from pulih.papers.typeset.compose import Issue, compose
from pulih.papers.typeset.docx import set_docx
from pulih.papers.typeset.pdf import set_pdf
from tests.papers.sheets import text_of

MARKUP = [
    '#import "@preview/example:0.1.0": add',
    '#read("/etc/passwd")',
    '#image("/letter.typ")',
    '#eval("1+1")',
    "#panic()",
    "] #sys.inputs [",
    "$ sum_(i=0)^n $",
    "= Judul",
    "- butir *tebal* _miring_ `kode`",
    '"quoted" \\ backslash \\u{41}',
    "<label> @rujukan",
    "// komentar /* dan */",
    "{purpose} {client.name} {{nomor}}",
    "{{ 7 * 7 }} {% if 1 %}",
    "<w:p>&amp;<script>alert(1)</script>",
    "]]>",
    "=cmd|' /C calc'!A0",
]


def sheet_of(**fields):
    """A statement with these fields, set."""
    template = find_template("surat-keterangan")
    kept = filling.normalise(template, {"client": {"name": "Sutini"}, **fields})
    letter = Letter(template=template.code, template_version=1, fields=kept)
    day = dt.date(2026, 11, 25)
    issue = Issue("400.9/001/2026", day, None, User(full_name="Rina"), "ABCD-EFGH-JKLM-NPQR")
    return compose(letter, Letterhead(name="Dinas Sosial"), issue)


def plain(text):
    """Without the spaces and hyphens that setting a text moves."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_as_it_was_typed(text):
    words = text_of(set_pdf(sheet_of(statement=text)))

    assert plain(text.replace('"', "")) in plain(words.replace('"', ""))


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text_in_the_docx_too(text):
    sheet = Document(io.BytesIO(set_docx(sheet_of(statement=text))))

    assert text in [paragraph.text for paragraph in sheet.paragraphs]


def test_a_value_is_never_read_as_a_field_of_the_sentence():
    document = sheet_of(statement="{purpose}", purpose="rahasia")
    told = [block["text"] for block in document["blocks"] if "text" in block]

    assert ["{purpose}"] in told


def test_marks_that_turn_the_direction_are_taken_out():
    document = sheet_of(statement="aman\u202egnup\u2066\u200f")

    assert ["amangnup"] in [block.get("text") for block in document["blocks"]]


def test_a_very_long_word_does_not_run_off_the_sheet():
    words = text_of(set_pdf(sheet_of(statement="x" * 600)))

    assert plain(words).count("x") >= 600


def test_ten_thousand_signs_make_more_sheets():
    words = text_of(set_pdf(sheet_of(statement="kata " * 2000)))

    assert words.count("kata") == 2000


def test_signs_without_a_letter_in_our_fonts_do_not_stop_the_sheet():
    content = set_pdf(sheet_of(statement="senang 😀 漢字", purpose="sekolah"))

    assert "sekolah" in text_of(content)


def test_no_template_reads_code_from_values_or_anything_from_outside():
    source = find_layout()

    assert not re.search(r"\beval\b|@preview|#import|#include|plugin\(|https?:", source)
    assert set(re.findall(r'(?:json|image|read)\("(/[^"]*)"', source)) <= {
        "/data.json",
        "/verify.svg",
        "/link-",
    }


def find_layout():
    """The layout, as the compiler reads it."""
    return (pdf.FOLDER / "letter.typ").read_text("utf-8")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
@example("\\")
@example("#[")
@example('"')
def test_any_text_makes_a_sheet(text):
    assert set_pdf(sheet_of(statement=text, purpose=text)).startswith(b"%PDF-")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_makes_a_docx(text):
    assert set_docx(sheet_of(statement=text, purpose=text)).startswith(b"PK")


@pytest.mark.parametrize("template", list_templates(), ids=lambda template: template.code)
def test_every_field_of_a_template_stands_on_its_sheet(template):
    blocks = " ".join(
        f"{block.text} {block.field} {block.rows} {block.when}" for block in template.blocks
    )
    elsewhere = {"to", "to_place", "enclosed", "copies", "giver", "receiver", "approver"}
    names = {field.name for field in template.fields} - elsewhere - {"witnesses"}

    assert not [name for name in names if not re.search(rf"\b{name}\b", blocks)]
