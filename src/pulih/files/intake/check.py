"""The whole check of an upload: what it is, whether it may come in, and what is kept of it.

The first bytes choose who looks at it; everything else happens in the limited process.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.common.errors import RuleError
from pulih.common.limited import Bounds, DecodingStopped, decode
from pulih.files.intake.answers import Refused, Told, hear
from pulih.files.models import Attachment

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_IMPORT_BYTES = 80 * MEGABYTE
MILLION_PIXELS = 40
BOUNDS = Bounds(memory_bytes=400 * MEGABYTE, cpu_seconds=10, wall_seconds=40)
# Forty million pixels in four colours, twice, and the libraries.
BOUNDS_OF_PICTURES = Bounds(memory_bytes=640 * MEGABYTE, cpu_seconds=10, wall_seconds=40)
BOUNDS_OF_IMPORT = Bounds(memory_bytes=640 * MEGABYTE, cpu_seconds=30, wall_seconds=90)

PICTURES = {
    "image/jpeg": (b"\xff\xd8\xff", ".jpg"),
    "image/png": (b"\x89PNG\r\n\x1a\n", ".png"),
    "image/webp": (b"RIFF", ".webp"),
}
PDF, PDF_TYPE = b"%PDF-", "application/pdf"

REFUSALS = {
    "unknown": gettext_lazy(
        "This kind of file is not taken. Use a photo (JPG, PNG, WebP), PDF, Word, Excel,"
        " OpenDocument, CSV or plain text."
    ),
    "not_photo": gettext_lazy("This is not a photo. Use JPG, PNG or WebP."),
    "bomb": gettext_lazy("The file would unpack to far more than a document holds."),
    "program": gettext_lazy("The file carries macros or a program. Save it without them."),
    "damaged": gettext_lazy("The file is damaged. Open it, save it anew and upload that."),
    "declares": gettext_lazy(
        "The file is not as an office program writes it. Open it, save it anew and upload that."
    ),
    "reaches_out": gettext_lazy("The file reaches for files outside of it and is not taken."),
    "pdf_damaged": gettext_lazy("The PDF is damaged or hides another file."),
    "pdf_program": gettext_lazy(
        "The PDF carries a program. Print it to a new PDF and upload that."
    ),
    "pdf_files": gettext_lazy(
        "The PDF carries other files. Print it to a new PDF and upload that; upload the others"
        " by themselves."
    ),
    "pdf_locked": gettext_lazy("The PDF is locked with a password. Upload one without it."),
    "stopped": gettext_lazy("The file takes too much time or memory to be read and is not taken."),
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is kept of an upload."""

    content: bytes
    content_type: str
    extension: str
    thumbnail: bytes | None = None


def limit_for(kind: str) -> int:
    """The most bytes that a file of this kind may have."""
    return MAX_IMPORT_BYTES if kind == Attachment.Kind.IMPORT else MAX_BYTES


def check(content: bytes, *, name: str, kind: str) -> Accepted:
    """Decide whether an upload may come in, by its content (R-FILE-3).

    Raises:
        RuleError: empty, too large, of no allowed kind, a bomb, with a program inside, damaged.
    """
    limit = limit_for(kind)
    if not content:
        raise _refusal(_("The file is empty."))
    if len(content) > limit:
        raise _refusal(_("The file is larger than %(limit)s MB.") % {"limit": limit // MEGABYTE})
    try:
        return _looked_at(content, name, kind)
    except Refused as refused:
        raise _refusal(_message(refused.code)) from None
    except DecodingStopped:
        raise _refusal(_message("stopped")) from None


def _looked_at(content: bytes, name: str, kind: str) -> Accepted:
    for content_type, (start, extension) in PICTURES.items():
        if content.startswith(start):
            _told, (drawn, small) = _ask("images", [content_type], content, kind)
            return Accepted(drawn, content_type, extension, small)
    if kind == Attachment.Kind.PHOTO:
        raise Refused("not_photo")
    if content.startswith(PDF):
        _ask("pdfs", [], content, kind)
        return Accepted(content, PDF_TYPE, ".pdf")
    use = "import" if kind == Attachment.Kind.IMPORT else "record"
    told, _parts = _ask("documents", [PurePath(name).suffix.lower()[:10], use], content, kind)
    return Accepted(content, str(told["type"]), str(told["extension"]))


def _ask(work: str, arguments: list[str], content: bytes, kind: str) -> tuple[Told, list[bytes]]:
    bounds = BOUNDS_OF_IMPORT if kind == Attachment.Kind.IMPORT else BOUNDS
    if work == "images":
        bounds = BOUNDS_OF_PICTURES
    return hear(decode(f"pulih.files.intake.{work}", arguments, content, bounds))


def _message(code: str) -> str:
    if code == "picture":
        return _("The picture is damaged or has more than %(limit)s million pixels.") % {
            "limit": MILLION_PIXELS
        }
    return str(REFUSALS[code])


def _refusal(message: str) -> RuleError:
    return RuleError(message, rule="R-FILE-3")
