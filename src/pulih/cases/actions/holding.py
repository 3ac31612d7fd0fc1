"""Holding a case more closely: one act that reaches everything that hangs on it at once."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.actions.compartments import create_compartment
from pulih.access.models import User
from pulih.access.policy import Action, RecordClass
from pulih.access.rules import may
from pulih.cases.actions.granting import close_grant
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.actions.opening import sealed_entry_of
from pulih.cases.actions.resealing import reseal
from pulih.cases.intake_rules import class_of, closest
from pulih.cases.models import Case
from pulih.cases.queries.staff import heads_of
from pulih.cases.reach import keys_of
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.files.actions.moving import move_files
from pulih.inbox.actions.moving import move_inbox
from pulih.papers.actions.moving import move_letters, restrict_letters
from pulih.people.actions.statuses import withdraw_statuses


@transaction.atomic
def hold_closer(*, case: Case, held: RecordClass, reason: str, by: User) -> Case:
    """Hold a case more closely from now on, with its report, history, files, letters and tasks.

    A sealed one goes into a compartment of its own that names the team, the heads of the section
    and `by`. The person gets an entry in it; the open entry stays, and nothing on it tells of the
    case any more. Grants and broken glasses end.

    Args:
        case: a case the user can see; it is locked and re-read here.
        held: restricted or sealed.

    Raises:
        PermissionDenied: `by` neither leads the case nor heads the section or the office.
        RuleError: no reason, or the case is held as closely already.

    Source: R-CASE-333, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_ASSIGN, case).require()
    before = class_of(case)
    if not reason.strip():
        raise RuleError(_("Say why."), rule="R-CASE-333")
    if held is before or closest(held, before) is before:
        raise RuleError(_("The case is held as closely already."), rule="R-CASE-333")
    keys = keys_of(case)
    withdraw_statuses(person=case.person, source=case.number, by=by)
    if held is RecordClass.SEALED:
        _seal(case, reason, by)
        if case.compartment is not None:
            move_files(keys, case.compartment)
            move_letters(keys, case.compartment)
            move_inbox(keys, case.compartment)
    else:
        case.restricted = True
        case.save(update_fields=["restricted", "updated_at"])
        restrict_letters(keys)
    if case.report is not None:
        case.report.compartment, case.report.restricted = case.compartment, case.restricted
        case.report.person = case.person
        case.report.save(update_fields=["compartment", "restricted", "person"])
    if case.compartment is not None:
        reseal(case)
    # Without the reason: whoever reads one case for a time reads the story as well.
    add_event(case, "held_closer", on=today(), by=by, held=held.value)
    audit.record(
        "case.held_closer",
        actor=by,
        subject=case,
        reason=reason,
        detail={"before": before.value, "after": held.value},
    )
    return case


def _seal(case: Case, reason: str, by: User) -> None:
    shut_out = set(case.exclusions.filter(ended_at=None).values_list("user", flat=True))
    team = [member.user for member in case.team.filter(left_on=None).select_related("user")]
    heads = heads_of(case.section, case.unit).exclude(pk__in=shut_out)
    for grant in case.grants.filter(ended_at=None).select_related("user"):
        close_grant(case=case, user=grant.user, reason=reason, by=by)
    case.broken.filter(until_at__gt=now()).update(until_at=now())
    compartment = create_compartment(members=[by, *heads, *team], purpose=reason, by=by)
    open_person = case.person
    case.compartment, case.restricted = compartment, False
    case.person = sealed_entry_of(open_person, compartment, by)
    case.open_entry = open_person
    case.save(update_fields=["compartment", "restricted", "person", "open_entry", "updated_at"])
