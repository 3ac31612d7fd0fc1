"""Writes of files, and the reads that leave a trail."""

from pulih.files.actions.attaching import attach, remove
from pulih.files.actions.handing import hand_over_files
from pulih.files.actions.opening import open_file, open_thumbnail

__all__ = ["attach", "hand_over_files", "open_file", "open_thumbnail", "remove"]
