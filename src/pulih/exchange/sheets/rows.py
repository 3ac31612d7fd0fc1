"""Tells rows of people from what else stands inside a list: totals, titles, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.headers import Header, is_column_numbers
from pulih.exchange.sheets.parsed import shown
from pulih.exchange.sheets.problems import Problem, problem
from pulih.exchange.sheets.values import CellValue, LongNumber, SheetRow

# "Jumlah", "Total KK", "Sub total Dusun Krajan": but not a person called Jumlah Sari.
TOTAL = re.compile(
    r"^(?:sub\s*[-.]?\s*|grand\s+)?(?:jumlah|jml|total|rata\s*-?\s*rata|rekap(?:itulasi)?)"
    r"\s*(?:$|[:.=(/\d]|(?:penerima|kk|jiwa|dusun|dsn|dukuh|desa|kel|kelurahan|kec|kecamatan|seluruh"
    r"|seluruhnya|keseluruhan|orang|laki|perempuan|data|anggaran|ppks|pmks|rt|rw|odgj|per|semua"
    r"|akhir|umum|kabupaten|halaman|lingkungan|total|jumlah)\b)",
    re.I,
)
PLACE_TITLE = re.compile(
    r"^(?:dusun|dsn|dukuh|rt|rw|desa|ds|kelurahan|kel|kecamatan|kec|lingkungan|blok|posyandu"
    r"|puskesmas|kelompok|wilayah|bulan|tahap)\b[\s.:]",
    re.I,
)
SIGNATURE = re.compile(
    r"^(?:mengetahui|menyetujui|kepala\s+(?:desa|dinas|puskesmas|bidang|dusun|seksi)|lurah\b|camat\b"
    r"|an\.?\s*kepala|a\.n\.?|yang\s+membuat|dibuat\s+oleh|petugas\b|pendata\b|nip\b|ttd\b"
    r"|catatan\s*:|keterangan\s*:|sumber\s*(?:data)?\s*:|\*)",
    re.I,
)
PLACE_AND_DAY = re.compile(
    r"^[A-Za-z .]{3,30},\s*(?:\d{1,2}|\.{2,}|…+)?\s*[A-Za-z]{3,10}\.?\s*\d{4}$"
)
IDENTITY = re.compile(r"\d(?:[\s.\-]?\d){14,17}")
FEW = 3


class RowSorter:
    """Decides for one sheet, row after row, whether a row is a person or why it is not."""

    def __init__(self, header: Header | None, fields: dict[int, Field]) -> None:
        self._titles = [_key(row.values) for row in header.rows] if header else []
        self._name = _columns_of(fields, Field.NAME, Field.HEAD_NAME, Field.INITIALS)
        self._number = _columns_of(fields, Field.ROW_NUMBER)
        self._in_signature = False

    def reason(self, row: SheetRow) -> Problem | None:
        """Return why a row is left out, None for a row to read."""
        if self._has_identity(row):
            self._in_signature = False
            return None
        texts = [(at, text) for at, value in enumerate(row.values) if (text := shown(value))]
        if not texts:
            return problem("row.blank")
        return (
            self._repeated(row, texts)
            or self._total(row, texts)
            or self._below(row, texts)
            or self._title(texts)
        )

    def _has_identity(self, row: SheetRow) -> bool:
        """Return whether a number of fifteen digits or more marks the row as a person."""
        return any(
            value.__class__ is LongNumber
            or (value.__class__ is str and len(value) > 14 and IDENTITY.search(value))
            for value in row.values
        )

    def _repeated(self, row: SheetRow, texts: Sequence[tuple[int, str]]) -> Problem | None:
        if is_column_numbers(row):
            return problem("row.column_numbers")
        key = _key(row.values)
        for titles in self._titles:
            same = sum(1 for at, text in key.items() if titles.get(at) == text)
            if same >= 2 and same * 10 >= len(key) * 6:
                return problem("row.repeated_header")
        if len(texts) > 1 and all(
            any(titles.get(at) == text.casefold() for titles in self._titles) for at, text in texts
        ):
            return problem("row.repeated_header")
        return None

    def _total(self, row: SheetRow, texts: Sequence[tuple[int, str]]) -> Problem | None:
        words = [(at, text) for at, text in texts if not _is_sum(text)]
        named = any(at in self._name for at, _ in words)
        numbered = any(at in self._number for at, _ in texts)
        sums = [at for at, text in words if TOTAL.match(text)]
        if sums and len(words) <= FEW and (sums[0] == words[0][0] or not numbered):
            return problem("row.total")
        if not words and not numbered:
            return problem("row.looks_like_total")
        if not named and not numbered and self._name and len(words) == 1 and len(texts) >= FEW:
            return problem("row.looks_like_total")
        return None

    def _below(self, row: SheetRow, texts: Sequence[tuple[int, str]]) -> Problem | None:
        numbered = any(at in self._number and text.isdigit() for at, text in texts)
        if numbered and len(texts) >= FEW:
            self._in_signature = False
            return None
        signs = any(SIGNATURE.match(text) or PLACE_AND_DAY.match(text) for _, text in texts)
        if len(texts) <= FEW and (signs or self._in_signature):
            self._in_signature = True
            return problem("row.signature")
        return None

    def _title(self, texts: Sequence[tuple[int, str]]) -> Problem | None:
        if len(texts) > 2:
            return None
        at, text = texts[0]
        if PLACE_TITLE.match(text) or (len(texts) == 1 and at not in self._name):
            return problem("row.group_title", text=" ".join(word for _, word in texts))
        return None


def _columns_of(fields: dict[int, Field], *wanted: Field) -> frozenset[int]:
    return frozenset(at for at, name in fields.items() if name in wanted)


def _key(values: Sequence[CellValue]) -> dict[int, str]:
    return {at: text.casefold() for at, value in enumerate(values) if (text := shown(value))}


def _is_sum(text: str) -> bool:
    """Return whether a cell is only figures: 15, 12/15, 1.250, L = 12."""
    letters = sum(letter.isalpha() for letter in text)
    return any(letter.isdigit() for letter in text) and letters <= 2 and len(text) <= 15
