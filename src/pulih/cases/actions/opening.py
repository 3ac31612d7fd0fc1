"""Opening a case: from a report, from a person, or from a referral."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.actions.compartments import create_compartment, name_by_office
from pulih.access.models import Compartment, User
from pulih.access.numbering import next_numbers, sealed_number
from pulih.access.policy import Action, RecordClass
from pulih.access.rules import may
from pulih.cases.actions import telling
from pulih.cases.actions.history import add_event
from pulih.cases.actions.naming import name_in
from pulih.cases.actions.reporting import (
    check_person_fits,
    check_person_known,
    lock_waiting,
    settle,
)
from pulih.cases.actions.resealing import reseal
from pulih.cases.intake_facts import NewCase
from pulih.cases.intake_rules import class_of, class_of_kind, closest
from pulih.cases.models import Case, Report
from pulih.cases.queries.staff import candidates_for, heads_of
from pulih.cases.rules import check_day
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people.actions.registration import register_person
from pulih.people.actions.statuses import add_status
from pulih.people.drafts import PersonDraft, StatusDraft
from pulih.people.models import Person

SERIES = "K"


@transaction.atomic
def open_case(
    *, facts: NewCase, person: Person | None = None, report: Report | None = None, by: User
) -> Case:
    """Open a case for a person of the registry.

    A sealed case gets a number of no series and lives in a compartment. A person who is open
    already stays open and unmarked: the case holds an entry of its own in the compartment.

    Args:
        facts: section, matter, lead and team.
        person: an entry that `by` can see; default the one linked to the report.
        report: a report that waits for its decision; it becomes this case.
        by: a worker of the section, or its head.

    Raises:
        PermissionDenied: `by` may not open such a case, or not decide on the report.
        RuleError: there is no person or no matter, the class is too loose, or somebody of the
            team does not work with cases.

    Source: R-CASE-10 to R-CASE-15, docs/rules/cases.md.
    """
    if report is not None:
        report = lock_waiting(report, by)
    person = person or (report.person if report else None)
    if person is None:
        raise RuleError(_("First say who it is: find or register the person."), rule="R-CASE-10")
    check_person_known(person, by)
    if person.merged_into_id is not None:
        raise RuleError(
            _("This entry was joined with another: open the case from the one that was kept."),
            rule="R-CASE-10",
        )
    _check_facts(facts)
    held = _class_for(facts, person, report, by)
    compartment = _compartment(facts, person, report, by) if held is RecordClass.SEALED else None
    entry, open_entry = _entry_for(person, compartment, by)
    case = Case.objects.create(
        office=by.office,
        compartment=compartment,
        restricted=held is RecordClass.RESTRICTED,
        number=_number(compartment, by),
        section=facts.section,
        unit=facts.unit,
        person=entry,
        open_entry=open_entry,
        report=report,
        ppks_kind=facts.ppks_kind,
        problem=facts.problem.strip(),
        stage_since=today(),
        opened_on=facts.opened_on or today(),
        opened_by=by,
    )
    _fill_team(case, facts, by)
    may(by, Action.CASE_OPEN, case).require()
    if facts.lead not in (None, by) or set(facts.team) - {by, facts.lead}:
        may(by, Action.CASE_ASSIGN, case).require()
    if report is None:
        add_event(case, "opened", on=case.opened_on, by=by)
    else:
        add_event(case, "opened_from_report", on=case.opened_on, by=by, number=report.number)
    audit.record("case.opened", actor=by, subject=case, reason=facts.looser_because)
    _mark_kind(case, by)
    if report is not None:
        _turn_into(report, case, entry, by)
    _tell(case, facts, by)
    return case


def _check_facts(facts: NewCase) -> None:
    if not facts.problem.strip():
        raise RuleError(_("Say in a sentence what the matter is."), rule="R-CASE-10")
    if facts.opened_on is not None:
        check_day(facts.opened_on)
    if facts.unit is not None and facts.unit.section_id != facts.section.pk:
        raise RuleError(_("This unit belongs to another section."), rule="R-CASE-10")
    named = {member for member in (facts.lead, *facts.team) if member is not None}
    if not named <= set(candidates_for(facts.section)):
        raise RuleError(
            _("On the team are social workers and the head of the section."),
            rule="R-CASE-15",
        )


def _class_for(facts: NewCase, person: Person, report: Report | None, by: User) -> RecordClass:
    """How closely the case is held; less than its kind asks for only by the section head."""
    fixed = [RecordClass.SEALED] if person.is_sealed else [RecordClass.OPEN]
    if report is not None:
        fixed.append(class_of(report))
    floor = closest(*fixed)
    usual = closest(floor, class_of_kind(facts.ppks_kind))
    wanted = closest(floor, facts.held) if facts.held is not None else usual
    if closest(wanted, usual) is wanted:
        return wanted
    if not facts.looser_because.strip():
        raise RuleError(
            _("A case of this kind is held more closely: say why this one need not be."),
            rule="R-CASE-11",
        )
    if not heads_of(facts.section, facts.unit).filter(pk=by.pk).exists():
        raise RuleError(
            _("Only the section head holds a case less closely than its kind asks for."),
            rule="R-CASE-11",
        )
    return wanted


def _compartment(facts: NewCase, person: Person, report: Report | None, by: User) -> Compartment:
    """The compartment of the report or the person, or a new one, with the team named in it."""
    heads = heads_of(facts.section, facts.unit)
    purpose = _("Named when the case was opened")
    found = (report.compartment if report else None) or person.compartment
    if found is None:
        team = facts.team if facts.lead is None else (*facts.team, facts.lead)
        return create_compartment(members=[by, *heads, *team], purpose=purpose, by=by)
    # The team is named once the case is there: a second officer confirms who is new.
    for head in heads:
        name_by_office(compartment=found, user=head, purpose=purpose, by=by)
    return found


def _entry_for(
    person: Person, compartment: Compartment | None, by: User
) -> tuple[Person, Person | None]:
    """The entry that the case holds, and the open entry of the same person if they differ."""
    own = compartment.pk if compartment else None
    if person.is_sealed or compartment is None:
        check_person_fits(person, own)
        return person, None
    return sealed_entry_of(person, compartment, by), person


def sealed_entry_of(person: Person, compartment: Compartment, by: User) -> Person:
    """Register an entry of its own in a compartment for somebody who is open; part of an action."""
    draft = PersonDraft(
        full_name=person.full_name,
        sex=person.sex,
        birth=person.birth,
        birth_place=person.birth_place,
        status=person.status,
    )
    return register_person(draft=draft, compartment=compartment, by=by)


def _number(compartment: Compartment | None, by: User) -> str:
    if compartment is not None:
        return sealed_number()
    return next_numbers(by.office, SERIES, today().year)[0]


def _mark_kind(case: Case, by: User) -> None:
    """What the case says of the person stands in the registry by itself, where all may see it.

    A kind that is held closely is written on a sealed entry alone, never on an open one.
    """
    kind, person = case.ppks_kind, case.person
    if kind is None:
        return
    shown = not case.restricted and class_of_kind(kind) is RecordClass.OPEN
    if not shown and not person.is_sealed:
        return
    if not person.statuses.filter(kind=kind, ended_on=None).exists():
        draft = StatusDraft(kind=kind, status_on=case.opened_on, source=case.number)
        add_status(person=person, draft=draft, by=by)


def _fill_team(case: Case, facts: NewCase, by: User) -> None:
    members = {member.pk: member for member in facts.team}
    if facts.lead is not None:
        members[facts.lead.pk] = facts.lead
    for member in members.values():
        case.team.create(
            user=member,
            is_lead=facts.lead is not None and member.pk == facts.lead.pk,
            joined_on=case.opened_on,
        )
        name_in(record=case, user=member, purpose=_("Named when the case was opened"), by=by)


def _turn_into(report: Report, case: Case, entry: Person, by: User) -> None:
    """The report became the case; with a sealed case it moves into the same compartment."""
    report.person = entry
    report.compartment = case.compartment
    settle(report, Report.State.CASE, case.number, by)
    reseal(report)
    audit.record("report.became_case", actor=by, subject=report, detail={"case": str(case.pk)})


def _tell(case: Case, facts: NewCase, by: User) -> None:
    if facts.lead is None:
        telling.lead_is_missing(case, by)
    else:
        telling.lead_is_named(case, facts.lead, by)
    for member in facts.team:
        if member != facts.lead:
            telling.member_is_added(case, member, by)
