"""Command line of the engine: compare two names, or find a name in a CSV file."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from jejak.birth import BirthDate
from jejak.compare import compare_names
from jejak.memory import MemorySource
from jejak.reasons import LANGUAGES, explain
from jejak.records import Evidence, Record
from jejak.search import find_similar
from jejak.weights import DEFAULT

OK, BAD_INPUT = 0, 2
# Two names that someone puts side by side are one person more often than two drawn by chance.
PAIR_PRIOR = -5.0
# How far an age said by others may be off.
AGE_ERROR = 5
COLUMNS = {
    "name": ("name", "nama", "nama_lengkap", "full_name"),
    "sex": ("sex", "jk", "jenis_kelamin"),
    "birth": ("birth_date", "tanggal_lahir", "tgl_lahir"),
    "year": ("birth_year", "tahun_lahir"),
    "village": ("village", "desa", "kode_desa"),
    "district": ("district", "kecamatan", "kode_kecamatan"),
    "father": ("father", "ayah", "nama_ayah"),
    "mother": ("mother", "ibu", "nama_ibu"),
}


class InputError(Exception):
    """The file or an option cannot be used; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers go to stdout, complaints to stderr."""
    options = _parser().parse_args(arguments)
    try:
        lines = _compare(options) if options.command == "compare" else _find(options)
    except InputError as problem:
        sys.stderr.write(f"jejak: {problem}\n")
        return BAD_INPUT
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return OK


def _parser() -> argparse.ArgumentParser:
    """Return the options of both commands."""
    parser = argparse.ArgumentParser(prog="jejak", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    compare = commands.add_parser("compare", help="say how well two names agree")
    compare.add_argument("a")
    compare.add_argument("b")
    find = commands.add_parser("find", help="find a name in a CSV file with a header")
    find.add_argument("name")
    find.add_argument("--csv", type=Path, required=True)
    find.add_argument("--sex", choices=("L", "P"), default="")
    find.add_argument("--age", type=int, help=f"age as said, right within {AGE_ERROR} years")
    find.add_argument("--place", default="", help="Kemendagri code with dots, such as 35.21.09")
    find.add_argument("--father", default="")
    find.add_argument("--mother", default="")
    find.add_argument("--limit", type=int, default=10)
    find.add_argument("--today", type=dt.date.fromisoformat, default=None)
    for command in (compare, find):
        command.add_argument("--json", action="store_true", help="print JSON")
        command.add_argument("--language", choices=LANGUAGES, default="id")
    return parser


def _compare(options: argparse.Namespace) -> Iterator[str]:
    """Return the lines of the answer about two names."""
    evidence = compare_names(options.a, options.b)
    probability = DEFAULT.probability(evidence.bits - DEFAULT.prior + PAIR_PRIOR)
    if options.json:
        answer = {**_as_json(evidence, options.language), "probability": round(probability, 4)}
        return iter([json.dumps(answer, ensure_ascii=False)])
    sentence = explain(evidence, options.language)
    return iter([f"{probability:.0%}  {evidence.bits:+.1f} bit  {sentence}"])


def _find(options: argparse.Namespace) -> Iterator[str]:
    """Return the lines of the people found, best first."""
    today = options.today or dt.datetime.now(tz=dt.UTC).astimezone().date()
    source = MemorySource(_read(options.csv))
    matches = find_similar(_query(options, today), source, today=today, limit=options.limit)
    if options.json:
        rows = [
            {
                "id": match.record.id,
                "name": match.record.names[0],
                "probability": round(match.score, 4),
                "bits": match.bits,
                "evidence": [_as_json(item, options.language) for item in match.evidence],
            }
            for match in matches
        ]
        return iter([json.dumps(rows, ensure_ascii=False)])
    return (
        f"{match.score:.0%}  {match.record.names[0]} ({match.record.id})  "
        + "; ".join(explain(item, options.language) for item in match.evidence)
        for match in matches
    )


def _as_json(evidence: Evidence, language: str) -> dict[str, object]:
    """Return the evidence with its sentence."""
    return {**asdict(evidence), "text": explain(evidence, language)}


def _query(options: argparse.Namespace, today: dt.date) -> Record:
    """Return what the options say about the person."""
    birth = None
    if options.age is not None:
        youngest = max(options.age - AGE_ERROR, 0)
        birth = BirthDate.estimated(youngest, options.age + AGE_ERROR, on=today)
    relatives = {"father": options.father, "mother": options.mother}
    return Record(
        "?",
        (options.name,),
        sex=options.sex,
        birth=birth,
        places=(options.place,) if options.place else (),
        relatives=tuple((relation, name) for relation, name in relatives.items() if name),
    )


def _read(path: Path) -> Iterator[Record]:
    """Return the people of a CSV file; the id is the column `id`, else the number of the row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            places = {field.strip().lower(): field for field in reader.fieldnames or ()}
            columns = {
                meaning: places[name]
                for meaning, names in COLUMNS.items()
                for name in reversed(names)
                if name in places
            }
            if "name" not in columns:
                raise InputError(f"{path} has no column {' or '.join(COLUMNS['name'])}")
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise InputError(f"{path} cannot be read as CSV: {problem}") from problem
    return (
        _record(row.get(places.get("id", ""), "") or str(number), row, columns)
        for number, row in enumerate(rows, start=2)
    )


def _record(record_id: str, row: dict[str, str], columns: dict[str, str]) -> Record:
    """Return one row as a person; what cannot be read is left unknown."""
    values = {meaning: (row.get(column) or "").strip() for meaning, column in columns.items()}
    place = values.get("village") or values.get("district", "")
    sex = values.get("sex", "").upper()
    return Record(
        record_id,
        (values["name"],),
        sex=sex if sex in {"L", "P"} else "",
        birth=_birth(values.get("birth", ""), values.get("year", "")),
        places=(place,) if place else (),
        relatives=tuple((who, values[who]) for who in ("father", "mother") if values.get(who)),
    )


def _birth(date: str, year: str) -> BirthDate | None:
    """Return the birth from an ISO date or a year, or None."""
    try:
        return BirthDate.exact(dt.date.fromisoformat(date)) if date else BirthDate.year(int(year))
    except ValueError:
        return None


if __name__ == "__main__":
    sys.exit(main())
