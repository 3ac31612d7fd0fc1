"""R-EXC-23 to R-EXC-30: rows of real files come out as people, traps and all."""

import datetime as dt

import pytest

from jejak.birth import BirthDate
from pulih.exchange.sheets.cells import Age, NumberCell
from pulih.exchange.sheets.dates import PlaceAndBirth
from pulih.exchange.sheets.fields import STAFF, Field
from pulih.exchange.sheets.layout import find_layout
from pulih.exchange.sheets.open import open_workbook
from pulih.exchange.sheets.read import proposed_mappings, read_rows
from tests.exchange.sheets import lists
from tests.exchange.sheets.conftest import FILES, TODAY


def codes(row, name):
    """Return the codes of what there is to say about one cell."""
    return [one.code for one in row.cells[name].problems]


@pytest.fixture(params=["xlsx", "xls", "ods"])
def village(request, write, rows_of):
    """The people of the first layout in each of the three formats."""
    path = FILES / f"village.{request.param}"
    return rows_of(write(lists.village_list()) if request.param == "xlsx" else path)


def test_rows_keep_the_numbers_that_excel_shows(village):
    assert [row.number for row in village] == [8, 9, 10, 15, 16]


def test_a_title_inside_the_list_goes_with_the_rows_below_it(village):
    assert {row.group for row in village} == {"DUSUN KRAJAN", "DUSUN NGALE"}


def test_a_nik_as_number_as_text_and_lost_come_out_right(village):
    assert [row.value(Field.NIK) for row in village] == [
        NumberCell("3521121201600001", was_number=True),
        NumberCell("3521125503550002"),
        NumberCell("3521120107700000", was_number=True, trusted=False),
        None,
        None,
    ]


def test_only_the_row_with_the_lost_nik_is_refused(village):
    refused = [row for row in village if row.is_refused]

    assert [row.number for row in refused] == [15]
    assert codes(refused[0], Field.NIK) == ["number.scientific"]


def test_dates_of_every_kind_in_one_column_come_out_right(village):
    assert [row.value(Field.BIRTH_DATE) for row in village] == [
        BirthDate.exact(dt.date(1960, 1, 12)),
        BirthDate.exact(dt.date(1955, 3, 15)),
        BirthDate.exact(dt.date(1970, 7, 1)),
        BirthDate.exact(dt.date(1961, 12, 25)),
        None,
    ]


def test_a_person_called_jumlah_is_a_person(village):
    assert village[-1].value(Field.NAME) == "Jumlah Sari"


def test_the_rows_of_all_districts_are_read(rows_of):
    rows = rows_of(lists.district_recap())

    assert len(rows) == 19 * len(lists.RECAP_ROWS)
    assert [row.sheet for row in rows[::4]] == list(lists.DISTRICTS)


def test_a_recap_comes_out_with_all_its_untidiness(rows_of):
    first, second, third, fourth = rows_of(lists.district_recap())[:4]

    assert second.value(Field.NAME) == "H. Paidjo"
    assert (third.value(Field.AGE), third.value(Field.SEX)) == (Age(69, estimated=True), "P")
    assert fourth.value(Field.BIRTH_PLACE_DATE) == PlaceAndBirth("Madiun", BirthDate.year(1979))


def test_phones_and_kinds_of_a_recap_are_parted(rows_of):
    _, second, third, fourth = rows_of(lists.district_recap())[:4]

    assert second.value(Field.PHONE) == ("081234567891",)
    assert third.value(Field.PHONE) == ("0351749000", "081234567892")
    assert fourth.value(Field.PPKS_KIND) == ("Gelandangan", "Penyandang disabilitas")


def test_a_date_as_serial_number_beside_text_and_real_dates(rows_of):
    rows = rows_of(lists.district_recap())[:4]

    assert [row.value(Field.SERVICE_DATE) for row in rows] == [
        dt.date(2025, 3, 14),
        dt.date(2025, 3, 20),
        None,
        dt.date(2025, 3, 20),
    ]


def test_the_same_day_undecided_on_one_sheet_is_decided_by_another(rows_of):
    book = lists.district_recap()
    assert "date.undecidable" in codes(rows_of(book)[0], Field.BIRTH_PLACE_DATE)

    book["Pitu"].append([5, "", "Karmi", "", "", "Ngawi, 25-12-1980"])
    assert "date.undecidable" not in codes(rows_of(book)[0], Field.BIRTH_PLACE_DATE)


