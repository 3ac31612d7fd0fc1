"""Which unit of its section a case belongs to."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.actions.compartments import name_by_office
from pulih.access.models import Unit, User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions import telling
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.models import Case
from pulih.cases.queries.staff import heads_of
from pulih.common.clock import today
from pulih.common.errors import RuleError


@transaction.atomic
def set_unit(*, case: Case, unit: Unit | None, reason: str = "", by: User) -> Case:
    """Give a case to a unit of its section, or to the section as a whole.

    Of a sealed case the head of the new unit is named in its compartment. What waits for a
    decision is asked of the head of the new unit.

    Args:
        case: a case the user can see; it is locked and re-read here.
        unit: a unit that is not closed; None for the section as a whole.
        reason: why; needed where the case had a unit.

    Raises:
        PermissionDenied: `by` neither leads the case nor heads the section, its unit or the office.
        RuleError: the unit is of another section, closed, or the same; or no reason is given.

    Source: R-CASE-86, R-CASE-87, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_ASSIGN, case).require()
    if unit is not None and (unit.section_id != case.section_id or unit.closed_on is not None):
        raise RuleError(_("Choose a unit of this section."), rule="R-CASE-86")
    if (unit.pk if unit else None) == case.unit_id:
        raise RuleError(_("The case is there already."), rule="R-CASE-86")
    if case.unit_id is not None and not reason.strip():
        raise RuleError(_("Say why the case goes to another unit."), rule="R-CASE-86")
    before, case.unit = case.unit_id, unit
    case.save(update_fields=["unit", "updated_at"])
    if case.compartment is not None and unit is not None:
        shut_out = case.exclusions.filter(ended_at=None).values("user")
        for head in heads_of(case.section, unit).exclude(pk__in=shut_out):
            name_by_office(
                compartment=case.compartment, user=head, purpose=_("Heads the unit"), by=by
            )
    telling.unit_is_changed(case, by)
    name = unit.name if unit else case.section.name
    add_event(case, "unit_changed", on=today(), by=by, unit=name, reason=reason.strip())
    audit.record(
        "case.unit_set",
        actor=by,
        subject=case,
        reason=reason,
        detail={"before": str(before or ""), "after": str(unit.pk if unit else "")},
    )
    return case
