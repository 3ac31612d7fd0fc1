"""`pulih import` from a terminal: what it returns, prints and writes."""

import io
import json

import openpyxl
import pytest

from pulih.exchange.command import import_file
from pulih.people.models import Person
from tests.exchange.test_import_people import PARDI, SULASTRI

NAMELESS = (3, "3521091201670003", "", "L", "", "", "", "")


@pytest.fixture
def run(tmp_path, data_officer):
    """Run the command on a file made of some bytes."""

    def command(content, *, kind="people", username=None, **options):
        path = tmp_path / "daftar.xlsx"
        path.write_bytes(content)
        said = []
        code = import_file(
            kind=kind,
            path=path,
            username=username or data_officer.username,
            as_json=options.get("as_json", False),
            refused=options.get("refused"),
            say=said.append,
        )
        return code, said

    return command


def test_a_clean_file_ends_with_nought(run, make_sheet):
    code, said = run(make_sheet([SULASTRI, PARDI]))

    assert code == 0
    assert Person.objects.unscoped(reason="test").count() == 2
    assert said


def test_refused_rows_end_with_one_and_go_to_a_file(run, make_sheet, tmp_path):
    refused = tmp_path / "ditolak.xlsx"

    code, _said = run(make_sheet([SULASTRI, NAMELESS]), refused=refused)

    page = openpyxl.load_workbook(io.BytesIO(refused.read_bytes())).active
    assert code == 1
    assert page.max_row == 2
    assert page.cell(2, 2).value == "3521091201670003"


def test_the_report_alone_is_on_standard_output(run, make_sheet, capsys):
    run(make_sheet([SULASTRI, NAMELESS]), as_json=True)

    report = json.loads(capsys.readouterr().out)

    assert report["counts"]["refused"] == 1
    refused = next(row for row in report["rows"] if row["verdict"] == "refused")
    assert (refused["row"], refused["problems"][0]["code"]) == (3, "row.no_name")


def test_a_file_that_is_no_spreadsheet_ends_with_two(run):
    code, said = run(b"%PDF-1.7 rename me")

    assert code == 2
    assert "PDF" in said[-1]


def test_an_unknown_user_ends_with_two(run, make_sheet):
    code, _said = run(make_sheet([SULASTRI]), username="siapa")

    assert code == 2


def test_whoever_may_not_import_gets_the_reason(run, make_sheet, make_user):
    code, said = run(make_sheet([SULASTRI]), username=make_user("front_desk").username)

    assert code == 2
    assert said[-1]
    assert Person.objects.unscoped(reason="test").count() == 0


def test_the_same_file_again_is_clean_and_changes_nothing(run, make_sheet):
    content = make_sheet([SULASTRI, PARDI])
    run(content)

    code, _said = run(content)

    assert code == 0
    assert Person.objects.unscoped(reason="test").count() == 2


def test_columns_are_read_as_they_were_last_time(run, make_sheet):
    run(make_sheet([SULASTRI]))

    _code, said = run(make_sheet([PARDI]))

    assert "Kolom dibaca seperti terakhir kali." in said
