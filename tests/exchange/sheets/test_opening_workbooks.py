"""R-EXC-21, R-EXC-22: a file is what it holds, and what cannot be read says why."""

import io
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
from PIL import Image

from pulih.common import limited
from pulih.exchange.sheets import xls
from pulih.exchange.sheets.kinds import FileKind
from pulih.exchange.sheets.open import open_workbook
from pulih.exchange.sheets.refusals import LIMITS, FileRefused
from pulih.exchange.sheets.values import LongNumber, SheetRow
from tests.exchange.sheets import lists
from tests.exchange.sheets.conftest import FILES

SMALL = [["No", "Nama"], [1, "Warsini"], [2, "Paidjo"]]
TEXT = "no;nama\n1;Warsini\n2;Zoë"


def refusal(path: Path) -> FileRefused:
    """Return the refusal of a file, wherever in the reading it comes."""
    with pytest.raises(FileRefused) as refused:
        everything(path)
    return refused.value


def everything(source: Path | bytes) -> list[SheetRow]:
    """Return all rows of all sheets."""
    return [row for sheet in open_workbook(source).read() for row in sheet.rows()]


def values(source: Path | bytes) -> list[list[object]]:
    """Return all values of all sheets."""
    return [row.values for row in everything(source)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("computed.xlsx", FileKind.XLSX),
        ("hidden.xls", FileKind.XLS),
        ("hidden.ods", FileKind.ODS),
    ],
)
def test_all_formats_give_the_same_values(name, kind):
    book = open_workbook(FILES / name)

    assert book.kind is kind
    assert values(FILES / name)[1] == [1, "Warsini", "3521095201870001", 38, "x"]


def test_the_name_of_a_file_does_not_matter(write, tmp_path):
    path = write(SMALL).rename(tmp_path / "list.csv")

    assert open_workbook(path).kind is FileKind.XLSX


def test_a_file_in_memory_is_read_like_one_on_disk(write):
    assert values(write(SMALL).read_bytes())[1] == [1, "Warsini"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_is_read_in_every_usual_encoding(write, encoding):
    path = write(TEXT.encode(encoding), "list.csv")

    assert values(path) == [["no", "nama"], ["1", "Warsini"], ["2", "Zoë"]]


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
def test_the_separator_is_found(write, separator):
    path = write(TEXT.replace(";", separator), "list.csv")

    assert open_workbook(path).separator == separator
    assert values(path)[1] == ["1", "Warsini"]


def test_a_separator_inside_quotes_is_no_separator(write):
    path = write('no;nama\n1;"Contoh; Sri, Rara"\n2;"a, b, c"', "list.csv")

    assert values(path)[1] == ["1", "Contoh; Sri, Rara"]


def test_excel_may_name_the_separator_in_the_first_line(write):
    path = write("sep=;\nno;nama\n1;Warsini", "list.csv")

    assert values(path)[0] == ["no", "nama"]


@pytest.mark.parametrize("content", [b"", b"   \r\n", b"\xef\xbb\xbf", b"\x00" * 100])
def test_an_empty_file_is_refused(write, content):
    assert refusal(write(content)).code == "file.empty"


@pytest.mark.parametrize("name", ["locked.xls", "locked.ods"])
def test_a_locked_file_says_that_it_is_locked(name):
    assert refusal(FILES / name).code == "file.password"


def test_a_locked_xlsx_says_that_it_is_locked(write, tmp_path):
    locked = tmp_path / "locked.xlsx"
    with write(SMALL).open("rb") as plain, locked.open("wb") as out:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("rahasia", out)

    assert refusal(locked).code == "file.password"


def test_a_renamed_pdf_is_named_for_what_it_is():
    refused = refusal(FILES / "renamed_pdf.xlsx")

    assert (refused.code, refused.params) == ("file.other_kind", {"found": "PDF"})


def test_a_table_of_a_web_page_named_as_a_spreadsheet_is_read():
    book = open_workbook(FILES / "web_page.xls")

    assert book.kind is FileKind.HTML
    assert values(FILES / "web_page.xls")[1][:3] == ["1", "Warsini", "3521095201870001"]


def test_a_web_page_without_a_table_is_told_apart():
    assert refusal(b"<!DOCTYPE html><html><body><p>Masuk dulu</p></body></html>").code == (
        "file.web_page"
    )


@pytest.mark.parametrize(
    "head", [b"<head><title>Daftar</title>", b"<head><title>Daftar</title></head>", b""]
)
def test_a_page_whose_head_is_not_ended_is_read_all_the_same(head):
    page = b"<html>" + head + b"<table><tr><td>No<td>Nama<tr><td>1<td>Warsini</table>"

    assert values(page) == [["No", "Nama"], ["1", "Warsini"]]


def test_cells_of_a_page_that_reach_over_others_keep_their_places():
    page = (
        b"<html><body><table><tr><th rowspan=2>No<th rowspan=2>Nama<th colspan=2>Alamat"
        b"<tr><th>Desa<th>Kecamatan"
        b"<tr style='display:none'><td>1<td>Warsini<td>Walikukun<td>Widodaren</table>"
    )

    sheets = open_workbook(page).read()
    sheet = next(sheets)
    rows = list(sheet.rows())
    assert sheet.head.merged == ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3))
    assert rows[1].values == [None, None, "Desa", "Kecamatan"]
    assert rows[2].hidden


