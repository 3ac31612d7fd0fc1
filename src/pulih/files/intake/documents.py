"""Office documents and text: what they are, and whether they may come in.

`work` is called in the limited process.
"""

from __future__ import annotations

import encodings.cp437
import encodings.utf_16
import zipfile
import zlib
from collections.abc import Sequence
from typing import BinaryIO

from pulih.files.intake import compound, packages
from pulih.files.intake.answers import Refused, say
from pulih.files.intake.types import FileType, recognise

# Named so that they are here when the process can open no file any more.
CODECS = (encodings.cp437, encodings.utf_16)
FOR_IMPORT = "import"


def work(file: BinaryIO, out: BinaryIO, arguments: Sequence[str]) -> None:
    """Answer with the kind of the document; arguments are its name's ending and its use."""
    ending, use = arguments
    try:
        found = check(file.read(), ending=ending, is_import=use == FOR_IMPORT)
    except Refused as refused:
        say(out, {"refused": refused.code})
    except MemoryError:
        say(out, {"refused": "bomb"})
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError):
        say(out, {"refused": "damaged"})
    else:
        say(out, {"type": found.content_type, "extension": found.extension})


def check(content: bytes, *, ending: str, is_import: bool) -> FileType:
    """Say what a document is, or refuse it.

    Raises:
        Refused: of no allowed kind, a bomb, with a program inside.
    """
    found = recognise(content, ending)
    if found is None or (found.for_import_only and not is_import):
        raise Refused("unknown")
    if content.startswith(packages.ZIP):
        packages.check(content)
    elif content.startswith(compound.OLE):
        compound.check(content)
    return found
