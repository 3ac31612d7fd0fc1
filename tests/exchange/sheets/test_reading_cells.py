"""R-EXC-24 to R-EXC-29: a cell means what it says, and what is unsure is said."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejak.nik import parse_nik
from pulih.exchange.sheets import cells, dates, places
from pulih.exchange.sheets.cells import Age, NumberCell
from pulih.exchange.sheets.parsed import clean_text, is_missing
from pulih.exchange.sheets.places import AddressParts, RtRw
from pulih.exchange.sheets.problems import PROBLEMS
from pulih.exchange.sheets.read import READERS
from pulih.exchange.sheets.values import CellError, LongNumber

TODAY = dt.date(2026, 11, 24)


def codes(parsed):
    """Return the codes of what there is to say."""
    return [one.code for one in parsed.problems]


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  Warsini\u00a0 ", "Warsini"),
        ("Sri\u2003 Rahayu\r\n", "Sri Rahayu"),
        ("３５２１", "3521"),
        ("Ｎｇａｗｉ", "Ngawi"),
        ("\ufeffPaidjo\u200b", "Paidjo"),
        ("'3521095201870001", "3521095201870001"),
        ("’0812", "0812"),
        ("'", ""),
        ("'Aini", "'Aini"),
        ("Ma'ruf", "Ma'ruf"),
    ],
)
def test_text_is_cleaned_of_what_cannot_be_seen_and_nothing_else(written, clean):
    assert clean_text(written) == clean


@pytest.mark.parametrize(
    "text", ["-", "–", "?", "tidak ada", "Tdk Ada", "TIDAK DIKETAHUI", "n/a", "kosong", "nihil", ""]
)
def test_words_for_nothing_are_nothing_everywhere(text):
    assert is_missing(text)
    assert all(reader(text).value in (None, False) for reader in READERS.values())


@pytest.mark.parametrize(
    "value", ["3521095201870001", "'3521095201870001", " 3521095201870001\u00a0"]
)
def test_a_nik_as_text_is_taken_whole(value):
    parsed = cells.read_number(value)

    assert parsed.value == NumberCell("3521095201870001")
    assert not parsed.problems


def test_a_nik_with_spaces_or_quotes_keeps_them_for_the_judge_of_numbers():
    assert cells.read_number("3521 0952 0187 0001").value == NumberCell("3521 0952 0187 0001")


def test_a_nik_kept_as_a_number_is_told():
    parsed = cells.read_number(LongNumber("3521095201870001"))

    assert parsed.value == NumberCell("3521095201870001", was_number=True)
    assert codes(parsed) == ["number.kept_as_number"]


def test_a_numeric_nik_that_ends_in_nought_is_not_trusted():
    parsed = cells.read_number(LongNumber("3521095201870000"))

    assert codes(parsed) == ["number.probably_damaged"]
    assert not parsed.value.trusted


@pytest.mark.parametrize("text", ["3.52E+15", "3,52E+15", "3.52109E+15", "3.5e15", " 3.52E + 15"])
def test_a_nik_shortened_by_excel_refuses_its_row_with_the_reason(text):
    parsed = cells.read_number(text)

    assert parsed.value is None
    assert parsed.is_refused
    assert codes(parsed) == ["number.scientific"]


@given(st.text("0123456789", min_size=1, max_size=30).filter(lambda text: text != "0"))
def test_a_number_in_text_never_changes_a_digit(digits):
    assert cells.read_number(digits).value == NumberCell(digits)
    assert cells.read_number(f"'{digits}\u00a0").value == NumberCell(digits)


@given(st.integers(10**15, 10**16 - 1))
def test_a_trusted_numeric_nik_is_the_number_itself(number):
    value = cells.read_number(LongNumber(str(number))).value

    assert value.text == str(number)
    assert value.trusted == bool(number % 10)


def test_full_width_digits_are_the_same_number():
    value = cells.read_number("３５２１０９５２０１８７０００１").value

    assert parse_nik(value.text).digits == "3521095201870001"


@pytest.mark.parametrize(
    ("sex", "values"),
    [
        ("L", ["L", "l", "LK", "Lk.", "Laki-laki", "LAKI - LAKI", "laki laki", "Pria", "Laki2"]),
        ("P", ["P", "PR", "Pr.", "Perempuan", "PEREMPUAN ", "Wanita", "w"]),
    ],
)
def test_the_usual_words_for_the_sexes_are_read(sex, values):
    assert {cells.read_sex(value).value for value in values} == {sex}
    assert not any(cells.read_sex(value).problems for value in values)


@pytest.mark.parametrize(("value", "sex"), [(1, "L"), ("1", "L"), (2, "P"), ("2", "P")])
def test_numbers_for_the_sexes_are_read_and_told(value, sex):
    parsed = cells.read_sex(value)

    assert parsed.value == sex
    assert codes(parsed) == ["sex.number"]


@pytest.mark.parametrize(("value", "sex"), [("M", "L"), ("F", "P")])
def test_english_letters_are_flagged(value, sex):
    parsed = cells.read_sex(value)

    assert (parsed.value, codes(parsed)) == (sex, ["sex.unsure_letter"])


def test_p_beside_w_means_pria():
    parsed = cells.read_sex("P", p_is_pria=True)

    assert (parsed.value, codes(parsed)) == ("L", ["sex.unsure_letter"])


@pytest.mark.parametrize(
    ("value", "age"),
    [
        ("37", Age(37)),
        (37, Age(37)),
        ("37 th", Age(37)),
        ("37 Tahun", Age(37)),
        ("8 bln", Age(0)),
        ("2 th 3 bl", Age(2)),
        ("± 40", Age(40, estimated=True)),
        ("40-an", Age(40, estimated=True)),
        ("60-65", Age(60, estimated=True)),
    ],
)
def test_ages_are_read_as_they_are_meant(value, age):
    assert cells.read_age(value).value == age


@pytest.mark.parametrize(
    ("value", "code"),
    [(1987, "age.looks_like_year"), ("130", "age.implausible"), ("tua", "age.unreadable")],
)
def test_what_is_no_age_is_said(value, code):
    parsed = cells.read_age(value)

    assert (parsed.value, codes(parsed)) == (None, [code])


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("0812 3456 7890", ("081234567890",)),
        ("0812-3456-7890", ("081234567890",)),
        (81234567890, ("081234567890",)),
        ("+62 812 3456 7890", ("081234567890",)),
        (6281234567890, ("081234567890",)),
        ("0351-749000", ("0351749000",)),
        ("0812345678/085712345678", ("0812345678", "085712345678")),
        ("081234567890 (anak)", ("081234567890",)),
        ("+60 12 345 6789", ("+60123456789",)),
    ],
)
def test_no_telephone_number_is_lost(value, numbers):
    assert cells.read_phone(value).value == numbers


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("02/01", RtRw("002", "001")),
        ("RT 02 RW 01", RtRw("002", "001")),
        ("RT.002/RW.001", RtRw("002", "001")),
        ("rt02rw01", RtRw("002", "001")),
        ("2-1", RtRw("002", "001")),
        ("RT 2", RtRw("002", None)),
    ],
)
def test_rt_and_rw_are_told_apart(value, found):
    assert places.read_rt_rw(value).value == found


def test_rt_and_rw_that_excel_made_a_date_are_told():
    parsed = places.read_rt_rw(dt.date(2025, 1, 2))

    assert (parsed.value, codes(parsed)) == (None, ["rt_rw.became_date"])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "Dsn Krajan RT 02/01 Ds. Walikukun Kec. Widodaren",
            AddressParts(None, "Krajan", "002", "001", "Walikukun", "Widodaren"),
        ),
        (
            "Dusun Krajan RT 02 RW 01, Desa Walikukun, Kecamatan Widodaren, Kab. Ngawi",
            AddressParts(None, "Krajan", "002", "001", "Walikukun", "Widodaren", "Ngawi"),
        ),
        (
            "Jl. Raya No 5 RT.002/RW.001 Kel. Margomulyo",
            AddressParts("Jl. Raya No 5", None, "002", "001", "Margomulyo"),
        ),
        ("Ds.Babadan Kec.Pangkur", AddressParts(village="Babadan", district="Pangkur")),
        ("Krajan 02/01 Walikukun", AddressParts("Krajan, Walikukun", rt="002", rw="001")),
    ],
)
def test_an_address_in_one_cell_is_taken_apart(text, address):
    assert places.read_address(text).value == address


@pytest.mark.parametrize("value", ["3521092001", 3521092001, "35.21.09.2001", "35 21 09 2001"])
def test_a_region_code_is_the_same_with_and_without_dots(value):
    assert places.read_region_code(value).value == "35.21.09.2001"


@pytest.mark.parametrize("value", [3, "3", "Desil 3", "desil-3", "D-3", "D3", "03"])
def test_a_decile_is_read_however_it_is_written(value):
    assert cells.read_decile(value).value == 3


@pytest.mark.parametrize("value", ["1-4", "11", "miskin", "> 5", "tidak tahu", "non desil", -1])
def test_a_decile_never_refuses_anyone(value):
    parsed = cells.read_decile(value)

    assert parsed.value is None
    assert not parsed.is_refused


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("9, 11", ("9", "11")),
        ("9/11", ("9", "11")),
        (9, ("9",)),
        ("Gelandangan; Penyandang disabilitas", ("Gelandangan", "Penyandang disabilitas")),
        ("Orang dengan HIV/AIDS", ("Orang dengan HIV/AIDS",)),
        ("1. Gelandangan\n2. Pengemis", ("Gelandangan", "Pengemis")),
    ],
)
def test_several_kinds_in_one_cell_are_parted(value, items):
    assert cells.read_list(value).value == items


def test_two_kinds_that_excel_made_one_number_are_told():
    parsed = cells.read_list(9.11)

    assert (parsed.value, codes(parsed)) == (("9", "11"), ["list.became_number"])


@pytest.mark.parametrize("name", ["A.S.", "A S", "MR", "S.", "N N (anak)"])
def test_initials_are_seen_to_be_no_name(name):
    assert codes(cells.read_name(name)) == ["name.initials"]


@pytest.mark.parametrize("name", ["Sri", "IDA", "H. Slamet", "Yu Jum", "Ani", "M. Nur"])
def test_short_names_are_names(name):
    assert not cells.read_name(name).problems


def test_an_error_of_excel_is_no_value():
    parsed = cells.read_text(CellError("#REF!"))

    assert (parsed.value, codes(parsed)) == (None, ["cell.error_value"])


ANY_VALUE = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.from_regex(r"[0-9 ./,'-]{1,20}", fullmatch=True),
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.builds(LongNumber, st.text("0123456789", min_size=16, max_size=20)),
    st.builds(CellError, st.just("#N/A")),
)


@given(ANY_VALUE)
def test_no_reader_ever_raises_and_every_problem_is_in_the_table(value):
    answers = [reader(value) for reader in READERS.values()]
    for reader in (dates.read_birth, dates.read_date, dates.read_place_and_birth):
        answers.append(reader(value, today=TODAY))

    assert all(one.code in PROBLEMS for answer in answers for one in answer.problems)


@pytest.mark.parametrize("code", PROBLEMS)
def test_both_sentences_of_a_problem_name_the_same_values(code):
    english, indonesian = (
        {part.split("}")[0] for part in text.split("{")[1:]}
        for text in (PROBLEMS[code].english, PROBLEMS[code].indonesian)
    )

    assert english == indonesian
