"""Who reads and writes the letters about records of this app."""

from __future__ import annotations

from pulih.cases.queries.minutes import KIND, reads_minutes, writes_minutes
from pulih.papers.rules import register_about


def install() -> None:
    """Register the records that letters are about."""
    register_about(KIND, may_read=reads_minutes, may_write=writes_minutes)
