"""The one shape in which every rule answers: yes, or no with the reason and who can help."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer; `reason` and `who` are translated sentences for the screen."""

    allowed: bool
    reason: str = ""
    who: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Stop here, with the reason, if the answer is no."""
        if not self.allowed:
            raise PermissionDenied(self.reason)


ALLOW = Decision(True)


def deny(reason: str, who: str = "") -> Decision:
    """A no with its reason and, where there is one, the person or role that can change it."""
    return Decision(False, str(reason), str(who))
