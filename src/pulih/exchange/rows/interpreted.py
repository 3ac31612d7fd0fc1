"""What a row came to: a draft of a person, remarks on its cells, and its digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pulih.people.drafts import PersonDraft


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say about one cell, or about the row where no field is named."""

    where: str
    code: str
    level: str
    params: dict[str, Any] = field(default_factory=dict)

    def packed(self) -> list[Any]:
        """As a list for JSON."""
        return [self.where, self.code, self.level, self.params]


@dataclass(frozen=True, slots=True)
class InterpretedRow:
    """A row of people, understood as far as it can be.

    Attributes:
        digest: keyed digest of all that the row says; the same row again has the same.
        is_sealed: it concerns a kind that is sealed from the first word, or has initials alone.
        nik: the number by which the same person is found again, empty when there is none to trust.
    """

    sheet: str
    number: int
    draft: PersonDraft
    remarks: tuple[Remark, ...]
    digest: str
    nik: str = ""
    is_sealed: bool = False
    initials: str = ""

    @property
    def is_refused(self) -> bool:
        """Does a remark refuse the row?"""
        return any(remark.level == "error" for remark in self.remarks)

    @property
    def is_warned(self) -> bool:
        """Is there something that somebody should look at?"""
        return any(remark.level == "warning" for remark in self.remarks)