def test_an_xls_tells_its_hidden_rows_columns_and_formulas():
    sheets = open_workbook(FILES / "hidden.xls").read()
    sheet = next(sheets)
    rows = list(sheet.rows())

    assert sheet.head.hidden_columns == {4}
    assert [row.number for row in rows if row.hidden] == [3]
    assert rows[1].formulas == {3}


def test_an_xls_whose_records_are_not_understood_says_so():
    assert xls.scan_sheets((FILES / "hidden.xls").read_bytes()[:2000]) == {}
    assert xls.scan_sheets(b"") == {}


def test_a_renamed_picture_is_refused(write):
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG")

    assert refusal(write(picture.getvalue())).params == {"found": "JPEG"}


def zipped(entries: dict[str, bytes]) -> bytes:
    """Return a zip of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ({"[Content_Types].xml": b"", "word/document.xml": b""}, "Word"),
        ({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}, "PowerPoint"),
        ({"xl/workbook.bin": b""}, "XLSB"),
        ({"photo.jpg": b""}, "ZIP"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "OpenDocument"),
    ],
)
def test_other_packages_are_refused_by_name(write, entries, found):
    assert refusal(write(zipped(entries))).params == {"found": found}


def test_a_binary_of_no_known_kind_is_refused(write):
    assert refusal(write(bytes(range(1, 200)) * 3)).code == "file.unknown_kind"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_cut_short_is_damaged(write, share):
    whole = write(lists.village_list()).read_bytes()

    assert refusal(write(whole[: int(len(whole) * share)])).code == "file.damaged"


def test_a_file_with_broken_bytes_inside_is_damaged(write):
    whole = bytearray(write(lists.village_list()).read_bytes())
    at = whole.index(b"xl/worksheets/sheet1.xml") + 40
    whole[at : at + 60] = b"\xaa" * 60

    assert refusal(write(bytes(whole))).code == "file.damaged"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(write):
    bomb = zipped({"[Content_Types].xml": b"", "xl/worksheets/sheet1.xml": b" " * (64 << 20)})

    assert refusal(write(bomb)).code == "file.unpacks_too_large"


def test_a_bomb_of_cells_kills_only_the_reading_process(write):
    book, sheet = lists.sheet_of(SMALL)
    sheet.cell(row=249_999, column=500, value="x")

    assert refusal(write(book)).code == "file.needs_too_much"


def test_a_value_far_below_the_list_is_told_with_its_row(write):
    book, sheet = lists.sheet_of(SMALL)
    sheet.cell(row=1_000_000, column=1, value="x")

    assert refusal(write(book)).params == {"rows": 1_000_000, "limit": LIMITS.rows}


def test_a_value_far_to_the_right_is_told_with_its_column(write):
    book, sheet = lists.sheet_of(SMALL)
    sheet.cell(row=2, column=16_000, value="x")

    assert refusal(write(book)).params == {"columns": 16_000, "limit": LIMITS.columns}


def test_a_list_of_a_million_lines_is_refused(write):
    path = write("1;a\n" * (LIMITS.rows + 1), "list.csv")

    assert refusal(path).code == "file.too_many_rows"


def test_a_reading_process_that_dies_is_a_refusal(write, monkeypatch):
    monkeypatch.setattr(limited, "START", "import os; os.abort()")

    assert refusal(write(SMALL)).code == "file.needs_too_much"


def test_a_reading_process_that_runs_too_long_is_a_refusal(write, monkeypatch):
    spin = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
    monkeypatch.setattr(limited, "START", spin)

    assert refusal(write(SMALL)).code == "file.takes_too_long"


def test_hidden_rows_columns_and_sheets_are_read_and_marked(write):
    book = open_workbook(write(lists.hidden_things()))
    sheets = [(sheet.head, [row.hidden for row in sheet.rows()]) for sheet in book.read()]

    assert sheets[0][1] == [False, False, True, False]
    assert sheets[0][0].hidden_columns == {4}
    assert book.hidden_sheets == {"Lama"}


def test_a_formula_is_marked_and_its_result_taken():
    row = everything(FILES / "computed.xlsx")[1]

    assert row.values[3] == 38
    assert (row.formulas, row.uncomputed) == ({3}, frozenset())


def test_a_formula_that_was_never_computed_is_marked(write):
    row = everything(write(lists.hidden_things()))[1]

    assert row.uncomputed == {3}


def test_a_number_of_sixteen_digits_keeps_the_digits_of_the_file(write):
    rows = values(write([["a", "b"], [3521095201870001, "x"]]))

    assert rows[1][0] == LongNumber("3521095201870001")


def test_a_number_beyond_the_exact_ones_is_read_from_the_file_itself(write):
    path = write([["a", "b"], [1, "x"]])
    whole = zipfile.ZipFile(path)
    entries = {name: whole.read(name) for name in whole.namelist()}
    inner = "xl/worksheets/sheet1.xml"
    entries[inner] = entries[inner].replace(b"<v>1</v>", b"<v>9471095201870001</v>")

    assert values(write(zipped(entries)))[1][0] == LongNumber("9471095201870001")
