"""A year of small services at the counter, a full day of the queue, and what ended in secret."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from jejak.birth import BirthDate
from pulih.access.models import Compartment, CompartmentMember, Office, RoleGrant, Unit, User
from pulih.access.numbering import next_numbers, sealed_number
from pulih.access.roles import Role
from pulih.cases.actions.counter_letters import issue_letters
from pulih.cases.actions.counter_telling import service_waits
from pulih.cases.models import Case, CounterEvent, CounterService, ServiceOffer
from pulih.cases.stages import Stage
from pulih.config.demo.cast import PASSWORD
from pulih.config.demo.counter_texts import ANSWERS, CHILD_AT_SCHOOL, RETURNED, Told
from pulih.config.demo.writing import CaseWriter, Frame
from pulih.desk.models import Ticket
from pulih.people.actions.registration import register_person
from pulih.people.drafts import PersonDraft
from pulih.people.models import Person

ENDED_EACH = 6
YEAR = 300
OLD = 60
OPENS = dt.time(8, 0)
TICKETS = (("A", 9), ("J", 8), ("R", 4), ("L", 3), ("B", 2))
WAITING, MISSED = 8, 1
SEALED = ((CHILD_AT_SCHOOL, "peksos.anak", 12), (RETURNED, "peksos", 24))
SEALED_EACH = 5
UNIT_HEADS = {"disabilitas": ("kasi.disabilitas", "Lintang Maheswari")}


def fill_the_counter(
    office: Office,
    users: dict[str, User],
    cases: Sequence[Case],
    *,
    today: dt.date,
    draw: random.Random,
) -> None:
    """Add ended and running counter services of every kind, today's queue, and sealed ends."""
    _unit_heads(office, since=today - dt.timedelta(days=YEAR))
    people = _people(office, today, draw)
    offers = list(
        ServiceOffer.objects.filter(section__office=office)
        .select_related("section", "unit")
        .order_by("section__kind", "position")
    )
    counter = [offer for offer in offers if offer.kind == ServiceOffer.Kind.COUNTER]
    served = _Writer(office, users, today, draw)
    for offer in counter:
        for _number in range(ENDED_EACH):
            served.ended(offer, people)
    for position, offer in enumerate(counter):
        served.running(offer, people, late=position % 4 == 0, waits=position % 3 == 0)
    todays = [served.today(offer, people) for offer in counter[:9]]
    for case in [case for case in cases if case.stage in (Stage.ASSESSMENT, Stage.INTERVENTION)]:
        if not served.raised(case, counter):
            break
    served.write()
    _letters(todays, by=users["loket"])
    _queue(office, users, todays, today=today)
    _sealed_ends(office, users, today=today, draw=draw)


def _letters(services: Sequence[CounterService], *, by: User) -> None:
    """Each of this morning's services that ends with a letter went home with it."""
    for service in services:
        if service.offer.letters:
            issue_letters(service=service, templates=service.offer.letters[:1], by=by)


def _unit_heads(office: Office, *, since: dt.date) -> None:
    """One unit of rehabilitation has a head, who approves within it; the others have none yet."""
    units = Unit.objects.filter(section__office=office, code__in=UNIT_HEADS)
    for unit in units.select_related("section"):
        username, full_name = UNIT_HEADS[unit.code]
        user = User.objects.create_user(
            username,
            PASSWORD,
            office=office,
            full_name=full_name,
            position=f"Kepala {unit.name}",
            unit=unit,
            is_demo=True,
        )
        RoleGrant.objects.create(
            user=user, role=Role.SECTION_HEAD, section=unit.section, unit=unit, valid_from=since
        )


def _people(office: Office, today: dt.date, draw: random.Random) -> dict[str, list[Any]]:
    rows = Person.objects.unscoped(reason="the demonstration chooses who comes to the counter")
    rows = rows.filter(office=office, compartment=None, status=Person.Status.IDENTIFIED)
    known = list(rows.order_by("number").values_list("pk", "born_around")[:900])
    draw.shuffle(known)
    adult = today.replace(year=today.year - 18, day=1)
    old = today.replace(year=today.year - OLD, day=1)
    return {
        "adult": [key for key, born in known if born and old < born <= adult],
        "old": [key for key, born in known if born and born <= old],
    }


