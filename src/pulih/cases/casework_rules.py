"""Who may print the client's own page, and who countersigns a caseload. No rule here writes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pulih.access import user_rules
from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import Section, User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.access.rules import may
from pulih.cases.models import Case, CaseloadHandover


def may_print_own_page(user: User, case: Case) -> Decision:
    """The client's own page comes from those who work on the case; sealed, from the team alone.

    Source: R-CASE-106, docs/rules/cases.md.
    """
    if case.compartment_id is None:
        return may(user, Action.CASE_WORK, case)
    if case.team.filter(user=user, left_on=None).exists():
        return ALLOW
    return deny(
        _("The client's own page of this case is printed by its team alone."),
        who=_("The lead or another member of the team prints it."),
    )


def may_hand_over(user: User, worker: User, section: Section) -> Decision:
    """A caseload is handed over by its worker, the head of its section or the head of office.

    Source: R-CASE-110, docs/rules/cases.md.
    """
    if user.pk == worker.pk or _heads(user, section):
        return ALLOW
    return deny(
        _("A caseload is handed over by its worker or by the head."),
        who=f"{Role.SECTION_HEAD.label}, {Role.HEAD_OF_OFFICE.label}",
    )


def may_countersign(user: User, handover: CaseloadHandover) -> Decision:
    """The head of the section countersigns; for the head's own caseload, the head of office.

    Source: R-CASE-111, docs/rules/cases.md.
    """
    heads = _heads(user, handover.section)
    if heads and user.office_id == handover.office_id and user.pk != handover.worker_id:
        return ALLOW
    return deny(
        _("A caseload is countersigned by the head of its section, not by whoever hands it over."),
        who=f"{Role.SECTION_HEAD.label}, {Role.HEAD_OF_OFFICE.label}",
    )


def _heads(user: User, section: Section) -> bool:
    """Is the user head of office, or head of the whole section and not of a unit alone?"""
    return user.holds(Role.HEAD_OF_OFFICE) or user_rules.heads(user, section)
