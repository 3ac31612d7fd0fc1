"""Writes of files, and the reads that leave a trail."""

from pulih.files.actions.attaching import attach, remove
from pulih.files.actions.opening import open_file, open_thumbnail

__all__ = ["attach", "open_file", "open_thumbnail", "remove"]
