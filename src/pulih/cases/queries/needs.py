"""Reading the needs of a case that was read for its reader."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import F, IntegerField, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from pulih.cases.models import Case, Need
from pulih.cases.usual_needs import UsualNeed, usual_needs


def needs_of(case: Case) -> QuerySet[Need]:
    """Every need: the open ones first by their day, then what was explained, then what was met."""
    order = Choice(
        When(state=Need.State.OPEN, then=Value(0)),
        When(state=Need.State.UNMET, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = case.needs.select_related("owner", "settled_by")
    return rows.order_by(order, F("due_on").asc(nulls_last=True), "recorded_at", "kind")


def get_need(case: Case, key: UUID) -> Need:
    """One need of a case, or 404."""
    need = get_object_or_404(case.needs.select_related("owner"), pk=key)
    need.case = case
    return need


def offered_needs(case: Case, needs: list[Need]) -> list[UsualNeed]:
    """What the kind of the case usually asks for and is not on the list yet."""
    had = {(need.kind, str(need.text)) for need in needs}
    return [one for one in usual_needs(case.ppks_kind) if (one.kind, str(one.text)) not in had]
