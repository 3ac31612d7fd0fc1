"""Incoming reports: writing them down, and deciding what becomes of them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.actions.compartments import create_compartment, name_by_office
from pulih.access.models import Compartment, Section, Unit, User
from pulih.access.numbering import next_numbers, sealed_number
from pulih.access.policy import Action, RecordClass
from pulih.access.roles import Role
from pulih.access.rules import may
from pulih.cases.actions import telling
from pulih.cases.actions.history import add_event
from pulih.cases.intake_facts import Received
from pulih.cases.intake_rules import class_of_kind, closest, may_receive, section_for
from pulih.cases.models import Report
from pulih.cases.queries.staff import heads_of, workers_of
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.people.models import Person

SERIES = "L"


@transaction.atomic
def receive_report(*, facts: Received, by: User) -> Report:
    """Write down a report. A sealed one goes straight into a compartment.

    The compartment names the heads of section and unit and the workers chosen; the receiver is in
    it only when they work with cases themselves, so that the front desk keeps a number and no
    more.

    Args:
        facts: what was told.
        by: whoever receives it.

    Raises:
        PermissionDenied: the role of `by` receives no reports.
        RuleError: nothing was told, the day has not come, or nobody could open a sealed report.

    Source: R-CASE-3, R-CASE-4, docs/rules/cases.md.
    """
    may_receive(by).require()
    _check_told(facts)
    section = facts.section or section_for(by.office, facts.ppks_kind)
    held = closest(class_of_kind(facts.ppks_kind), facts.held)
    sealed = held is RecordClass.SEALED
    unit = facts.unit if facts.unit and facts.unit.section_id == section.pk else None
    compartment = _seal(section, unit, facts.workers, by) if sealed else None
    number = sealed_number() if sealed else next_numbers(by.office, SERIES, today().year)[0]
    report = Report.objects.create(
        office=by.office,
        compartment=compartment,
        restricted=held is RecordClass.RESTRICTED,
        number=number,
        channel=facts.channel,
        received_at=facts.received_at or now(),
        received_by=by,
        section=section,
        unit=unit,
        ppks_kind=facts.ppks_kind,
        reporter_name=facts.reporter_name.strip(),
        reporter_contact=facts.reporter_contact.strip(),
        reporter_protected=facts.reporter_protected,
        about=facts.about.strip(),
        description=facts.description.strip(),
        danger=facts.danger.strip(),
        urgent=facts.urgent,
        village_code=facts.village_code,
        place=facts.place.strip(),
        person=facts.person,
        origin_label=facts.origin.label if facts.origin else "",
        origin_url_name=facts.origin.url_name if facts.origin else "",
        origin_id=facts.origin.id if facts.origin else None,
    )
    audit.record("report.received", actor=by, subject=report)
    telling.report_waits(report, by)
    return report


@transaction.atomic
def link_person(*, report: Report, person: Person, by: User) -> Report:
    """Say which entry of the registry a report is about.

    Args:
        report: a report that waits for a decision; it is locked and re-read here.
        person: an entry that `by` can see; a sealed one only for a report in the same compartment.

    Raises:
        PermissionDenied: `by` does not decide on the report.
        RuleError: it is decided already, or a sealed person would show in an open report.

    Source: R-CASE-6, docs/rules/cases.md.
    """
    report = lock_waiting(report, by)
    check_person_known(person, by)
    check_person_fits(person, report.compartment_id)
    report.person = person
    report.save(update_fields=["person"])
    audit.record(
        "report.person_linked", actor=by, subject=report, detail={"person": str(person.pk)}
    )
    return report


@transaction.atomic
def answer_report(*, report: Report, outcome: str, by: User) -> Report:
    """Answer a report without opening a case.

    Args:
        outcome: what was told or done, and why no case is needed.

    Raises:
        PermissionDenied: `by` does not decide on the report.
        RuleError: it is decided already, or nothing is said.

    Source: R-CASE-5, docs/rules/cases.md.
    """
    report = lock_waiting(report, by)
    _decide(report, Report.State.ANSWERED, outcome, by)
    audit.record("report.answered", actor=by, subject=report, reason=outcome)
    return report


@transaction.atomic
def forward_report(*, report: Report, to: str, outcome: str, by: User) -> Report:
    """Forward a report to somebody outside the office.

    Args:
        to: which office or institution.
        outcome: why, and how it was passed on.

    Raises:
        PermissionDenied: `by` does not decide on the report.
        RuleError: it is decided already, or it is not said to whom and why.

    Source: R-CASE-5, docs/rules/cases.md.
    """
    report = lock_waiting(report, by)
    if not to.strip():
        raise RuleError(_("Say to whom the report is forwarded."), rule="R-CASE-5")
    _need_reason(outcome)
    _decide(report, Report.State.FORWARDED, f"{to.strip()}: {outcome.strip()}", by)
    audit.record("report.forwarded", actor=by, subject=report, reason=outcome)
    return report


@transaction.atomic
def hand_over_report(*, report: Report, section: Section, reason: str, by: User) -> Report:
    """Hand a report to another section of the office; it waits there for its decision.

    Raises:
        PermissionDenied: `by` does not decide on the report.
        RuleError: it is decided already, is there already, or no reason is given.

    Source: R-CASE-5, docs/rules/cases.md.
    """
    report = lock_waiting(report, by)
    _need_reason(reason)
    if section.pk == report.section_id or section.office_id != report.office_id:
        raise RuleError(_("Choose another section of this office."), rule="R-CASE-5")
    before = report.section
    report.section, report.unit = section, None
    report.save(update_fields=["section", "unit"])
    if report.compartment is not None:
        for head in heads_of(section):
            name_by_office(compartment=report.compartment, user=head, purpose=reason, by=by)
    audit.record(
        "report.handed_over",
        actor=by,
        subject=report,
        reason=reason,
        detail={"from": before.kind, "to": section.kind},
    )
    telling.report_left(report, by)
    telling.report_waits(report, by)
    return report


@transaction.atomic
def repeat_report(*, report: Report, earlier: Report, outcome: str, by: User) -> Report:
    """Say that a report is about the same matter as an earlier one.

    Args:
        earlier: a report that `by` can see; where it became a case, the case is told.

    Raises:
        PermissionDenied: `by` does not decide on the report.
        RuleError: it is decided already, the earlier one is itself, is not earlier, is a repeat,
            or is held more closely than this one.

    Source: R-CASE-5, R-CASE-7, docs/rules/cases.md.
    """
    report = lock_waiting(report, by)
    _check_earlier(report, earlier, by)
    report.earlier = earlier
    _decide(report, Report.State.REPEATED, outcome, by)
    case = getattr(earlier, "case", None)
    if case is not None:
        add_event(case, "report_repeated", on=today(), by=by, number=report.number)
    audit.record(
        "report.repeated",
        actor=by,
        subject=report,
        reason=outcome,
        detail={"earlier": str(earlier.pk)},
    )
    return report


def lock_waiting(report: Report, by: User) -> Report:
    """The report, locked, if `by` decides on it and it still waits (R-CASE-5)."""
    found = Report._base_manager.select_for_update(of=("self",)).get(pk=report.pk)
    may(by, Action.REPORT_TRIAGE, found).require()
    if found.state != Report.State.NEW:
        raise RuleError(
            _("This report has been decided already: %(state)s.")
            % {"state": found.get_state_display()},
            rule="R-CASE-5",
        )
    return found


def settle(report: Report, state: str, outcome: str, by: User) -> None:
    """Write a decision and tell of it; part of an action that records it."""
    report.state = state
    report.outcome = outcome.strip()
    report.decided_by = by
    report.decided_at = now()
    report.save()
    telling.report_decided(report, by)


def check_person_known(person: Person, by: User) -> None:
    """Refuse an entry that `by` cannot see; asked before anybody is named anywhere (R-CASE-6)."""
    if not Person.objects.visible_to(by).filter(pk=person.pk).exists():
        raise RuleError(_("Choose an entry of the registry."), rule="R-CASE-6")


def check_person_fits(person: Person, compartment_id: object) -> None:
    """Refuse a sealed person outside its compartment (R-CASE-6)."""
    if person.is_sealed and person.compartment_id != compartment_id:
        raise RuleError(
            _("A sealed person belongs to a sealed matter: open the case from the person's page."),
            rule="R-CASE-6",
        )


def _decide(report: Report, state: str, outcome: str, by: User) -> None:
    _need_reason(outcome)
    settle(report, state, outcome, by)


def _need_reason(text: str) -> None:
    if not text.strip():
        raise RuleError(_("Say why, so that the reporter can be told."), rule="R-CASE-5")


def _check_told(facts: Received) -> None:
    if not facts.description.strip():
        raise RuleError(_("Write down what was told."), rule="R-CASE-3")
    if facts.received_at is not None and facts.received_at > now():
        raise RuleError(_("This day has not come yet."), rule="R-CASE-50")


def _check_earlier(report: Report, earlier: Report, by: User) -> None:
    if not Report.objects.visible_to(by).filter(pk=earlier.pk).exists():
        raise RuleError(_("There is no such report."), rule="R-CASE-7")
    later = earlier.received_at > report.received_at
    if earlier.pk == report.pk or later or earlier.state == Report.State.REPEATED:
        raise RuleError(_("Choose the first report of the same matter."), rule="R-CASE-7")
    if earlier.compartment_id not in (None, report.compartment_id):
        raise RuleError(
            _("The earlier report is held more closely: answer this one, and tell those who know."),
            rule="R-CASE-7",
        )


def _seal(section: Section, unit: Unit | None, workers: tuple[User, ...], by: User) -> Compartment:
    members = {*heads_of(section, unit), *workers}
    if not members <= set(workers_of(section.office)):
        raise RuleError(
            _("A sealed report is for social workers and section heads."), rule="R-CASE-4"
        )
    if by.holds(Role.SOCIAL_WORKER, Role.SECTION_HEAD):
        members.add(by)
    return create_compartment(
        members=members, purpose=_("Named when the report was received"), by=by
    )
