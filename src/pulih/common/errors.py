"""The errors that reach a user."""

from __future__ import annotations

from uuid import UUID


class RuleError(Exception):
    """A rule of the office said no; the message is shown to the user (status 422).

    Args:
        message: a translated sentence: what is wrong and what to do.
        rule: the id of the rule in docs/rules.md, such as `R-CASE-7`.
    """

    def __init__(self, message: str, *, rule: str) -> None:
        super().__init__(message)
        self.message = message
        self.rule = rule


class UnscopedReadError(RuntimeError):
    """A protected model was read without saying for whom."""


class CipherError(RuntimeError):
    """A stored value could not be opened: wrong key, wrong row, or it was changed."""


class KeyGoneError(CipherError):
    """The key of a sealed record is not there: it was destroyed with the record, or it is lost.

    Args:
        unit: the record.
    """

    def __init__(self, message: str, unit: UUID) -> None:
        super().__init__(message)
        self.unit = unit
