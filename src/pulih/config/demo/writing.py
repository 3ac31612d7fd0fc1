"""Writes invented cases with everything that their stage asks for, table by table."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from pulih.access.models import Compartment, Office, Section, Unit, User
from pulih.cases.models import (
    Assessment,
    Basis,
    Case,
    CaseEvent,
    Closure,
    FollowUp,
    Goal,
    GoalRating,
    Measurement,
    Plan,
    PlannedService,
    ServiceRecord,
    TeamMember,
)
from pulih.cases.stages import ENDED, Stage
from pulih.config.demo.details import fill_in
from pulih.config.demo.texts import Story

DAYS_IN_STAGE = {1: 6, 2: 9, 3: 8, 4: 70, 5: 25, 6: 20, 7: 60}
ORDER: tuple[type[models.Model], ...] = (
    Case,
    TeamMember,
    Basis,
    Assessment,
    Measurement,
    Plan,
    Goal,
    GoalRating,
    PlannedService,
    ServiceRecord,
    Closure,
    FollowUp,
    CaseEvent,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a case stands: its stage and its calendar.

    Attributes:
        days: the day each stage began; None lets chance choose.
        compartment: for a sealed case.
    """

    number: str
    stage: Stage
    opened: dt.date
    days: dict[int, dt.date] | None = None
    compartment: Compartment | None = None
    kind_of_basis: Basis.Kind = Basis.Kind.CLIENT
    given_by: str = "Klien sendiri"


