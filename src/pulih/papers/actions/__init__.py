"""What the office does with letters."""

from pulih.papers.actions.issuing import issue_letter, withdraw_letter
from pulih.papers.actions.writing import change_letter, discard_letter, draft_letter, new_version

__all__ = [
    "change_letter",
    "discard_letter",
    "draft_letter",
    "issue_letter",
    "new_version",
    "withdraw_letter",
]
