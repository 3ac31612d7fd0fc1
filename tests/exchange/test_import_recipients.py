"""R-EXC-14: recipients of aid become people with a dated fact of what they received."""

import datetime as dt

import pytest

from pulih.exchange.actions.progressing import start_undo
from pulih.exchange.models import RowReport
from pulih.exchange.sheets.money import read_amount
from pulih.exchange.tasks import work_on_batch
from pulih.people.models import Person, PersonFact

TITLES = (
    "No",
    "NIK",
    "Nama Penerima",
    "L/P",
    "Desa",
    "Kecamatan",
    "Jenis Bantuan",
    "Sumber Dana",
    "Tahap",
    "Nominal",
    "Tgl Penyaluran",
)


def row(**cells):
    said = {
        "no": 1,
        "nik": "",
        "name": "Warsini Contoh",
        "sex": "P",
        "village": "Walikukun",
        "district": "Widodaren",
        "aid": "BLT",
        "fund": "APBDes",
        "period": "Tahap II",
        "amount": "Rp 600.000,00",
        "on": "15-09-2026",
        **cells,
    }
    return list(said.values())


@pytest.fixture
def import_recipients(make_sheet, import_file):
    """Walk a list of recipients to its end."""

    def walk(rows, titles=TITLES, **settings):
        options = {"aid": "", **settings}
        return import_file(make_sheet(rows, titles), kind="recipients", **options)

    return walk


def people():
    return Person.objects.unscoped(reason="test")


def test_a_row_becomes_a_person_with_a_dated_fact_of_aid(import_recipients):
    import_recipients([row()])

    fact = PersonFact.objects.get(kind="aid")
    assert (fact.code, fact.period, fact.fact_on) == ("600000", "Tahap II", dt.date(2026, 9, 15))
    assert str(fact.detail) == "BLT · APBDes · Rp600.000"
    assert people().get().full_name == "Warsini Contoh"


def test_the_aid_of_the_whole_list_is_said_once(import_recipients):
    import_recipients(
        [("Warsini Contoh", "300000")], titles=("Nama", "Jumlah"), aid="BLT Dana Desa"
    )

    assert str(PersonFact.objects.get(kind="aid").detail) == "BLT Dana Desa · Rp300.000"


def test_somebody_known_gets_the_payment_and_no_second_entry(import_recipients):
    nik = "3521094101700001"
    import_recipients([row(nik=nik)])

    import_recipients([row(nik=nik, period="Tahap III", on="15-10-2026")])

    assert people().count() == 1
    assert PersonFact.objects.filter(kind="aid").count() == 2


def test_the_same_list_again_pays_nobody_twice(import_recipients, check, make_sheet):
    import_recipients([row()])

    again = check(make_sheet([row()], TITLES), kind="recipients", aid="")

    assert again.counts["unchanged"] == 1
    assert PersonFact.objects.filter(kind="aid").count() == 1


def test_an_amount_that_cannot_be_read_is_kept_in_words(import_recipients):
    batch = import_recipients([row(amount="enam ratus")])

    fact = PersonFact.objects.get(kind="aid")
    assert fact.code == ""
    assert "enam ratus" in str(fact.detail)
    assert batch.reports.filter(verdict=RowReport.Verdict.WARNED).exists()


def test_a_row_that_names_no_aid_is_told(import_recipients):
    batch = import_recipients([("Warsini Contoh", "P")], titles=("Nama", "L/P"))

    said = batch.reports.get(verdict=RowReport.Verdict.WARNED)
    assert "row.no_aid" in {problem[1] for problem in said.problems}


def test_an_import_of_recipients_is_undone_like_one_of_people(import_recipients, data_officer):
    batch = import_recipients([row()])

    start_undo(batch=batch, by=data_officer)
    work_on_batch.enqueue(str(batch.pk))

    assert not people().exists()
    assert not PersonFact.objects.exists()


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        (600000, 600_000),
        (600000.0, 600_000),
        ("600000", 600_000),
        ("600.000", 600_000),
        ("Rp600.000", 600_000),
        ("Rp. 600.000,-", 600_000),
        ("Rp 600.000,00", 600_000),
        ("IDR 600.000", 600_000),
        ("600.000 rupiah", 600_000),
        ("1.200.000", 1_200_000),
        ("600,000", 600_000),
        ("600,000.00", 600_000),
        ("600 ribu", 600_000),
        ("1,2 juta", 1_200_000),
    ],
)
def test_an_amount_is_read_in_every_form_in_use(cell, rupiah):
    assert read_amount(cell).value.rupiah == rupiah


@pytest.mark.parametrize("cell", [float("inf"), -float("inf"), "9" * 5000, "9" * 400 + " juta"])
def test_an_amount_beyond_all_numbers_is_kept_in_words(cell):
    assert read_amount(cell).value.rupiah is None


@pytest.mark.parametrize("cell", ["600.000,50", 600000.5, "enam ratus", "-5", 0, "1.2.3"])
def test_what_is_no_whole_amount_is_told_and_not_guessed(cell):
    parsed = read_amount(cell)

    assert parsed.value is None or parsed.value.rupiah is None
    assert parsed.problems or parsed.value is None


@pytest.mark.parametrize("cell", ["600,000", "600 ribu", "1,2 juta"])
def test_what_is_read_with_a_guess_is_told(cell):
    assert read_amount(cell).problems[0].code == "amount.guessed"


@pytest.mark.parametrize("cell", ["", "-", None, "tidak ada"])
def test_nothing_is_no_amount(cell):
    assert read_amount(cell).value is None
