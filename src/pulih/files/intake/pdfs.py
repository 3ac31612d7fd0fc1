"""PDFs: read object by object, to find programs and other files inside.

The objects are read as a PDF reader reads them, out of compressed streams and with names spelled
`/J#61vaScript`; a search in the raw bytes would see neither. `work` is called in the limited
process.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import BinaryIO

import pikepdf

from pulih.files.intake import texts
from pulih.files.intake.answers import Refused, say

MOST_OBJECTS = 200_000
TAIL = 2048
PROGRAM_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/OnInstantiate"})
PROGRAM_NAMES = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMedia", "/RichMediaExecute"}
)
FILE_KEYS = frozenset({"/EmbeddedFiles", "/EF"})
FILE_NAMES = frozenset({"/EmbeddedFile", "/FileAttachment", "/GoToE"})
NAMED_BY = ("/S", "/Subtype", "/Type")


def work(file: BinaryIO, out: BinaryIO, arguments: Sequence[str]) -> None:
    """Answer whether the PDF may come in."""
    try:
        check(file.read())
    except Refused as refused:
        say(out, {"refused": refused.code})
    except MemoryError:
        say(out, {"refused": "bomb"})
    else:
        say(out, {})


def check(content: bytes) -> None:
    """Refuse a PDF that cannot be read, is something else too, or has a program or a file inside.

    Raises:
        Refused: with the reason.
    """
    is_other_too = zipfile.is_zipfile(BytesIO(content)) or texts.has_markup(content[:1024])
    if b"%%EOF" not in content[-TAIL:] or is_other_too:
        raise Refused("pdf_damaged")
    if content.count(b" obj") > MOST_OBJECTS:
        raise Refused("bomb")
    # Also what only an older state of the file holds, or a reader that repairs it would find.
    if _SPELLED.search(content):
        raise Refused("pdf_program")
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            _check_objects(pdf)
            _check_warnings(str(warning) for warning in pdf.get_warnings())
    except pikepdf.PasswordError:
        raise Refused("pdf_locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError, OverflowError):
        raise Refused("pdf_damaged") from None


def _check_objects(pdf: pikepdf.Pdf) -> None:
    if len(pdf.objects) > MOST_OBJECTS:
        raise Refused("bomb")
    if pdf.Root.get("/Type") != pikepdf.Name.Catalog:
        raise Refused("pdf_damaged")
    for start in (pdf.trailer, *pdf.objects):
        for key, value in _pairs_in(start):
            name = str(value) if isinstance(value, pikepdf.Name) and key in NAMED_BY else ""
            if key in PROGRAM_KEYS or name in PROGRAM_NAMES:
                raise Refused("pdf_program")
            if key in FILE_KEYS or name in FILE_NAMES:
                raise Refused("pdf_files")


def _check_warnings(warnings: Iterable[str]) -> None:
    """What could not be read was not checked, and another reader may read it."""
    for warning in warnings:
        if "limits error" in warning or "bad_alloc" in warning:
            raise Refused("bomb")
        if "error decoding stream" in warning:
            raise Refused("pdf_damaged")


def _pairs_in(start: pikepdf.Object) -> Iterator[tuple[str, object]]:
    """Every pair of the dictionaries that lie inside an object itself, not behind a reference."""
    waiting: list[object] = [start]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in one.items():
                yield key, value
                _put(waiting, value)
        elif isinstance(one, pikepdf.Array):
            for value in one:
                _put(waiting, value)


def _put(waiting: list[object], value: object) -> None:
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        waiting.append(value)


def _spelled(word: str) -> str:
    return "".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in word)


# Only long words: a short one such as /JS is found by chance in the bytes of any scanned page.
_SPELLED = re.compile(
    "|".join(f"/{_spelled(word)}" for word in ("JavaScript", "Launch", "EmbeddedFile")).encode()
)