@dataclass
class CaseWriter:
    """Collects the rows of many cases and writes them table by table."""

    office: Office
    users: dict[str, User]
    today: dt.date
    draw: random.Random
    rows: defaultdict[type[models.Model], list[Any]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        self._plans: list[Plan] = []
        self._sections = {section.kind: section for section in self.office.sections.all()}
        self._units = {unit.code: unit for unit in Unit.objects.filter(section__office=self.office)}
        self._workers: dict[tuple[str, str], User] = {
            (Section.Kind.REHABILITATION, "anak-lansia"): self.users["peksos.anak"],
            (Section.Kind.REHABILITATION, "disabilitas"): self.users["peksos.disabilitas"],
            (Section.Kind.REHABILITATION, "tuna-sosial"): self.users["peksos"],
            (Section.Kind.SECURITY, ""): self.users["peksos.jaminan"],
            (Section.Kind.EMPOWERMENT, ""): self.users["peksos.pemberdayaan"],
            (Section.Kind.PROTECTION, ""): self.users["peksos.perlindungan"],
        }
        self._heads: dict[str, User] = {
            Section.Kind.REHABILITATION: self.users["kabid"],
            Section.Kind.SECURITY: self.users["kabid.jaminan"],
            Section.Kind.EMPOWERMENT: self.users["kabid.pemberdayaan"],
            Section.Kind.PROTECTION: self.users["kabid.perlindungan"],
        }

    def add(self, person_id: UUID, kind: int, story: Story, frame: Frame) -> Case:
        """Take in one case at a stage, with everything that came before it."""
        worker, head = self._workers[story.section, story.unit], self._heads[story.section]
        stage, opened = frame.stage, frame.opened
        days = frame.days or self._calendar(opened, stage)
        case = Case(
            office=self.office,
            compartment=frame.compartment,
            number=frame.number,
            section=self._sections[story.section],
            unit=self._units.get(story.unit),
            person_id=person_id,
            ppks_kind=kind,
            problem=story.problem,
            stage=stage,
            stage_since=days[stage],
            opened_on=opened,
            opened_by=worker,
            ended_on=days[Stage.TERMINATION] if stage in ENDED else None,
        )
        self.rows[Case].append(case)
        self.rows[TeamMember].append(
            TeamMember(case=case, user=worker, is_lead=True, joined_on=opened)
        )
        self._tell(case, "opened", opened, worker)
        self._approach(case, frame, worker)
        if stage >= Stage.PLANNING:
            self._assess(case, story, days, worker)
        if stage > Stage.PLANNING:
            goals = self._plan(case, story, days, worker, head)
            self._serve(case, story, stage, days, worker)
            if stage in ENDED:
                self._end(case, story, stage, days, worker, goals)
        for before in range(1, stage):
            self._tell(
                case, "moved", days[before + 1], worker, start=before, end=before + 1, reason=""
            )
        return case

    def write(self) -> None:
        """Insert everything that was taken in."""
        for model in ORDER:
            manager: Any = model._default_manager
            manager.bulk_create(self.rows.pop(model, []), batch_size=200)
        wrote = Plan.writers.through
        wrote.objects.bulk_create(
            wrote(plan_id=plan.pk, user_id=plan.author_id) for plan in self._plans
        )
        self._plans.clear()

    def _calendar(self, opened: dt.date, stage: Stage) -> dict[int, dt.date]:
        days = {1: opened}
        for number in range(2, stage + 1):
            step = max(1, round(DAYS_IN_STAGE[number - 1] * self.draw.uniform(0.5, 1.4)))
            days[number] = min(days[number - 1] + dt.timedelta(days=step), self.today)
        return days

    def _approach(self, case: Case, frame: Frame, by: User) -> None:
        if frame.stage == Stage.APPROACH and self.draw.random() < 0.6:
            return
        self.rows[Basis].append(
            Basis(
                case=case,
                kind=frame.kind_of_basis,
                given_on=frame.opened,
                given_by=frame.given_by,
                recorded_by=by,
            )
        )
        self._tell(case, "basis_recorded", frame.opened, by, basis=frame.kind_of_basis.value)

    def _assess(self, case: Case, story: Story, days: dict[int, dt.date], by: User) -> None:
        on = days[Stage.PLANNING]
        self.rows[Assessment].append(
            Assessment(
                case=case,
                assessed_on=on,
                biological="Keadaan umum cukup, tidak ada keluhan berat.",
                psychological="Kooperatif, kadang tampak cemas.",
                social=story.social,
                spiritual="Menjalankan ibadah menurut kemampuan.",
                strengths="Mau bekerja sama dan dikenal baik oleh tetangga.",
                problems=story.problems,
                by=by,
            )
        )
        self._tell(case, "assessed", on, by, version=1)
        self._measure(case, on, by, self.draw.randint(0, 2))

    def _measure(self, case: Case, on: dt.date, by: User, floor: int) -> None:
        answers = {
            name: min(4, floor + self.draw.randint(0, 2))
            for name in ("physical", "mental", "social", "skills")
        }
        domains = {name: level / 4 * 100 for name, level in answers.items()}
        total = round(sum(domains.values()) / 4, 1)
        self.rows[Measurement].append(
            Measurement(
                case=case,
                instrument="skala-keberfungsian",
                version="1",
                measured_on=on,
                mode=Measurement.Mode.OBSERVER,
                answers=answers,
                scores={"domains": domains, "total": total},
                by=by,
            )
        )
        self._tell(case, "measured", on, by, score=total)

    def _plan(
        self, case: Case, story: Story, days: dict[int, dt.date], by: User, head: User
    ) -> list[Goal]:
        on = days[Stage.INTERVENTION]
        plan = Plan(
            case=case,
            version=1,
            state=Plan.State.APPROVED,
            summary=story.problem,
            author=by,
            created_on=days[Stage.PLANNING],
            agreed_by=Plan.AgreedBy.CLIENT,
            agreed_name="Klien",
            agreed_on=on,
            submitted_at=_moment(on),
            decided_by=head,
            decided_at=_moment(on),
        )
        self.rows[Plan].append(plan)
        self._plans.append(plan)
        goals = []
        for position, (area, text, anchors) in enumerate(story.goals, start=1):
            goal = Goal(
                plan=plan,
                position=position,
                area=area,
                text=text,
                anchors=list(anchors),
                due_on=on + dt.timedelta(days=90),
            )
            goals.append(goal)
        self.rows[Goal] += goals
        self.rows[PlannedService] += [
            PlannedService(
                plan=plan,
                goal=goals[0],
                kind=kind,
                text=text,
                frequency="Sesuai kebutuhan",
                planned_from=on,
                responsible=by,
                position=position,
            )
            for position, (kind, text) in enumerate(story.services, start=1)
        ]
        self._tell(case, "plan_agreed", on, by, version=1, agreed_by=Plan.AgreedBy.CLIENT.value)
        self._tell(case, "plan_approved", on, head, version=1, note="")
        return goals

    def _serve(
        self, case: Case, story: Story, stage: Stage, days: dict[int, dt.date], by: User
    ) -> None:
        start = days[Stage.INTERVENTION]
        end = days.get(Stage.RESOCIALISATION, self.today)
        span = max(1, (end - start).days)
        kinds = [kind for kind, _ in story.services]
        if stage >= Stage.TERMINATION:
            kinds.append("I")
        visits = self.draw.randint(1, 6) if stage > Stage.INTERVENTION else self.draw.randint(0, 5)
        for _ in range(max(visits, len(kinds) if stage > Stage.INTERVENTION else 0)):
            kind = kinds[len(self.rows[ServiceRecord]) % len(kinds)]
            on = start + dt.timedelta(days=self.draw.randint(0, span))
            self._give(case, kind, min(on, self.today), story.result, by)
        if stage >= Stage.TERMINATION:
            self._give(case, "I", days[Stage.TERMINATION], "Keluarga dan desa siap menerima.", by)

    def _give(self, case: Case, kind: str, on: dt.date, result: str, by: User) -> None:
        hours = self.draw.choice((1, 1, 2, 3))
        record = ServiceRecord(
            case=case,
            kind=kind,
            state=ServiceRecord.State.PROVIDED,
            provided_on=on,
            hours=hours,
            place=self.draw.choice(("Rumah klien", "Kantor", "Balai desa", "Rumah singgah")),
            provider=by,
            result=result,
            recorded_by=by,
        )
        self.rows[ServiceRecord].append(record)
        told = fill_in(record, self.draw)
        self._tell(case, "service_provided", on, by, service=kind, hours=hours, **told)

    def _end(
        self,
        case: Case,
        story: Story,
        stage: Stage,
        days: dict[int, dt.date],
        by: User,
        goals: Sequence[Goal],
    ) -> None:
        on = days[Stage.TERMINATION]
        for goal in goals:
            level = self.draw.choices((-1, 0, 1, 2), (2, 5, 4, 1))[0]
            self.rows[GoalRating].append(GoalRating(goal=goal, rated_on=on, level=level, by=by))
        self._measure(case, on, by, 2)
        outcome = self.draw.choice((Closure.Outcome.RESTORED, Closure.Outcome.IMPROVED))
        self.rows[Closure].append(
            Closure(
                case=case,
                reason=Closure.Reason.GOALS_MET,
                outcome=outcome,
                evidence=story.visit,
                closed_on=on,
                closed_by=by,
            )
        )
        self._tell(
            case, "closed", on, by, closing=Closure.Reason.GOALS_MET.value, outcome=outcome.value
        )
        if stage == Stage.FOLLOW_UP:
            self._follow(case, story, days[Stage.FOLLOW_UP], by)

    def _follow(self, case: Case, story: Story, on: dt.date, by: User) -> None:
        condition = self.draw.choices(
            (FollowUp.Condition.KEPT, FollowUp.Condition.BETTER, FollowUp.Condition.WORSE),
            (7, 2, 1),
        )[0]
        self.rows[FollowUp].append(
            FollowUp(
                case=case,
                visited_on=on,
                mode=FollowUp.Mode.VISIT,
                condition=condition,
                findings=story.visit,
                next_on=on + dt.timedelta(days=90),
                by=by,
            )
        )
        mode = FollowUp.Mode.VISIT.value
        self._tell(case, "followed_up", on, by, mode=mode, condition=condition.value)

    def _tell(self, case: Case, kind: str, on: dt.date, by: User, **detail: Any) -> None:
        self.rows[CaseEvent].append(
            CaseEvent(case=case, kind=kind, happened_on=on, by=by, detail=detail or "")
        )


def _moment(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10, 0)))
