"""Every trap of an office's spreadsheet, from the file to the registry."""

import datetime as dt

import openpyxl
import pytest

from pulih.exchange.telling import tell
from pulih.people.models import (
    Address,
    HouseholdMember,
    Identifier,
    Kinship,
    Person,
    PersonFact,
    PpksStatus,
    Region,
)
from pulih.people.queries.duplicates import list_pairs

WHY = "test"
TITLES = ("No", "NIK", "Nama", "L/P", "Tgl Lahir", "Desa", "Kecamatan", "Jenis PPKS")


def people():
    return Person.objects.unscoped(reason=WHY)


def niks():
    return [
        one.value
        for one in Identifier.objects.unscoped(reason=WHY).filter(kind=Identifier.Kind.NIK)
    ]


def codes(batch, row=2):
    found = batch.reports.exclude(verdict="duplicate").filter(row=row)
    return {code for report in found for _where, code, _level, _params in report.problems}


def row(nik="", name="Warsini", sex="P", born="", village="", district="", kind=""):
    return (1, nik, name, sex, born, village, district, kind)


def test_a_nik_that_was_a_number_and_ends_in_nought_is_flagged_and_no_nik(make_sheet, import_file):
    batch = import_file(make_sheet([row(3521095201870000)]))

    assert batch.counts["warned"] == 1
    assert niks() == []
    assert Identifier.objects.unscoped(reason=WHY).get().kind == Identifier.Kind.OTHER


def test_a_nik_in_scientific_notation_refuses_its_row_with_the_reason(make_sheet, check):
    batch = check(make_sheet([row("3.52E+15"), row("3521095201870001", "Sulastri")]))

    assert batch.counts["refused"] == 1
    report = batch.reports.get(verdict="refused")
    assert "3.52E+15" in " ".join(tell(code, params) for _w, code, _l, params in report.problems)


@pytest.mark.parametrize(
    "written",
    [
        "'3521095201870001",
        " 3521 0952 0187 0001 ",
        "３５２１０９５２０１８７０００１",
        "3521095201870001\u00a0",
    ],
)
def test_a_nik_keeps_its_digits_whatever_stands_around_them(written, make_sheet, import_file):
    import_file(make_sheet([row(written)]))

    assert niks() == ["3521095201870001"]


@pytest.mark.parametrize(
    "written",
    ["12 Januari 1987", "1987-01-12", dt.date(1987, 1, 12), 31789, "12/1/1987"],
)
def test_a_date_is_read_however_it_was_written(written, make_sheet, import_file):
    second = row("", "Pardi Utomo", "L", "25/12/1961")

    import_file(make_sheet([row(born=written), second]))

    assert people().get(full_name="Warsini").birth_date == dt.date(1987, 1, 12)


def test_a_column_of_month_first_dates_is_read_so(make_sheet, import_file):
    import_file(make_sheet([row(born="12/25/1961"), row("", "Pardi", "L", "01/12/1987")]))

    assert people().get(full_name="Pardi").birth_date == dt.date(1987, 1, 12)


def test_an_undecidable_date_is_flagged_with_both_readings(make_sheet, check):
    batch = check(make_sheet([row(born="03/04/1987")]))

    assert "date.undecidable" in codes(batch)


def test_a_nik_decides_an_undecidable_date_of_birth(make_sheet, import_file):
    batch = import_file(make_sheet([row("3521095201870001", born="01/12/1987")]))

    assert people().get().birth_date == dt.date(1987, 1, 12)
    assert "date.settled_by_nik" in codes(batch)
    assert "date.undecidable" not in codes(batch)


@pytest.mark.parametrize(
    ("written", "sex"), [("L", "L"), ("P", "P"), ("LK", "L"), ("PR", "P"), (1, "L"), ("2", "P")]
)
def test_sex_is_read_however_it_was_written(written, sex, make_sheet, import_file):
    import_file(
        make_sheet([row(sex=written), row("", "Lain Orang", "L"), row("", "Yang Lain", "P")])
    )

    assert people().get(full_name="Warsini").sex == sex


@pytest.mark.parametrize("word", ["-", "tidak ada", "tdk ada", "?", " "])
def test_words_for_nothing_are_nothing(word, make_sheet, import_file):
    batch = import_file(make_sheet([row(word, born=word, village=word, kind=word)]))

    person = people().get()
    assert (niks(), person.birth_date, person.home_code) == ([], None, "")
    assert batch.counts["refused" if "refused" in batch.counts else "taken"] == 1


@pytest.mark.parametrize(
    ("typed", "name"),
    [("kdgalar", "Kedunggalar"), ("PARON", "Paron"), ("Kec. Ngawi", "Ngawi")],
)
def test_a_district_typed_freely_is_matched_and_shown(typed, name, make_sheet, import_file):
    batch = import_file(make_sheet([row(district=typed)]))

    assert Region.objects.get(pk=people().get().home_code).name == name
    assert typed != "kdgalar" or "place.guessed" in codes(batch)


def test_a_village_name_in_three_districts_stays_open_with_a_warning(make_sheet, import_file):
    batch = import_file(make_sheet([row(village="Babadan")]))

    assert people().get().home_code == ""
    assert "place.several" in codes(batch)
    assert batch.counts["warned"] == 1


