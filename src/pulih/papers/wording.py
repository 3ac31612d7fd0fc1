"""A letter in words: what stands on the sheet, the same for PDF and DOCX.

Values are put into the sentences of the template once, as text; nothing that somebody wrote is
ever read as a sentence, a field or markup.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulih.papers.filling import is_filled
from pulih.papers.letters import Block, Field, Kind, Template
from pulih.papers.letters.entries import PERSON

MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
).split()
GAP = "……………………"
_FIELD = re.compile(r"\{([a-z_]+)(?:\.([a-z_]+))?\}")


def day_in_words(value: dt.date | str) -> str:
    """`12 Januari 2026`; letters are Indonesian whatever the reader's language."""
    if not value:
        return ""
    day = dt.date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its values."""

    template: Template
    values: Mapping[str, Any]

    def fill(self, text: str) -> str:
        """A sentence of the template with the values in it; a gap where one is missing."""
        return _FIELD.sub(lambda found: self._word(found[1], found[2]) or GAP, text)

    def _word(self, name: str, key: str | None) -> str:
        field = self.template.field(name)
        value = self.values.get(name)
        if field is None or not is_filled(value):
            return ""
        if isinstance(value, Mapping):
            return str(value.get(key or "name", ""))
        if field.kind == Kind.DAY:
            return day_in_words(value)
        return ", ".join(value) if isinstance(value, list) else str(value)

    def blocks(self) -> list[dict[str, Any]]:
        """The parts of the body that stand on the sheet."""
        shown = [block for block in self.template.blocks if self._stands(block)]
        return [self._block(block) for block in shown]

    def _stands(self, block: Block) -> bool:
        return not block.when or is_filled(self.values.get(block.when))

    def _block(self, block: Block) -> dict[str, Any]:
        made: dict[str, Any] = {"kind": block.kind}
        if block.text:
            made["text"] = _paragraphs(self.fill(block.text))
        field = self.template.field(block.field) if block.field else None
        if block.rows:
            made["rows"] = [[label, self.fill(text)] for label, text in self._known(block)]
        elif field is not None:
            made |= self._field(field)
        return made

    def _known(self, block: Block) -> list[tuple[str, str]]:
        """The facts that are known, and those that the template cannot go without."""
        return [(label, text) for label, text in block.rows if self._is_wanted(text)]

    def _is_wanted(self, text: str) -> bool:
        fields = [self.template.field(found[0]) for found in _FIELD.findall(text)]
        known = [field for field in fields if field and is_filled(self.values.get(field.name))]
        return bool(known) or any(field.required for field in fields if field) or not fields

    def _field(self, field: Field) -> dict[str, Any]:
        value = self.values.get(field.name)
        if field.kind == Kind.PERSON:
            return {"rows": self._person(field, value or {})}
        if field.kind == Kind.ROWS:
            return {
                "head": [column.label_id for column in field.columns],
                "widths": [column.width for column in field.columns],
                "rows": [
                    [
                        day_in_words(row[column.name])
                        if column.kind == Kind.DAY
                        else row[column.name]
                        for column in field.columns
                    ]
                    for row in value or ()
                ],
            }
        if field.kind == Kind.LIST:
            return {"items": list(value or ())}
        return {"value": str(value or "")}

    def _person(self, field: Field, value: Mapping[str, str]) -> list[list[str]]:
        known = [[PERSON[key][0], value[key]] for key in field.keys if value.get(key)]
        return known or [[PERSON["name"][0], GAP]]


def _paragraphs(text: str) -> list[str]:
    return [part for line in text.split("\n") if (part := line.strip())]
