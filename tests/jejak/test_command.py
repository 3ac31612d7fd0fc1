"""The command line: answers on stdout, complaints on stderr, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jejak.__main__ import main

ROWS = """id,nama,jk,tanggal_lahir,tahun_lahir,desa,nama_ibu
1,Supardi,L,1971-05-03,,35.21.12.2001,Ngatiyem
2,Siti Aminah,P,,1980,35.21.09.1001,
3,Suparti,x,salah,,,
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_two_names_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "Djoko", "Joko", "--language", "en"]) == 0
    assert "Same name in another spelling: Djoko – Joko" in capsys.readouterr().out


def test_json_is_alone_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    main(["compare", "Djoko", "Joko", "--json"])

    answer = json.loads(capsys.readouterr().out)

    assert answer["level"] == "spelling"
    assert 0.5 < answer["probability"] < 0.9


def test_a_person_is_found_in_a_file(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--sex", "L", "--age", "55", "--place", "35.21.12", "--mother", "Yem"]

    code = main(
        ["find", "Pardi", "--csv", str(register), "--today", "2026-11-24", "--json", *options]
    )

    (best, *_) = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (best["id"], best["name"]) == ("1", "Supardi")
    assert {item["field"] for item in best["evidence"]} == {
        "name",
        "sex",
        "birth",
        "place",
        "relative",
    }


def test_without_json_each_person_is_a_line(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["find", "Aminah", "--csv", str(register), "--sex", "P", "--place", "35.21.09"])

    assert "Siti Aminah (2)" in capsys.readouterr().out


def test_a_file_that_is_missing_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", "Aminah", "--csv", str(tmp_path / "none.csv")]) == 2
    assert capsys.readouterr().out == ""


def test_a_file_without_names_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    assert main(["find", "Aminah", "--csv", str(path)]) == 2
    assert "no column" in capsys.readouterr().err