class _Writer:
    """Collects counter services and their histories, and writes them at once."""

    def __init__(
        self, office: Office, users: dict[str, User], today: dt.date, draw: random.Random
    ) -> None:
        self.office, self.users, self.day, self.draw = office, users, today, draw
        self.rows: list[CounterService] = []
        self.events: list[CounterEvent] = []
        self.taken: set[tuple[Any, Any]] = set()
        self.raises = 3

    def ended(self, offer: ServiceOffer, people: dict[str, list[Any]]) -> None:
        """One that was finished some time in the last year."""
        begun = self.day - dt.timedelta(days=self.draw.randint(offer.promised_days + 4, YEAR))
        took = self.draw.randint(0, offer.promised_days) if offer.promised_days else 0
        row = self._row(offer, self._who(offer, people), begun)
        self._end(row, CounterService.State.DONE, begun + dt.timedelta(days=took))

    def running(
        self, offer: ServiceOffer, people: dict[str, list[Any]], *, late: bool, waits: bool
    ) -> None:
        """One that still runs: in time or late, complete or waiting for a paper."""
        days = offer.promised_days
        ago = days + 2 if late else min(1, days)
        row = self._row(offer, self._who(offer, people), self.day - dt.timedelta(days=ago))
        needed = [paper for paper in row.requirements if paper["needed"]]
        if waits and needed:
            needed[-1]["brought"] = False
            row.state = CounterService.State.WAITING

    def today(self, offer: ServiceOffer, people: dict[str, list[Any]]) -> CounterService:
        """One that was served this morning."""
        row = self._row(offer, self._who(offer, people), self.day)
        self._end(row, CounterService.State.DONE, self.day)
        return row

    def raised(self, case: Case, offers: Sequence[ServiceOffer]) -> bool:
        """One that became a case; False when there are enough."""
        offer = next((offer for offer in offers if offer.ppks_kind == case.ppks_kind), None)
        if offer is None or case.compartment_id is not None:
            return True
        row = self._row(offer, case.person_id, case.opened_on)
        row.case = case
        self._end(row, CounterService.State.RAISED, case.opened_on, case.number)
        self.raises -= 1
        return self.raises > 0

    def write(self) -> None:
        """Number the services in the order of their days, then insert everything."""
        self.rows.sort(key=lambda row: row.started_at)
        by_year: defaultdict[int, list[CounterService]] = defaultdict(list)
        for row in self.rows:
            by_year[row.started_at.year].append(row)
        for year, rows in by_year.items():
            numbers = next_numbers(self.office, "LK", year, count=len(rows))
            for row, number in zip(rows, numbers, strict=True):
                row.number = number
        CounterService.objects.bulk_create(self.rows, batch_size=200)
        CounterEvent.objects.bulk_create(self.events, batch_size=200)
        for row in self.rows:
            if row.is_running:
                service_waits(row, row.started_by)

    def _who(self, offer: ServiceOffer, people: dict[str, list[Any]]) -> Any:
        pool = people["old" if offer.code == "lansia-terlantar" else "adult"]
        found = next(key for key in pool if (key, offer.pk) not in self.taken)
        self.taken.add((found, offer.pk))
        pool.append(pool.pop(pool.index(found)))
        return found

    def _row(self, offer: ServiceOffer, person: Any, begun: dt.date) -> CounterService:
        minutes = self.draw.randint(5, 330) if begun < self.day else self.draw.randint(2, 100)
        at = _moment(begun, minutes)
        told: Told = ANSWERS.get(offer.code, {})
        row = CounterService(
            office=self.office,
            person_id=person,
            offer=offer,
            section=offer.section,
            unit=offer.unit,
            requirements=[{**paper, "brought": paper["needed"]} for paper in offer.requirements],
            answers=[
                {
                    "key": field["key"],
                    "label": field["label"],
                    "kind": field["kind"],
                    "value": self._answer(told, field),
                }
                for field in offer.fields
            ],
            started_at=at,
            started_by=self.users["loket"],
            due_on=begun + dt.timedelta(days=offer.promised_days),
        )
        self.rows.append(row)
        self._event(row, CounterEvent.Kind.STARTED, at)
        return row

    def _answer(self, told: Told, field: dict[str, Any]) -> str:
        if field["kind"] == "choice":
            return str(self.draw.choice(field["choices"]))
        if field["kind"] == "day":
            return (self.day - dt.timedelta(days=self.draw.randint(2, 40))).isoformat()
        if field["kind"] == "number":
            low, high = told.get(field["key"], (1, 5))
            return str(self.draw.randint(int(low), int(high)))
        return str(self.draw.choice(told.get(field["key"], ("Sudah dijelaskan",))))

    def _end(self, row: CounterService, state: str, on: dt.date, detail: str = "") -> None:
        at = max(row.started_at, _moment(on, 0)) + dt.timedelta(minutes=9)
        row.state, row.ended_at, row.ended_by = state, at, self.users["loket"]
        kind = CounterEvent.Kind.DONE
        if state == CounterService.State.RAISED:
            kind = CounterEvent.Kind.RAISED
        self._event(row, kind, at, detail)

    def _event(self, row: CounterService, kind: str, at: dt.datetime, detail: str = "") -> None:
        self.events.append(
            CounterEvent(service=row, kind=kind, at=at, by=self.users["loket"], detail=detail)
        )