def test_a_district_tells_villages_of_one_name_apart(make_sheet, import_file):
    import_file(make_sheet([row(village="Babadan", district="Pangkur")]))

    assert people().get().home_code.count(".") == 3


def test_an_address_without_words_finds_the_only_village_of_that_name(make_sheet, import_file):
    titles = ("No", "Nama", "L/P", "Alamat")

    batch = import_file(make_sheet([(1, "Warsini", "P", "Krajan, Walikukun RT 02/01")], titles))

    assert people().get().home_code.count(".") == 3
    assert "place.from_address" in codes(batch)


def test_a_formula_without_its_value_is_told(make_sheet, check):
    batch = check(make_sheet([row(kind='="9"&""'), row("", "Pardi", "L")]))

    assert "cell.formula_uncomputed" in codes(batch)


def test_hidden_rows_are_taken_and_told(make_book, import_file):
    batch = import_file(
        make_book([row(), row("", "Pardi", "L")], change=lambda page: hide(page, 3))
    )

    assert people().count() == 2
    assert "row.hidden" in codes(batch, 3)


def hide(page, number):
    page.row_dimensions[number].hidden = True


@pytest.fixture
def make_book(make_sheet, tmp_path):
    """Make a sheet and change it before it is stored."""

    def make(rows, *, change):
        path = tmp_path / "berkas.xlsx"
        path.write_bytes(make_sheet(rows))
        book = openpyxl.load_workbook(path)
        change(book.active)
        book.save(path)
        return path.read_bytes()

    return make


HISTORY = (
    "No|NIK|No KK|Nama|L/P|Umur|Jenis PPKS|Ragam Disabilitas|Jaminan Kesehatan|Nama Wali|Hub."
    "|Desil DTSEN|Periode DTSEN|Bantuan|Layanan|Tgl Layanan|Dusun|RT|RW"
).split("|")
HISTORY_ROW = (
    1, "3521095201870001", "3521091005110002", "Warsini", "P", 39, "Penyandang disabilitas",
    "Mental", "BPJS PBI", "Darmo", "Suami", 2, "2026-TW3", "Sembako", "Rujukan", "14-03-2026",
    "Krajan", "02", "1",
)  # fmt: skip


def facts(kind):
    return PersonFact.objects.filter(kind=kind)


def test_the_columns_of_a_row_become_dated_facts(make_sheet, import_file):
    import_file(make_sheet([HISTORY_ROW], HISTORY))

    decile = facts("decile").get()
    assert (decile.code, decile.period, str(decile.fact_on)) == ("2", "2026-TW3", "2026-11-24")
    assert facts("insurance").get().code == "pbi-jk"
    assert facts("aid").get().detail == "Sembako"


def test_a_service_keeps_its_date(make_sheet, import_file):
    import_file(make_sheet([HISTORY_ROW], HISTORY))

    service = facts("service").get()
    assert (service.detail, str(service.fact_on)) == ("Rujukan", "2026-03-14")


def test_kind_disability_and_guardian_come_in(make_sheet, import_file):
    import_file(make_sheet([HISTORY_ROW], HISTORY))

    status = PpksStatus.objects.unscoped(reason=WHY).get()
    guardian = Kinship.objects.get()
    assert (status.kind, status.disability != "") == (9, True)
    assert (guardian.other_name, guardian.is_guardian) == ("Darmo", True)


def test_a_family_card_joins_its_people(make_sheet, import_file):
    other = (2, "3521091201670003", HISTORY_ROW[2], "Darmo", "L", 59, *HISTORY_ROW[6:])

    import_file(make_sheet([HISTORY_ROW, other], HISTORY))

    cards = HouseholdMember.objects.values_list("household", flat=True)
    assert (len(cards), len(set(cards))) == (2, 1)


def test_hamlet_and_numbers_of_the_neighbourhood_come_in(make_sheet, import_file):
    import_file(make_sheet([HISTORY_ROW], HISTORY))

    home = Address.objects.get()
    assert (home.hamlet, home.rt, home.rw) == ("Krajan", "002", "001")


@pytest.mark.parametrize("decile", ["11", "desil lima", "1-4", "-", ""])
def test_a_decile_never_refuses_anybody(decile, make_sheet, import_file):
    line = (*HISTORY_ROW[:11], decile, *HISTORY_ROW[12:])

    batch = import_file(make_sheet([line], HISTORY))

    assert batch.counts["taken"] == 1
    assert people().count() == 1


def test_the_same_rows_in_another_order_change_nothing(make_sheet, import_file, check):
    one, two = row("3521095201870001"), row("3521091201670003", "Pardi Utomo", "L")
    import_file(make_sheet([one, two]))

    again = check(make_sheet([(7, *two[1:]), (8, *one[1:])]))

    assert (again.counts["unchanged"], again.counts.get("taken", 0)) == (2, 0)


def test_probable_duplicates_wait_to_be_judged(make_sheet, import_file, data_officer):
    import_file(
        make_sheet([row("", "Sulastri Handayani", "P", "12 Januari 1987", "Beran", "Ngawi")])
    )

    batch = import_file(
        make_sheet([row("", "Sulastri Handayani", "P", "12 Januari 1987", "Beran", "Ngawi", "9")])
    )

    assert batch.counts["pairs"] == 1
    assert list_pairs(user=data_officer, state="open").count() == 1
