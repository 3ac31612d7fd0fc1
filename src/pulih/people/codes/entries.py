"""What a code list is: entries in an order, found by code, named in the reader's language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise, lazystr
from django.utils.translation import get_language

INDONESIAN = "id"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code with its official Indonesian name and its English one."""

    code: str
    name: str
    english: str

    def __str__(self) -> str:
        return self.name if (get_language() or INDONESIAN).startswith(INDONESIAN) else self.english

    @property
    def label(self) -> str | Promise:
        """The name in the language of whoever reads the page, decided when it is drawn."""
        return lazystr(self)


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class CodeList(Generic[E]):
    """A list of entries under one scheme version."""

    scheme: str
    source: str
    entries: tuple[E, ...]

    def __iter__(self) -> Iterator[E]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.entries)

    def __getitem__(self, code: str) -> E:
        for entry in self.entries:
            if entry.code == code:
                return entry
        raise KeyError(f"{code!r} is not in {self.scheme}")

    def choices(self) -> list[tuple[str, str | Promise]]:
        """Code and name, for a form or a model field."""
        return [(entry.code, entry.label) for entry in self.entries]

    def label(self, code: str) -> str:
        """The name of a code; a code that is not in the list stays itself."""
        return str(self[code]) if code in self else code


def read(name: str) -> dict[str, Any]:
    """The content of one file of `lists/`."""
    return tomllib.loads((files(__package__) / "lists" / f"{name}.toml").read_text("utf-8"))


def read_list(name: str) -> CodeList[Entry]:
    """A list that has only codes and names."""
    raw = read(name)
    entries = (Entry(item["code"], item["name"], item["english"]) for item in raw["entry"])
    return CodeList(raw["scheme"], raw["source"], tuple(entries))
