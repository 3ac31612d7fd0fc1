"""The model: who may know which case now, kept apart from the program and written from its rules.

Two bounds, so that it takes no side where the rules leave a choice: who may know at most, and who
knows at least. A reader outside the first is a leak; one outside the second was shut out wrongly.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from security.grants.office import HELD, ROLES, SINCE

FOREVER = dt.date.max
READERS = frozenset({"social_worker", "section_head", "head_of_office"})


@dataclass(slots=True)
class Held:
    """One case as the model remembers it."""

    kind: str
    lead: str = "worker"
    unit: str = ""
    team: set[str] = field(default_factory=lambda: {"worker"})
    named: dict[str, dt.date] = field(default_factory=dict)
    glass: dict[str, dt.datetime] = field(default_factory=dict)
    excluded: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Memory:
    """Everybody's roles and doors. A named, dated grant of its own kind is one more door here."""

    now: dt.datetime
    roles: dict[str, tuple[dt.date, dt.date]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    cases: dict[str, Held] = field(default_factory=dict)

    @classmethod
    def at_start(cls, now: dt.datetime) -> Memory:
        """As the office was built: the worker leads all, the head of the section is named."""
        memory = cls(now)
        memory.roles = dict.fromkeys(ROLES, (SINCE, FOREVER))
        memory.cases = {kind: Held(kind) for kind in HELD}
        memory.cases["sealed"].named = {"worker": FOREVER, "head": FOREVER}
        return memory

    @property
    def today(self) -> dt.date:
        """The day on the wall of the office, seven hours before Greenwich's."""
        return (self.now + dt.timedelta(hours=7)).date()

    def works(self, user: str) -> bool:
        """Has the user an account that is open, and the role today?"""
        since, until = self.roles.get(user, (FOREVER, SINCE))
        return user not in self.closed and since <= self.today <= until

    def is_named(self, user: str, case: Held) -> bool:
        """Is the user in the compartment today?"""
        return case.named.get(user, SINCE) >= self.today or self.has_glass(user, case)

    def has_glass(self, user: str, case: Held) -> bool:
        """Is a glass that the user broke still open?"""
        return case.glass.get(user, self.now) > self.now

    def at_most(self, user: str, kind: str) -> bool:
        """May the user know of the case, by the widest reading of the rules?"""
        case, role = self.cases[kind], ROLES[user][0]
        if not self.works(user) or user in case.excluded or role not in READERS:
            return False
        if kind == "open":
            return True
        if kind == "sealed" and not self.is_named(user, case):
            return False
        if kind == "sealed" or self.has_glass(user, case):
            return True
        return user in case.team or self.is_head_of(user, case)

    def at_least(self, user: str, kind: str) -> bool:
        """Must the user be let in, by the narrowest reading?"""
        case = self.cases[kind]
        if not self.at_most(user, kind):
            return False
        if kind == "open" or self.has_glass(user, case):
            return True
        return user in case.team or self.is_head_of(user, case)

    def is_head_of(self, user: str, case: Held) -> bool:
        """Head of the office, of the section, or of the unit that the case is in."""
        role, section, unit = ROLES[user]
        if role == "head_of_office":
            return True
        return role == "section_head" and section == "rehabilitation" and unit in {"", case.unit}
