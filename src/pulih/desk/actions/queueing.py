"""The queue of the counter: taking a number, calling it, letting it go."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.numbering import next_numbers
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.models import CounterService, ServiceOffer
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.desk.models import Ticket

FREE = "the queue of the office; whoever calls was asked for the right to serve"


@transaction.atomic
def take_ticket(*, letter: str, offer: ServiceOffer | None = None, by: User) -> Ticket:
    """Give the next waiting number of a queue; numbers start again each day.

    Args:
        letter: the queue.
        offer: what they came for, where they said so.

    Raises:
        PermissionDenied: `by` does not serve at the counter.
        RuleError: there is no such queue.

    Source: R-DESK-3, docs/rules/desk.md.
    """
    _serves(by)
    if letter not in Ticket.Queue.values:
        raise RuleError(_("Choose a queue."), rule="R-DESK-3")
    day = today()
    counted = next_numbers(by.office, f"T{letter}{day:%m%d}", day.year)[0]
    ticket = Ticket.objects.create(
        office=by.office,
        day_on=day,
        letter=letter,
        number=int(counted.rpartition("-")[2]),
        offer=offer,
        taken_at=now(),
    )
    audit.record("ticket.taken", actor=by, subject=ticket)
    return ticket


@transaction.atomic
def call_next(*, letter: str = "", place: str = "", by: User) -> Ticket:
    """Call who has waited longest; whom `by` called before counts as served.

    Args:
        letter: only this queue; default all of them.
        place: which counter calls, for the screen.

    Raises:
        PermissionDenied: `by` does not serve at the counter.
        RuleError: nobody waits.

    Source: R-DESK-4, docs/rules/desk.md.
    """
    _serves(by)
    # A number that a colleague is calling at this moment is passed over, not waited for.
    rows = Ticket.objects.unscoped(reason=FREE).select_for_update(of=("self",), skip_locked=True)
    rows = rows.filter(office=by.office, day_on=today())
    waiting = rows.filter(state=Ticket.State.WAITING).order_by("taken_at", "number")
    ticket = (waiting.filter(letter=letter) if letter else waiting).first()
    if ticket is None:
        raise RuleError(_("Nobody waits."), rule="R-DESK-4")
    for before in rows.filter(state=Ticket.State.CALLED, called_by=by):
        _let_go(before, Ticket.State.SERVED)
    return _call(ticket, place, by)


@transaction.atomic
def call_again(*, ticket: Ticket, by: User) -> Ticket:
    """Call a number once more; also one that did not come the first time.

    Raises:
        PermissionDenied: `by` does not serve at the counter.
        RuleError: it was served.

    Source: R-DESK-4, docs/rules/desk.md.
    """
    ticket = _locked(ticket, by)
    if ticket.state == Ticket.State.SERVED:
        raise RuleError(_("This number has been served."), rule="R-DESK-4")
    ticket.done_at = None
    return _call(ticket, ticket.place, by)


@transaction.atomic
def miss_ticket(*, ticket: Ticket, by: User) -> Ticket:
    """Say that nobody came for a number.

    Raises:
        PermissionDenied: `by` does not serve at the counter.
        RuleError: it is not called.

    Source: R-DESK-4, docs/rules/desk.md.
    """
    ticket = _locked(ticket, by)
    if ticket.state != Ticket.State.CALLED:
        raise RuleError(_("This number is not at the counter."), rule="R-DESK-4")
    _let_go(ticket, Ticket.State.MISSED)
    audit.record("ticket.missed", actor=by, subject=ticket)
    return ticket


@transaction.atomic
def end_ticket(*, ticket: Ticket, service: CounterService | None = None, by: User) -> Ticket:
    """Say that a number was served, and by which service where one was begun.

    Raises:
        PermissionDenied: `by` does not serve at the counter.

    Source: R-DESK-4, docs/rules/desk.md.
    """
    ticket = _locked(ticket, by)
    ticket.service = service or ticket.service
    _let_go(ticket, Ticket.State.SERVED)
    audit.record("ticket.served", actor=by, subject=ticket)
    return ticket


def _serves(by: User) -> None:
    if not by.may(Action.COUNTER_SERVE):
        raise PermissionDenied(_("Your role does not serve at the counter."))


def _locked(ticket: Ticket, by: User) -> Ticket:
    rows = Ticket.objects.unscoped(reason=FREE).select_for_update(of=("self",))
    found = rows.get(pk=ticket.pk)
    may(by, Action.COUNTER_SERVE, found).require()
    return found


def _call(ticket: Ticket, place: str, by: User) -> Ticket:
    ticket.state, ticket.called_at, ticket.called_by = Ticket.State.CALLED, now(), by
    ticket.place = place.strip()[:20]
    ticket.save(update_fields=["state", "called_at", "called_by", "place", "done_at"])
    audit.record("ticket.called", actor=by, subject=ticket)
    return ticket


def _let_go(ticket: Ticket, state: str) -> None:
    ticket.state, ticket.done_at = state, now()
    ticket.save(update_fields=["state", "done_at", "service"])
