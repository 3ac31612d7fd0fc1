"""The whole check of an upload: what it is, whether it may come in, and what is kept of it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from pulih.common.errors import RuleError
from pulih.files.intake import images, packages, texts
from pulih.files.intake.types import FileType, recognise
from pulih.files.models import Attachment

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_IMPORT_BYTES = 80 * MEGABYTE
_PDF_PROGRAM = re.compile(rb"/(JavaScript|JS|Launch)\b")


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
    found = recognise(content, name)
    if found is None or (found.for_import_only and kind != Attachment.Kind.IMPORT):
        raise _refusal(
            _(
                "This kind of file is not taken. Use a photo (JPG, PNG, WebP), PDF, Word, Excel,"
                " OpenDocument, CSV or plain text."
            )
        )
    if found.is_image:
        return _picture(content, found)
    if kind == Attachment.Kind.PHOTO:
        raise _refusal(_("This is not a photo. Use JPG, PNG or WebP."))
    _check_document(content, found)
    return Accepted(content, found.content_type, found.extension)


def _picture(content: bytes, found: FileType) -> Accepted:
    try:
        picture = images.redraw(content, found.content_type)
    except images.ImageRefusedError:
        raise _refusal(
            _("The picture is damaged or has more than %(limit)s million pixels.")
            % {"limit": images.MAX_PIXELS // 1_000_000}
        ) from None
    return Accepted(picture.content, found.content_type, found.extension, picture.thumbnail)


def _check_document(content: bytes, found: FileType) -> None:
    if found.content_type == "application/pdf":
        _check_pdf(content)
    elif not found.content_type.startswith("text/"):
        if packages.is_bomb(content):
            raise _refusal(_("The file would unpack to far more than a document holds."))
        if packages.has_program(content):
            raise _refusal(_("The file carries macros or a program. Save it without them."))


def _check_pdf(content: bytes) -> None:
    is_other_too = zipfile.is_zipfile(BytesIO(content)) or texts.has_markup(content[:1024])
    if b"%%EOF" not in content[-2048:] or is_other_too:
        raise _refusal(_("The PDF is damaged or hides another file."))
    if _PDF_PROGRAM.search(content):
        raise _refusal(_("The PDF carries a program. Print it to a new PDF and upload that."))


def _refusal(message: str) -> RuleError:
    return RuleError(message, rule="R-FILE-3")
