"""Reads a PDF back as a reader program does."""

from __future__ import annotations

import subprocess


def text_of(content: bytes) -> str:
    """The words of a PDF, in one line each, without the breaks of the sheet."""
    command = ["pdftotext", "-", "-"]
    found = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    return " ".join(found.decode().split())
