"""R-EXC-23: the layouts that offices use are found, and what is no person is left out."""

import pytest
from openpyxl import Workbook

from pulih.exchange.sheets.fields import STAFF, Field
from pulih.exchange.sheets.layout import find_layout
from pulih.exchange.sheets.open import open_workbook
from tests.exchange.sheets import lists
from tests.exchange.sheets.conftest import FILES


def fields(sheet):
    """Return the proposed field of each title."""
    return {
        column.title: proposal.field
        for column, proposal in zip(sheet.columns, sheet.proposals, strict=True)
    }


def skipped(sheet):
    """Return why each row is left out."""
    return {row: reason.code for row, reason in sheet.skipped.items()}


@pytest.fixture(params=["xlsx", "xls", "ods"])
def village(request, write):
    """The first layout in each of the three formats."""
    path = FILES / f"village.{request.param}"
    if request.param == "xlsx":
        path = write(lists.village_list())
    return find_layout(open_workbook(path)).sheets[0]


def test_merged_titles_are_joined_to_paths(village):
    assert village.header_rows == (4, 5)
    assert fields(village) == {
        "No": Field.ROW_NUMBER,
        "NIK": Field.NIK,
        "Nama Kepala Keluarga": Field.NAME,
        "L/P": Field.SEX,
        "Tgl Lahir": Field.BIRTH_DATE,
        "Jml Anggota": Field.FAMILY_SIZE,
        "Alamat / Dusun": Field.DUSUN,
        "Alamat / RT": Field.RT,
        "Alamat / RW": Field.RW,
        "Pekerjaan / Uraian": Field.OCCUPATION,
        "Pekerjaan / Kode": Field.IGNORE,
        "Kriteria / Uraian": Field.PPKS_KIND,
        "Kriteria / Kode": Field.IGNORE,
        "Ket.": Field.NOTE,
    }


def test_totals_titles_and_signatures_are_no_people(village):
    assert skipped(village) == {
        6: "row.column_numbers",
        7: "row.group_title",
        11: "row.total",
        12: "row.group_title",
        13: "row.repeated_header",
        14: "row.repeated_header",
        17: "row.total",
        19: "row.signature",
        20: "row.signature",
        21: "row.signature",
    }
    assert village.data_rows == 5


def test_titles_above_the_list_name_its_place(village):
    assert village.titles[0] == "DAFTAR PENERIMA BANTUAN SEMBAKO"
    assert (village.village_guess, village.district_guess) == ("WALIKUKUN", "WIDODAREN")


def test_each_sheet_of_a_recap_is_a_district(layout_of):
    layout = layout_of(lists.district_recap())

    assert [sheet.district_guess for sheet in layout.data_sheets][8:11] == [
        "Ngawi",
        "PARON",
        "kdgalar",
    ]
    assert len(layout.data_sheets) == 19


def test_a_sheet_of_counts_is_no_list_of_people(layout_of):
    cover = layout_of(lists.district_recap()).sheets[0]

    assert not cover.is_data
    assert [one.code for one in cover.problems] == ["sheet.no_people"]


def test_all_columns_of_a_recap_are_proposed(layout_of):
    sheet = layout_of(lists.district_recap()).sheets[1]

    assert list(fields(sheet).values()) == [
        Field.ROW_NUMBER,
        Field.REGISTER_NUMBER,
        Field.NAME,
        Field.NIK,
        Field.KK,
        Field.BIRTH_PLACE_DATE,
        Field.AGE,
        Field.SEX,
        Field.ADDRESS,
        Field.VILLAGE,
        Field.PPKS_KIND,
        Field.DISABILITY_KIND,
        Field.HEALTH_INSURANCE,
        Field.GUARDIAN_NAME,
        Field.GUARDIAN_RELATION,
        Field.PHONE,
        Field.SERVICE,
        Field.SERVICE_DATE,
        Field.NOTE,
    ]


def test_a_list_of_a_health_centre_is_understood(layout_of):
    layout = layout_of(lists.health_centre_text().encode("cp1252"), "odgj.csv")

    assert list(fields(layout.sheets[0]).values()) == [
        Field.ROW_NUMBER,
        Field.NAME,
        Field.AGE,
        Field.ADDRESS,
        Field.STATUS,
        Field.LAST_MEDICINE,
    ]


def test_a_list_of_children_by_initials_is_understood(layout_of):
    sheet = layout_of(lists.child_list()).sheets[0]

    assert list(fields(sheet).values()) == [
        Field.ROW_NUMBER,
        Field.INITIALS,
        Field.AGE,
        Field.SEX,
        Field.CASE_KIND,
        Field.REPORT_DATE,
        Field.HANDLED_BY,
    ]


def test_a_list_of_students_is_found_and_its_own_columns_left_to_map(layout_of):
    found = fields(layout_of(lists.student_list()).sheets[0])

    assert (found["Nama"], found["No WA"]) == (Field.NAME, Field.PHONE)
    assert {found["NIM"], found["Prodi"], found["Dosen Pembimbing"]} == {Field.IGNORE}


def test_a_dtsen_extract_is_understood(layout_of):
    sheet = layout_of(lists.extract_text(30), "dtsen.txt").sheets[0]

    assert list(fields(sheet).values()) == [
        Field.NIK,
        Field.NAME,
        Field.BIRTH_DATE,
        Field.REGION_CODE,
        Field.FAMILY_ID,
        Field.FAMILY_RELATION,
        Field.DTSEN_DECILE,
    ]


