"""A whole visit at the counter in one act: service, letters, and the number let go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from pulih.access.models import User
from pulih.cases.actions.counter_letters import issue_letters
from pulih.cases.actions.countering import finish_service, start_service
from pulih.cases.counter_facts import Visit
from pulih.cases.models import CounterService
from pulih.desk.actions.queueing import end_ticket
from pulih.desk.models import Ticket
from pulih.papers.models import Letter


@dataclass(frozen=True, slots=True)
class Served:
    """What a visit left behind."""

    service: CounterService
    letters: list[Letter]


@transaction.atomic
def serve_visit(
    *, visit: Visit, letters: Sequence[str], finish: bool, ticket: Ticket | None = None, by: User
) -> Served:
    """Begin a service, issue its letters, finish it where nothing is missing, let the number go.

    Missing papers never stop a visit: it stays open, and who came is told what to bring.

    Args:
        letters: codes of the templates to issue; while papers are missing only the receipt.
        finish: end it as well, if no needed paper is missing.
        ticket: the number that was called.

    Raises:
        PermissionDenied: `by` does not serve at the counter.
        RuleError: the service cannot be begun, or a letter has blanks.

    Source: R-DESK-5, docs/rules/desk.md.
    """
    service = start_service(visit=visit, by=by)
    issued = issue_letters(service=service, templates=letters, by=by)
    if finish and not service.missing:
        service = finish_service(service=service, by=by)
    if ticket is not None:
        end_ticket(ticket=ticket, service=service, by=by)
    return Served(service, issued)
