"""Canaries: words that no data hold by chance, and the search for them on a disk."""

from __future__ import annotations

import base64
import multiprocessing
import secrets
import string
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

LETTERS = string.ascii_lowercase


class Nursery:
    """Makes canaries that share one marker of this run, so that one search finds them all."""

    def __init__(self) -> None:
        self.marker = "kenari" + "".join(secrets.choice(LETTERS) for _ in range(12))
        self.made: dict[str, str] = {}

    def canary(self, place: str) -> str:
        """A new canary, and where it was set free."""
        word = f"{self.marker}{len(self.made):05d}"
        self.made[word] = place
        return word

    def shapes(self) -> dict[str, bytes]:
        """The marker in every shape in which it could lie somewhere."""
        plain = self.marker.encode()
        found = {
            "plain": plain,
            "upper": self.marker.upper().encode(),
            "title": self.marker.title().encode(),
            "utf-16": self.marker.encode("utf-16-le"),
            "hex": plain.hex().encode(),
            "reversed": plain[::-1],
        }
        for shift in range(3):
            # Of base64 only what does not depend on the letters around it.
            text = base64.b64encode(b"x" * shift + plain).decode().rstrip("=")
            found[f"base64+{shift}"] = text[(0, 2, 3)[shift] : -2].encode()
        return found


def search(files: Iterable[Path], nursery: Nursery) -> list[str]:
    """Where the marker lies, as `file: shape`.

    Another process looks: whoever closes a file gives up all locks that the process holds on it,
    and SQLite in this one holds some.
    """
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(_search, (list(files), nursery.shapes()))


def _search(files: list[Path], shapes: dict[str, bytes]) -> list[str]:
    return [
        f"{name}: {shape}"
        for file in files
        for name, content in _contents(file)
        for shape, wanted in shapes.items()
        if wanted in content
    ]


def below(*folders: Path) -> Iterator[Path]:
    """Every file of folders, the hidden ones among them."""
    for folder in folders:
        yield from (file for file in sorted(folder.rglob("*")) if file.is_file())


def open_files_of(pid: int) -> Iterator[Path]:
    """Files that a process holds open, also those that have no name any more."""
    for link in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            if link.stat().st_size and link.is_file():
                yield link
        except OSError:
            continue


def _contents(file: Path) -> Iterator[tuple[str, bytes]]:
    try:
        yield str(file), file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                for name in packed.namelist():
                    yield f"{file}!{name}", packed.read(name)
    except (OSError, zipfile.BadZipFile, RuntimeError):
        # Gone while we looked, or closed with a password.
        return