def test_an_attendance_list_is_understood(layout_of):
    sheet = layout_of(lists.attendance_list()).sheets[0]

    assert list(fields(sheet).values()) == [
        Field.ROW_NUMBER,
        Field.NAME,
        Field.INSTITUTION,
        Field.PHONE,
        Field.IGNORE,
    ]


def test_a_list_of_staff_is_understood(layout_of):
    sheet = layout_of(lists.staff_list(), profile=STAFF).sheets[0]

    assert list(fields(sheet).values()) == [
        Field.ROW_NUMBER,
        Field.NAME,
        Field.NIP,
        Field.RANK,
        Field.POSITION,
        Field.UNIT,
        Field.EMAIL,
    ]


PEOPLE_ROWS = [[1, "Warsini", "3521095201870001", "P"], [2, "Paidjo", "3521091511500003", "L"]]


@pytest.mark.parametrize(
    "titles",
    [
        ["NO.", "NAMA  LENGKAP", "N I K", "JENIS_KELAMIN"],
        ["no urut", "Nama Lengkp", "Nomor NIK", "Jns. Kelamin"],
        ["No", "nama (sesuai KTP)", "NIK*", "L / P"],
    ],
)
def test_titles_are_known_through_abbreviations_and_slips(layout_of, titles):
    sheet = layout_of([titles, *PEOPLE_ROWS]).sheets[0]

    assert list(fields(sheet).values())[1:] == [Field.NAME, Field.NIK, Field.SEX]


def test_columns_without_titles_are_known_by_what_stands_in_them(layout_of):
    rows = [[f"Warga {letter}", f"352109520187000{at}", "P"] for at, letter in enumerate("ABCD", 1)]
    sheet = layout_of([["Nama", "Desa", None, None], *([a, "Beran", b, c] for a, b, c in rows)])

    found = [one.field for one in sheet.sheets[0].proposals]
    assert found == [Field.NAME, Field.VILLAGE, Field.NIK, Field.SEX]


def test_three_rows_of_titles_are_joined(layout_of):
    book, sheet = lists.sheet_of(
        [
            ["No", "Identitas", None, None, None],
            [None, "Nama", "NIK", "Alamat", None],
            [None, None, None, "Desa", "Kecamatan"],
            [1, "Warsini", "3521095201870001", "Babadan", "Pangkur"],
        ]
    )
    for area in ("A1:A3", "B1:E1", "B2:B3", "C2:C3", "D2:E2"):
        sheet.merge_cells(area)

    found = layout_of(book).sheets[0]
    assert found.header_rows == (1, 2, 3)
    assert list(fields(found).values()) == [
        Field.ROW_NUMBER,
        Field.NAME,
        Field.NIK,
        Field.VILLAGE,
        Field.DISTRICT,
    ]


def test_two_rows_of_titles_without_merges_are_joined(layout_of):
    sheet = layout_of(
        "No;Nama;Alamat;;\n;;Dusun;RT;RW\n1;Warsini;Krajan;1;2\n2;Paidjo;Ngale;3;1", "a.csv"
    ).sheets[0]

    assert [column.title for column in sheet.columns][2:] == [
        "Alamat / Dusun",
        "Alamat / RT",
        "Alamat / RW",
    ]


def test_empty_columns_at_the_end_are_left_away(layout_of):
    sheet = layout_of([["No", "Nama", None, " ", None], [1, "Warsini", None, "", " "]]).sheets[0]

    assert [column.index for column in sheet.columns] == [0, 1]


def test_hidden_rows_and_columns_are_told(layout_of):
    sheet = layout_of(lists.hidden_things()).sheets[0]

    assert {one.code: one.params for one in sheet.problems} == {
        "sheet.hidden_rows": {"count": 1},
        "sheet.hidden_columns": {"columns": "E"},
    }


def test_an_empty_workbook_has_no_rows(layout_of):
    layout = layout_of(Workbook())

    assert not layout.data_sheets
    assert [one.code for one in layout.sheets[0].problems] == ["sheet.no_rows"]


def test_a_row_of_sums_without_a_word_is_left_out_with_a_warning(layout_of):
    sheet = layout_of(
        [["No", "Nama", "Umur", "Jml Anggota"], [1, "Warsini", 38, 3], [None, None, None, 3]]
    ).sheets[0]

    assert skipped(sheet) == {3: "row.looks_like_total"}


def test_a_row_with_a_nik_is_a_person_whatever_it_is_called(layout_of):
    sheet = layout_of([["No", "Nama", "NIK"], [None, "Total", "3521095201870001"]]).sheets[0]

    assert sheet.data_rows == 1


def test_the_fingerprint_is_the_same_for_another_month(write, layout_of):
    one, other = lists.district_recap(), lists.district_recap()
    other["Sine"].append([5, "R-005", "Karmi"])
    del other["Pitu"]

    assert layout_of(one, "a.xlsx").fingerprint == layout_of(other, "b.xlsx").fingerprint


def test_another_layout_has_another_fingerprint(layout_of):
    one = layout_of(lists.child_list(), "a.xlsx")

    assert one.fingerprint != layout_of(lists.student_list(), "b.xlsx").fingerprint
