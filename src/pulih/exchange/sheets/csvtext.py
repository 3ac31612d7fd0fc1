"""Text lists: which encoding, which separator, and the records in them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from pulih.exchange.sheets.refusals import FileRefused, Limits
from pulih.exchange.sheets.wire import CELL_CHARACTERS

SEPARATORS = (";", ",", "|", "\t")
SAMPLE_BYTES = 64 * 1024
PIECE = 1 << 20


def encoding_of(file: BinaryIO) -> str:
    """Return the encoding that the whole file agrees with; Windows-1252 takes what is left."""
    file.seek(0)
    head = file.read(4096)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in head:
        return "utf-16-be" if head[:2].startswith(b"\x00") else "utf-16-le"
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def separator_of(sample: str) -> str:
    """Return the separator that splits most lines into the same number of parts, above one."""
    first, _, rest = sample.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4]
    lines = [line for line in sample.splitlines() if line.strip()][:200]
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        widths = [len(parts) for parts in csv.reader(lines, delimiter=separator)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        score = usual * (widths.count(usual) / len(widths)) if usual > 1 else 0.0
        if score > best_score:
            best, best_score = separator, score
    return best


def describe(file: BinaryIO) -> tuple[str, str]:
    """Return the encoding and the separator of a text list."""
    encoding = encoding_of(file)
    file.seek(0)
    sample = file.read(SAMPLE_BYTES).decode(encoding, "ignore")
    return encoding, separator_of(sample)


def records(file: BinaryIO, encoding: str, separator: str, limits: Limits) -> Iterator[list[str]]:
    """Yield the records; their order is their row number, as Excel shows the file."""
    csv.field_size_limit(CELL_CHARACTERS * 4)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    reader = csv.reader(text, delimiter=separator)
    try:
        for number, record in enumerate(reader, start=1):
            if number > limits.rows:
                raise FileRefused("file.too_many_rows", rows=number, limit=limits.rows)
            if len(record) > limits.columns:
                raise FileRefused(
                    "file.too_many_columns", columns=len(record), limit=limits.columns
                )
            if number == 1 and record and record[0].lower().startswith("sep="):
                record = []
            yield record
    except csv.Error as error:
        raise FileRefused("file.damaged") from error
    finally:
        text.detach()
