"""Case conferences."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.models import Case, Conference
from pulih.cases.rules import check_day
from pulih.common.errors import RuleError


@transaction.atomic
def record_conference(
    *,
    case: Case,
    on: dt.date,
    place: str = "",
    present: str,
    minutes: str,
    decisions: str,
    by: User,
) -> Conference:
    """Record that the case was discussed: who sat together, what was said, what was decided.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the day has not come, or who, minutes or decisions are missing.

    Source: R-CASE-42, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    check_day(on)
    if not (present.strip() and minutes.strip() and decisions.strip()):
        raise RuleError(
            _("A conference has its participants, its minutes and its decisions."),
            rule="R-CASE-42",
        )
    conference = Conference.objects.create(
        case=case,
        held_on=on,
        place=place.strip(),
        present=present.strip(),
        minutes=minutes.strip(),
        decisions=decisions.strip(),
        recorded_by=by,
    )
    add_event(case, "conference_held", on=on, by=by, decisions=decisions.strip())
    audit.record(
        "conference.recorded", actor=by, subject=case, detail={"conference": str(conference.pk)}
    )
    return conference