def _moment(day: dt.date, minutes: int) -> dt.datetime:
    opened = timezone.make_aware(dt.datetime.combine(day, OPENS))
    return opened + dt.timedelta(minutes=minutes)


def _queue(
    office: Office, users: dict[str, User], served: Sequence[CounterService], *, today: dt.date
) -> None:
    """The numbers of the day: served, at the counter, not come, and waiting."""
    rows: list[Ticket] = []
    for letter, count in TICKETS:
        series = f"T{letter}{today:%m%d}"
        for given in next_numbers(office, series, today.year, count=count):
            number = int(given.rpartition("-")[2])
            rows.append(Ticket(office=office, day_on=today, letter=letter, number=number))
    rows.sort(key=lambda ticket: (ticket.number, ticket.letter))
    done = len(rows) - WAITING - MISSED - 1
    services = list(served)
    for position, ticket in enumerate(rows):
        ticket.taken_at = _moment(today, position * 4)
        if position > done + MISSED:
            continue
        ticket.called_at = _moment(today, position * 6 + 2)
        ticket.called_by, ticket.place = users["peksos.jaminan"], "2"
        ticket.state = Ticket.State.CALLED
        if position != done + MISSED:
            ticket.done_at = _moment(today, position * 6 + 7)
            missed = position == done
            ticket.state = Ticket.State.MISSED if missed else Ticket.State.SERVED
            ticket.service = services.pop() if services and not missed else None
    Ticket.objects.bulk_create(rows)


def _sealed_ends(
    office: Office, users: dict[str, User], *, today: dt.date, draw: random.Random
) -> None:
    """Ended matters that never came over the counter: only the named people see them."""
    writer = CaseWriter(office, users, today, draw)
    for story, worker, age in SEALED:
        for number in range(SEALED_EACH):
            opened = today - dt.timedelta(days=260 + 17 * number + draw.randint(0, 9))
            room = Compartment.objects.create(office=office)
            CompartmentMember.objects.bulk_create(
                CompartmentMember(
                    compartment=room,
                    user=users[name],
                    valid_from=opened,
                    purpose="Menangani perkara",
                    named_by=users["kabid"],
                )
                for name in (worker, "kabid")
            )
            draft = PersonDraft(
                full_name=draw.choice(("Kenanga", "Seruni", "Cempaka", "Dahlia", "Flamboyan")),
                sex="P",
                birth=BirthDate.year(today.year - age - draw.randint(0, 4)),
            )
            person = register_person(draft=draft, compartment=room, by=users[worker])
            frame = Frame(
                number=sealed_number(),
                stage=Stage.FOLLOW_UP,
                opened=opened,
                compartment=room,
            )
            writer.add(person.pk, story.kinds[0], story, frame)
    writer.write()
