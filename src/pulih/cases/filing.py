"""Who reads and adds files of a case and of a counter service: its readers, its workers."""

from __future__ import annotations

from uuid import UUID

from pulih.access.models import Compartment, User
from pulih.access.policy import Action
from pulih.cases.models import Case, CounterService
from pulih.files.rules import register_owner
from pulih.papers.rules import register_about

_OF_ASKED_CASE = "the class of a case whose reader was asked for before"


def install() -> None:
    """Register the owners of files of this app."""
    register_owner(
        "cases.case",
        may_read=_may_read,
        may_write=_may_write,
        compartment_of=_compartment_of,
        is_restricted=_is_restricted,
    )
    register_owner(
        "cases.counterservice",
        may_read=lambda user, key: _counter(user, key, Action.COUNTER_READ),
        may_write=lambda user, key: _counter(user, key, Action.COUNTER_SERVE),
    )
    register_about(
        "cases.counterservice",
        may_read=lambda user, key: _counter(user, key, Action.COUNTER_READ),
        may_write=lambda user, key: _counter(user, key, Action.COUNTER_SERVE),
    )


def _counter(user: User, key: UUID, action: Action) -> bool:
    return CounterService.objects.visible_to(user, action).filter(pk=key).exists()


def _may_read(user: User, key: UUID) -> bool:
    return Case.objects.visible_to(user).filter(pk=key).exists()


def _may_write(user: User, key: UUID) -> bool:
    return Case.objects.visible_to(user, Action.CASE_WORK).filter(pk=key).exists()


def _compartment_of(key: UUID) -> Compartment | None:
    cases = Case.objects.unscoped(reason=_OF_ASKED_CASE).select_related("compartment")
    found = cases.filter(pk=key).first()
    return found.compartment if found else None


def _is_restricted(key: UUID) -> bool:
    return Case.objects.unscoped(reason=_OF_ASKED_CASE).filter(pk=key, restricted=True).exists()
