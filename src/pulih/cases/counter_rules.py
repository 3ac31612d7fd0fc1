"""Rules of the counter and of the catalogue. No rule here writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from pulih.access import user_rules
from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import Section, Unit, User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.access.rules import names_of
from pulih.cases.catalogue.entries import MOST_FIELDS
from pulih.cases.models import CounterService, ServiceOffer
from pulih.common.errors import RuleError
from pulih.people.models import Person

COUNTER_LETTERS = (
    "tanda-terima",
    "surat-keterangan",
    "surat-rekomendasi",
    "surat-pengantar",
    "surat-rujukan",
    "usulan-pbi-jk",
    "reaktivasi-pbi-jk",
    "pengantar-dtsen",
    "pengantar-orang-terlantar",
)
"""The templates that a counter service can fill by itself."""

FIELD_KINDS = ("text", "number", "day", "choice")


def may_manage_offers(user: User, section: Section, unit: Unit | None = None) -> Decision:
    """Who writes the services of a section: its head, a unit's head its own, the administrator."""
    own = section.office_id == user.office_id
    if own and (user.holds(Role.ADMINISTRATOR) or user_rules.heads(user, section, unit)):
        return ALLOW
    return deny(
        _("The services of a section are written by its head."),
        who=names_of(Action.CATALOGUE_MANAGE),
    )


def check_served_here(offer: ServiceOffer) -> None:
    """Refuse what is not served at the counter (R-CASE-82).

    Raises:
        RuleError: the service is closed, or it begins with a report.
    """
    if not offer.is_open:
        raise RuleError(_("This service is no longer offered."), rule="R-CASE-82")
    if offer.kind != ServiceOffer.Kind.COUNTER:
        raise RuleError(
            _("This matter is not dealt with at the counter: take a report."), rule="R-CASE-82"
        )


def check_client(person: Person) -> None:
    """Refuse entries for whom nothing is written at the counter (R-CASE-82).

    Raises:
        RuleError: the entry is sealed, or was joined with another.
    """
    if person.is_sealed:
        raise RuleError(
            _("A sealed person is served by the people who know, never at the counter."),
            rule="R-CASE-82",
        )
    if person.merged_into_id is not None:
        raise RuleError(
            _("This entry was joined with another: serve the one that was kept."),
            rule="R-CASE-82",
        )


def check_running(service: CounterService) -> None:
    """Refuse to go on with a service that has ended (R-CASE-83).

    Raises:
        RuleError: it is done, cancelled or a case.
    """
    if not service.is_running:
        raise RuleError(
            _("This service has ended: %(state)s.") % {"state": service.get_state_display()},
            rule="R-CASE-83",
        )


def check_complete(service: CounterService) -> None:
    """Refuse to finish while needed papers are missing (R-CASE-83).

    Raises:
        RuleError: something needed was not shown.
    """
    if service.missing:
        raise RuleError(
            _("Still missing: %(papers)s.")
            % {"papers": ", ".join(paper["label"] for paper in service.missing)},
            rule="R-CASE-83",
        )


def check_form(fields: Sequence[dict[str, Any]]) -> None:
    """Refuse a form that is longer than the counter has time for (R-CASE-81).

    Raises:
        RuleError: it has more than eight fields, or a field of a kind that does not exist.
    """
    if len(fields) > MOST_FIELDS:
        raise RuleError(_("The form of a service has at most 8 fields."), rule="R-CASE-81")
    if any(field["kind"] not in FIELD_KINDS for field in fields):
        raise RuleError(_("A field is a text, a number, a day or a choice."), rule="R-CASE-81")
