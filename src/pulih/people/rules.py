"""Who may do what in the registry, and what the office asks of an entry."""

from __future__ import annotations

import datetime as dt

from pulih.access import rules as access_rules
from pulih.access.decisions import Decision
from pulih.access.models import User
from pulih.access.policy import Action, RecordClass
from pulih.people.codes import KINDS
from pulih.people.models import Person

ADULT_AGE = 18

OPEN_KINDS = frozenset(kind.number for kind in KINDS if kind.record_class is RecordClass.OPEN)
"""PPKS kinds that lists and filters may show; the others are held closely (R-PEO-7)."""


def may_register(user: User, person: Person) -> Decision:
    """May the user add this entry where it stands: to the open registry, or to its compartment?"""
    return access_rules.may(user, Action.PERSON_REGISTER, person)


def may_edit(user: User, person: Person) -> Decision:
    """May the user change this entry? (R-PEO-2)"""
    return access_rules.may(user, Action.PERSON_EDIT, person)


def sees_close_kinds(user: User) -> bool:
    """Does the user work with cases, and so see the kinds that are held closely? (R-PEO-7)"""
    return user.may(Action.CASE_WORK)


def is_surely_a_child(person: Person, on: dt.date) -> bool:
    """Is the person under 18 on the day, whatever the uncertainty of the birth? (R-PEO-9)"""
    birth = person.birth
    return birth is not None and birth.age_on(on)[1] < ADULT_AGE


def may_merge(user: User, person: Person) -> Decision:
    """May the user join this entry with another, or take that back? (R-PEO-47)"""
    return access_rules.may(user, Action.PERSON_MERGE, person)
