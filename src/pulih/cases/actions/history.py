"""Adds what happened to a case's timeline; called by the actions, inside their transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pulih.access.models import User
from pulih.cases.models import Case, CaseEvent


def add_event(case: Case, kind: str, *, on: dt.date, by: User | None, **detail: Any) -> CaseEvent:
    """Write one line of the timeline.

    Args:
        kind: which sentence tells it; `cases/timeline.py` has one for every kind.
        on: the day it happened, which may be before today.
        by: who did it; None for an answer from outside and for the clock.
        detail: the parts of the sentence; JSON values only.
    """
    return CaseEvent.objects.create(
        case=case, kind=kind, happened_on=on, by=by, detail=detail or ""
    )
