"""Letters about a caseload that changed hands."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from pulih.access.models import User
from pulih.access.policy import Action
from pulih.cases.models import CaseloadHandover, HandoverLine
from pulih.papers.models import Letter
from pulih.papers.queries import letters_of_record

KIND = "cases.caseloadhandover"


def minutes_of(handover: CaseloadHandover, lines: Collection[HandoverLine]) -> Letter | None:
    """The issued minutes of a part of a handover: a case is in one part alone, names may repeat."""
    numbers = {line.case.number for line in lines}
    for letter in letters_of_record(KIND, handover.pk):
        told = {row["number"] for row in letter.fields.get("cases", ())}
        if letter.state == Letter.State.ISSUED and told & numbers:
            return letter
    return None


def reads_minutes(user: User, key: uuid.UUID) -> bool:
    """Whoever signs the handover and may know of every case that its letters name."""
    if not CaseloadHandover.objects.visible_to(user).filter(pk=key).exists():
        return False
    named = HandoverLine.objects.unscoped(reason="asked whether the reader may know of all").filter(
        handover=key, state=HandoverLine.State.MOVED, case__compartment=None
    )
    known = HandoverLine.objects.visible_to(user).filter(handover=key)
    return not named.exclude(pk__in=known.values("pk")).exists()


def writes_minutes(user: User, key: uuid.UUID) -> bool:
    """Who reads them and writes letters at all."""
    return user.may(Action.LETTER_WRITE) and reads_minutes(user, key)
