"""The kinds of document that may come in, told by their content and not by their name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pulih.files.intake import compound, packages, texts

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file: its true type, the ending a download gets, and how it is recognised."""

    content_type: str
    extension: str
    matches: Callable[[bytes], bool]
    for_import_only: bool = False


FILE_TYPES: tuple[FileType, ...] = (
    FileType(f"{_OFFICE}.wordprocessingml.document", ".docx", packages.is_docx),
    FileType(f"{_OFFICE}.spreadsheetml.sheet", ".xlsx", packages.is_xlsx),
    FileType(f"{_OPEN}.text", ".odt", packages.is_odt),
    FileType(f"{_OPEN}.spreadsheet", ".ods", packages.is_ods),
    FileType("application/msword", ".doc", compound.is_doc),
    FileType("application/vnd.ms-excel", ".xls", compound.is_xls),
    FileType("application/x-ole-storage", ".xlsx", compound.is_locked, for_import_only=True),
    # A table that a portal exports as a page: kept and given back as plain text, so that no
    # browser ever runs it.
    FileType("text/plain", ".txt", texts.is_table_page, for_import_only=True),
)

TEXT_TYPES = {
    ".csv": FileType("text/csv", ".csv", texts.is_plain),
    ".txt": FileType("text/plain", ".txt", texts.is_plain),
}
"""Text has no mark of its own; here the name decides, and the content must be harmless."""


def recognise(content: bytes, ending: str) -> FileType | None:
    """The kind of a document, or None for what may not come in."""
    for kind in FILE_TYPES:
        if kind.matches(content):
            return kind
    kind_of_text = TEXT_TYPES.get(ending)
    if kind_of_text is not None and kind_of_text.matches(content):
        return kind_of_text
    return None