def test_addresses_of_a_health_centre_are_taken_apart(rows_of):
    rows = rows_of(lists.health_centre_text().encode("cp1252"), "odgj.csv")

    assert rows[0].value(Field.ADDRESS).village == "Walikukun"
    assert [row.value(Field.STATUS) for row in rows] == ["bebas pasung", "rawat jalan", "pasung"]
    assert rows[2].value(Field.NAME) == "Zoë; Rahayu"


def test_children_come_by_initials_and_never_by_name(rows_of):
    rows = rows_of(lists.child_list())

    assert [row.value(Field.INITIALS) for row in rows] == ["A.S.", "MR"]
    assert not any(Field.NAME in row.cells for row in rows)


def test_staff_come_with_their_nip(rows_of):
    rows = rows_of(lists.staff_list(), profile=STAFF)

    assert rows[0].value(Field.NIP) == NumberCell("19800101 200501 2 001")
    assert not rows[1].value(Field.NIP).trusted


def test_a_hidden_row_is_read_and_told(rows_of):
    rows = rows_of(lists.hidden_things())

    assert [row.hidden for row in rows] == [False, True, False]
    assert [one.code for one in rows[1].problems] == ["row.hidden"]


def test_a_formula_gives_its_result_and_is_told(rows_of):
    row = rows_of(FILES / "computed.xlsx")[0]

    assert row.value(Field.AGE) == Age(38)
    assert codes(row, Field.AGE) == ["cell.formula"]


def test_a_formula_without_a_result_is_told(rows_of):
    row = rows_of(lists.hidden_things())[0]

    assert row.value(Field.AGE) is None
    assert codes(row, Field.AGE) == ["cell.formula_uncomputed"]


def test_an_error_in_a_cell_is_told(rows_of, write):
    row = rows_of([["No", "Nama", "Umur"], [1, "Warsini", "#REF!"]])[0]

    assert codes(row, Field.AGE) == ["cell.error_value"]


def test_ticks_under_l_and_p_become_the_sex(rows_of):
    rows = rows_of(
        [["No", "Nama", "L", "P"], [1, "Paidjo", "v", None], [2, "Warsini", None, "√"]]
        + [[3, "Sutinem", "v", "v"]]
    )

    assert [row.value(Field.SEX) for row in rows] == ["L", "P", None]
    assert codes(rows[2], Field.SEX) == ["sex.unknown"]


def test_p_beside_w_in_a_column_means_pria(rows_of):
    rows = rows_of([["No", "Nama", "JK"], [1, "Paidjo", "P"], [2, "Warsini", "W"]])

    assert [row.value(Field.SEX) for row in rows] == ["L", "P"]


def test_two_columns_of_notes_are_joined(rows_of):
    row = rows_of([["No", "Nama", "Ket", "Catatan"], [1, "Paidjo", "sakit", "sendiri"]])[0]

    assert row.value(Field.NOTE) == "sakit; sendiri"


def test_a_row_that_names_nobody_is_refused(rows_of):
    row = rows_of([["No", "Nama", "Desa", "Umur"], [1, "Paidjo", "Beran", 3], [2, "", "Beran", 4]])[
        1
    ]

    assert row.is_refused
    assert [one.code for one in row.problems] == ["row.no_person"]


def test_a_mapping_by_hand_overrules_the_proposal(write):
    book = open_workbook(write([["Alpha", "Nama", "Desa"], ["Paidjo", "X", "Beran"]]))
    layout = find_layout(book)
    sheet = layout.sheets[0]
    mapping = {sheet.fingerprint: {0: Field.NAME, 1: Field.NOTE}}

    row = next(read_rows(book, layout, mapping, today=TODAY))
    assert (row.value(Field.NAME), row.value(Field.NOTE)) == ("Paidjo", "X")
    assert Field.VILLAGE not in row.cells


def test_a_sheet_without_a_mapping_is_not_read(write):
    book = open_workbook(write(lists.child_list()))

    assert list(read_rows(book, find_layout(book), {}, today=TODAY)) == []


def test_the_whole_row_stays_at_hand_for_the_file_of_refused_rows(rows_of):
    row = rows_of([["No", "Nama", "Lain"], [1, "Paidjo\u00a0", dt.date(2025, 3, 1)]])[0]

    assert row.texts == ["1", "Paidjo", "01-03-2025"]


def test_a_hundred_thousand_lines_of_an_extract_are_read(write):
    book = open_workbook(write(lists.extract_text(100_000), "dtsen.txt"))
    layout = find_layout(book)
    rows = read_rows(book, layout, proposed_mappings(layout), today=TODAY)

    assert sum(1 for row in rows if not row.is_refused) == 100_000
