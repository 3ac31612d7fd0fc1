"""What crashes leave on the disk: contents without a record."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from pulih.files import store
from pulih.files.models import Attachment

logger = logging.getLogger(__name__)
WHY = "the disk is compared with all records; nobody reads one"
LONGEST_STEP_SECONDS = 3600
"""No transaction takes as long as this."""
FEW = 20
"""So many may go even where nothing else is kept."""


def sweep_strays() -> int:
    """Remove contents that no record names: of a step that was cut off, or of a removed file.

    A file is written inside the transaction of its record. SQLite has one writer, so that whoever
    holds its lock sees no such step half done; elsewhere only what is old enough is taken.

    Returns:
        How many files were removed.

    Source: R-FILE-11, docs/rules/files.md.
    """
    # Most often there is nothing, and nobody has to wait for the lock.
    if not _strays():
        return 0
    with transaction.atomic():
        # Takes the lock of SQLite before looking again.
        strays = _strays()
        for stray in strays:
            stray.unlink(missing_ok=True)
    return len(strays)


def _strays() -> list[Path]:
    media = Path(settings.MEDIA_ROOT)
    here = [file for file in media.glob("*/*") if file.is_file()]
    rows = Attachment.objects.unscoped(reason=WHY).filter(removed_at=None)
    known = _names(rows.values_list("storage_path", flat=True))
    strays = [file for file in here if str(file.relative_to(media)) not in known]
    if len(strays) > max(FEW, len(here) - len(strays)):
        # More likely another database than so many crashes.
        logger.error("%d files have no record in this database; none is removed", len(strays))
        return []
    return [file for file in strays if _lock_tells() or _is_old(file)]


def _names(paths: Iterable[str]) -> set[str]:
    return {name for path in paths for name in store.names_of(path)}


def _lock_tells() -> bool:
    return connection.vendor == "sqlite"


def _is_old(file: Path) -> bool:
    try:
        return time.time() - file.stat().st_mtime > LONGEST_STEP_SECONDS
    except FileNotFoundError:
        return False
