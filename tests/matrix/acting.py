"""Calls every action as everybody: whoever may not is refused before anything is written."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from pulih.access.policy import Action
from pulih.access.programme_facts import ProgrammeFacts
from pulih.cases.counter_facts import OfferWords, Visit
from pulih.cases.intake_facts import NewCase
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people.drafts import PersonDraft
from tests.matrix.expectations import CLASSES, OPEN, RELATIONS, Act, expected, late_acts, roles
from tests.matrix.world import World

WORDS = "Alasan yang cukup panjang untuk setiap aturan."
ALLOWED, DENIED = "O", "x"


FACTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "ProgrammeFacts": lambda rows: ProgrammeFacts(rows["section"], today().year, WORDS),
    "Visit": lambda rows: Visit(person=rows["person"], offer=rows["offer"]),
    "OfferWords": lambda rows: OfferWords(WORDS, "counter", WORDS, WORDS, 3),
    "bytes": lambda rows: b"",
    "PersonDraft": lambda rows: PersonDraft(full_name="Orang uji"),
    "Sequence[PersonDraft]": lambda rows: [PersonDraft(full_name="Orang uji")],
    "NewCase": lambda rows: NewCase(section=rows["section"], problem=WORDS, ppks_kind=11),
    "Action": lambda rows: Action.IMPORT_STAFF,
    "Section | None": lambda rows: rows["section"],
}
"""What is asked first of some facts, before anything else is looked at."""


def find(name: str) -> Callable[..., Any]:
    """The function of an action of the file."""
    module, _, function = name.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(f"pulih.{module}"), function)
    return found


def places(act: Act) -> Iterator[tuple[str, str, str]]:
    """Role, relation and class of every cell of an action."""
    for role in roles():
        for relation in RELATIONS:
            for held in CLASSES:
                yield role, relation, held


def letter_of(act: Act, role: str, relation: str, held: str) -> str:
    """Done or refused: whoever holds the row in hand is told no in one way only."""
    allowed = expected(act.rule, role, relation, held) == OPEN
    return ALLOWED if allowed else DENIED


def observe(world: World, act: Act, role: str, relation: str, held: str, *, by: Any = None) -> str:
    """What the action says; everything that it did is undone.

    Args:
        by: somebody of another office, instead of the user of that role and relation.
    """
    return _call(find(act.function), act, world, by or world.users[role, relation], held)


def _call(action: Callable[..., Any], act: Act, world: World, user: Any, held: str) -> str:
    rows = world.rows[held]
    given = {parameter: rows[record] for parameter, record in act.records}
    for name, parameter in inspect.signature(action).parameters.items():
        if name not in given and name != "by" and parameter.default is parameter.empty:
            given[name] = _any_value(str(parameter.annotation), world, rows)
    try:
        with transaction.atomic():
            try:
                action(**given, by=user)
            finally:
                transaction.set_rollback(True)
    except PermissionDenied:
        return DENIED
    except RuleError:
        return DENIED if act.name in late_acts() else ALLOWED
    except DatabaseError:
        return ALLOWED
    except Exception:
        # Allowed: only after the check does it matter that a value does not fit.
        return ALLOWED
    return ALLOWED


def _any_value(annotation: str, world: World, rows: dict[str, Any]) -> Any:
    if annotation in FACTS:
        return FACTS[annotation](rows)
    if annotation.startswith("str"):
        return WORDS
    if annotation.startswith("dt.date"):
        return today()
    if annotation.startswith("dt.datetime"):
        return dt.datetime.now(dt.UTC)
    if annotation.startswith("bool"):
        return True
    if annotation.startswith("User"):
        return world.users["social_worker", "unit"]
    return None
