"""The machine: everything that opens or closes a door, two editors, and a clock."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from security.grants.memory import FOREVER, Memory
from security.grants.office import HELD, ROLES, START, Office
from security.grants.tally import Tally, Writing

from pulih.access.actions.granting import end_role, give_role
from pulih.access.actions.users import deactivate_user, reactivate_user
from pulih.access.models import CompartmentMember, User
from pulih.access.roles import Role
from pulih.cases.actions.excluding import end_exclusion, exclude_user
from pulih.cases.actions.glass import break_glass
from pulih.cases.actions.needing import change_need
from pulih.cases.actions.team import (
    add_member,
    name_lead,
    name_reader,
    remove_member,
    remove_reader,
)
from pulih.cases.actions.units import set_unit
from pulih.cases.facts import Needed
from pulih.cases.models import Case, Need
from pulih.common.errors import RuleError
from pulih.common.stamps import ChangedError, stamp_of
from pulih.people.actions.editing import edit_person
from pulih.people.drafts import Facts
from pulih.people.models import Person

USERS = st.sampled_from([name for name in ROLES if "admin" not in name])
WORKERS = st.sampled_from(["colleague", "guest", "other", "worker"])
CASES = st.sampled_from(HELD)
CHIEFS = st.sampled_from(["head", "chief"])
RECORDS = st.sampled_from([(what, held) for what in ("person", "need") for held in HELD])
WHY = "Alasan yang cukup panjang untuk dicatat."


class Grants(RuleBasedStateMachine):
    """One sequence; it lies in a transaction of its own that is taken back at its end."""

    office: Office
    tally: Tally

    def __init__(self) -> None:
        super().__init__()
        self.memory = Memory.at_start(START)
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.opened: dict[str, set[str]] = {}
        self.clients: dict[str, Client] = {}
        self.writing: list[Writing] = []
        self.content = {(w, h): (0, "") for w in ("person", "need") for h in HELD}
        self.trace: list[str] = []

    @initialize()
    def begin(self) -> None:
        """Count the sequence."""
        self.tally.sequences += 1

    def teardown(self) -> None:
        """Back to the office as it was."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        self.clock.stop()

    # The clock.

    @rule(days=st.integers(0, 9), hours=st.integers(0, 9))
    def time_passes(self, days: int, hours: int) -> None:
        """Names, roles and broken glasses end by themselves."""
        self._step(f"{days} d {hours} h")
        self.memory.now += dt.timedelta(days=days, hours=hours)
        self.traveller.move_to(self.memory.now, tick=False)
        for user in list(self.opened):
            self._replay(user)

    # What opens.

    @rule(case=CASES, user=WORKERS, by=CHIEFS)
    def assign(self, case: str, user: str, by: str) -> None:
        """Somebody joins the team."""
        held = self.memory.cases[case]
        if self._act("assign", add_member, case=self._case(case), user=self._user(user), by=by):
            held.team.add(user)
            self._name(held, user)

    @rule(case=CASES, user=WORKERS, by=CHIEFS)
    def hand_over(self, case: str, user: str, by: str) -> None:
        """Another one leads."""
        held, row = self.memory.cases[case], self._case(case)
        if self._act("hand over", name_lead, case=row, user=self._user(user), reason=WHY, by=by):
            if user not in held.team:
                self._name(held, user)
            held.team.add(user)
            held.lead = user

    @rule(user=USERS, by=CHIEFS)
    def name(self, user: str, by: str) -> None:
        """Somebody may know of the sealed case without working on it."""
        row = self._case("sealed")
        if self._act("name", name_reader, case=row, user=self._user(user), purpose=WHY, by=by):
            self._name(self.memory.cases["sealed"], user)

    @rule(user=USERS, days=st.integers(0, 12))
    def name_until(self, user: str, days: int) -> None:
        """Somebody may know until a day; the day itself still counts."""
        held = self.memory.cases["sealed"]
        if held.named.get(user, dt.date.min) >= self.memory.today or user in held.excluded:
            return
        self._step(f"name {user} for {days} d")
        last = self.memory.today + dt.timedelta(days=days)
        CompartmentMember.objects.create(
            compartment=self._case("sealed").compartment,
            user=self._user(user),
            valid_from=self.memory.today,
            valid_until=last,
            purpose=WHY,
        )
        held.named[user] = last

    @rule(case=st.sampled_from(["restricted", "sealed"]), user=USERS)
    def break_the_glass(self, case: str, user: str) -> None:
        """An emergency opens a case for four hours."""
        made = self._act("glass", break_glass, number=self._case(case).number, reason=WHY, by=user)
        if made is not None and made is not True and made:
            self.memory.cases[case].glass[user] = self.memory.now + dt.timedelta(hours=4)

    @rule(user=USERS, days=st.integers(0, 15))
    def give_a_role(self, user: str, days: int) -> None:
        """The role again, for some days."""
        role, section, unit = ROLES[user]
        since, until = self.memory.today, self.memory.today + dt.timedelta(days=days)
        grants = self._user(user).grants
        old = grants.order_by("valid_from").first()
        given = {"section": old.section, "unit": old.unit} if old and section else {}
        if section and not given:
            return
        if self._act(
            "role",
            give_role,
            user=self._user(user),
            role=Role(role),
            valid_from=since,
            valid_until=until,
            by="admin",
            **given,
        ):
            self.memory.roles[user] = (since, until)

    @rule(case=CASES, user=USERS, by=CHIEFS)
    def admit(self, case: str, user: str, by: str) -> None:
        """The conflict of interest is over."""
        shut = self._case(case).exclusions.filter(user=self._user(user), ended_at=None).first()
        if shut is not None and self._act(
            "admit", end_exclusion, exclusion=shut, reason=WHY, by=by
        ):
            self.memory.cases[case].excluded.discard(user)

    @rule(case=CASES, unit=st.sampled_from(["", "disabilitas", "tuna-sosial"]), by=CHIEFS)
    def move(self, case: str, unit: str, by: str) -> None:
        """The case goes to another unit; the head of the old one knows of it no more."""
        held, row = self.memory.cases[case], self._case(case)
        to = self.office.units[unit] if unit else None
        if self._act("move", set_unit, case=row, unit=to, reason=WHY, by=by):
            held.unit = unit
            heads = unit == "disabilitas" and self.memory.works("unit_head")
            if heads and "unit_head" not in held.excluded:
                self._name(held, "unit_head")
            self._replay("unit_head")

    # What closes.

    @rule(case=CASES, which=st.integers(0, 9), by=CHIEFS)
    def leave(self, case: str, which: int, by: str) -> None:
        """Somebody leaves the team; who leads it hands over first."""
        held, row = self.memory.cases[case], self._case(case)
        user = sorted(held.team)[which % len(held.team)] if held.team else "guest"
        if self._act("leave", remove_member, case=row, user=self._user(user), reason=WHY, by=by):
            held.team.discard(user)
            held.named.pop(user, None)
            self._replay(user)

    @rule(user=USERS, by=CHIEFS)
    def unname(self, user: str, by: str) -> None:
        """Somebody may know no more."""
        row = self._case("sealed")
        if self._act("unname", remove_reader, case=row, user=self._user(user), reason=WHY, by=by):
            self.memory.cases["sealed"].named.pop(user, None)
            self.memory.cases["sealed"].glass.pop(user, None)
            self._replay(user)

    @rule(case=CASES, user=USERS, by=CHIEFS)
    def exclude(self, case: str, user: str, by: str) -> None:
        """A conflict of interest shuts somebody out."""
        held, row = self.memory.cases[case], self._case(case)
        if self._act("exclude", exclude_user, case=row, user=self._user(user), reason=WHY, by=by):
            held.excluded.add(user)
            held.team.discard(user)
            held.named.pop(user, None)
            held.glass.pop(user, None)
            self._replay(user)

    @rule(user=USERS)
    def take_the_role(self, user: str) -> None:
        """A role ends at once."""
        for grant in list(self._user(user).current_grants):
            if self._act("end role", end_role, grant=grant, reason=WHY, by="admin"):
                self.memory.roles.pop(user, None)
        self._replay(user)

    @rule(user=USERS, shut=st.booleans())
    def account(self, user: str, shut: bool) -> None:
        """An account is closed, or opened again; it keeps the roles that were not ended."""
        act = partial(deactivate_user, reason=WHY) if shut else reactivate_user
        if self._act("account", act, user=self._user(user), by="admin"):
            (self.memory.closed.add if shut else self.memory.closed.discard)(user)
            self._replay(user)

    # Readers and writers.

    @rule(user=USERS)
    def look(self, user: str) -> None:
        """What the lists show is what the model allows."""
        self._step(f"{user} looks")
        reader = self._user(user)
        seen = set(Case.objects.visible_to(reader).values_list("number", flat=True))
        for kind in HELD:
            there = self.office.cases[kind].number in seen
            if there and not self.memory.at_most(user, kind):
                self._found(self.tally.access_after_revocation, f"{user} lists {kind}")
            if not there and self.memory.at_least(user, kind):
                self._found(self.tally.wrongly_shut_out, f"{user} misses {kind}")

    @rule(user=USERS, case=CASES)
    def open_pages(self, user: str, case: str) -> None:
        """Somebody opens pages of a case, which are asked for again after every revocation."""
        if not self.memory.at_least(user, case):
            return
        self._step(f"{user} opens {case}")
        self.opened.setdefault(user, set()).add(case)
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        client.force_login(self._user(user))
        self.clients[user] = client

    @rule(user=USERS, record=RECORDS)
    def begin_writing(self, user: str, record: tuple[str, str]) -> None:
        """Somebody opens a form."""
        self._step(f"{user} begins {record}")
        stamp = stamp_of(self._row(record))
        self.writing.append(Writing(user, record, stamp, self.content[record][0]))

    @rule(which=st.integers(0, 30))
    def save(self, which: int) -> None:
        """Somebody sends a form, maybe long after others have saved the same record."""
        if self.writing:
            self._send(self.writing.pop(which % len(self.writing)))

    @rule(first=USERS, second=USERS, record=RECORDS)
    def write_at_once(self, first: str, second: str, record: tuple[str, str]) -> None:
        """Two have the same record open and both send."""
        for user in (first, second):
            self.begin_writing(user, record)
        for form in self.writing[-2:]:
            self.writing.remove(form)
            self._send(form)

    def _send(self, form: Writing) -> None:
        version, text = self.content[form.record]
        wanted = f"isi {self.tally.saved + self.tally.refused_saves}"
        try:
            taken = self._write(form, wanted)
        except ChangedError:
            self.tally.refused_saves += 1
            taken = False
            if form.version == version:
                self._found(self.tally.wrongly_shut_out, f"{form.record}: a true stamp is refused")
        if taken:
            self.tally.saved += 1
            if form.version != version:
                self._found(self.tally.lost_updates, f"{form.record}: {text} was overwritten")
            self.content[form.record] = (version + 1, wanted)
        self._check_content(form.record)

    def _write(self, form: Writing, wanted: str) -> bool:
        self._step(f"{form.user} saves {form.record}")
        what, kind = form.record
        by = self._user(form.user)
        try:
            with transaction.atomic():
                if what == "person":
                    facts = Facts(full_name=wanted, sex="L", birth=None)
                    edit_person(person=self._row(form.record), facts=facts, seen=form.stamp, by=by)
                else:
                    change_need(
                        need=self._row(form.record),
                        needed=Needed("food", wanted),
                        seen=form.stamp,
                        by=by,
                    )
        except ChangedError:
            raise
        except (PermissionDenied, RuleError):
            return False
        return True

    def _check_content(self, record: tuple[str, str]) -> None:
        version, text = self.content[record]
        row = self._row(record)
        now = row.own_name if record[0] == "person" else str(row.text)
        if version and now != text:
            self._found(self.tally.lost_updates, f"{record}: {text} is {now}")

    # How it is done.

    def _act(self, word: str, action: Any, *, by: str, **values: Any) -> Any:
        """Do an action as somebody; a no of the rules leaves everything as it was."""
        self._step(f"{word} {values.get('user', '')} by {by}")
        try:
            with transaction.atomic():
                made = action(by=self._user(by), **values)
        except (PermissionDenied, RuleError):
            self.tally.done[f"{word}: refused"] += 1
            return None
        self.tally.done[word] += 1
        return True if made is None and word != "glass" else made

    def _replay(self, user: str) -> None:
        """Ask again for every page that was open; what may not be known is absent."""
        client = self.clients.get(user)
        for kind in sorted(self.opened.get(user, ())):
            if client is None or self.memory.at_most(user, kind):
                continue
            if user not in self.memory.closed:
                # A new login, so that it is the grant that refuses and not an old session.
                client.force_login(self._user(user))
            number, person = self.office.cases[kind].number, self.office.people[kind].pk
            pages = [f"/kasus/{number}/", f"/kasus/{number}/layanan/", f"/kasus/{number}/tim/"]
            if kind == "sealed" and not self.memory.is_named(user, self.memory.cases[kind]):
                pages.append(f"/orang/{person}/")
            for page in pages:
                self.tally.replayed += 1
                if (status := client.get(page).status_code) < 300:
                    self._found(
                        self.tally.access_after_revocation, f"{user} opens {page}: {status}"
                    )

    def _name(self, held: Any, user: str) -> None:
        if held.kind == "sealed":
            held.named[user] = FOREVER

    def _step(self, words: str) -> None:
        self.tally.steps += 1
        self.trace.append(words)

    def _found(self, where: list[str], words: str) -> None:
        where.append(f"{words} after: {' | '.join(self.trace[-12:])}")

    def _user(self, name: str) -> User:
        return User.objects.get(pk=self.office.users[name].pk)

    def _case(self, kind: str) -> Case:
        rows = Case.objects.unscoped(reason="the machine holds every case")
        return rows.select_related("compartment", "section", "office").get(
            pk=self.office.cases[kind].pk
        )

    def _row(self, record: tuple[str, str]) -> Any:
        what, kind = record
        if what == "person":
            rows = Person.objects.unscoped(reason="the machine reads what was saved")
            return rows.get(pk=self.office.people[kind].pk)
        return Need.objects.select_related("case").get(pk=self.office.needs[kind].pk)
