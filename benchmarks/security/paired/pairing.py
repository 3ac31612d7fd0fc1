"""Makes a pair of worlds from a seed and asks both."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path

import time_machine
from security.paired.answers import Heard, Question, ask_all
from security.paired.asking import READERS, questions
from security.paired.chance import CHANCE
from security.paired.ground import World, finish_background_work, people_it
from security.paired.sealing import Sealer

FIRST_DAY = dt.date(2026, 11, 2)


@dataclass(frozen=True, slots=True)
class Pair:
    """The two worlds, and what they are asked at which moment."""

    without: World
    with_sealed: World
    asked: list[Question]
    at: dt.datetime


def make_pair(empty: World, folder: Path, *, seed: int, each: int) -> Pair:
    """Build the ground, copy it, and put sealed cases on one of the copies.

    In every other seed a sealed case is destroyed; the head of office, who decides that, then
    knows of it and asks nothing.
    """
    draw = random.Random(seed)
    day = FIRST_DAY + dt.timedelta(days=seed % 5)
    moment = dt.datetime.combine(day, dt.time(3, 30), tzinfo=dt.UTC)
    destroyed = seed % 2 == 0
    readers = [name for name in READERS if not (destroyed and name == "kadis")]
    with time_machine.travel(moment, tick=False):
        ground = empty.copy(folder / "ground")
        ground.enter()
        CHANCE.begin(f"{seed}:ground")
        people_it(day)
        finish_background_work()
        worlds = [ground.copy(folder / name) for name in ("without", "with")]
        worlds[1].enter()
        CHANCE.begin(f"{seed}:sealed")
        sealed = _seal(draw, day, destroyed=destroyed)
        ground.enter()
        asked = questions(sealed, draw, readers=readers, each=each)
    return Pair(worlds[0], worlds[1], asked, moment + dt.timedelta(minutes=5))


def _seal(draw: random.Random, day: dt.date, *, destroyed: bool):
    from pulih.access.models import User
    from pulih.people.models import Person

    users = {user.username: user for user in User.objects.all()}
    rows = Person.objects.visible_to(users["peksos"]).filter(status="identified")
    people = list(rows.order_by("number")[:30:15])
    sealer = Sealer(draw, users, day, with_destruction=destroyed)
    found = sealer.seal(cases=draw.randint(4, 7), open_people=people)
    finish_background_work()
    return found


def ask_both(pair: Pair, *, only: str = "") -> tuple[Heard, Heard]:
    """The answers of both worlds; each question is put to a world that heard those before it.

    Args:
        only: the one address that is asked, for trying whether a leak is found.
    """
    asked = [row for row in pair.asked if not only or row.address == only]
    heard = []
    for world in (pair.without, pair.with_sealed):
        with time_machine.travel(pair.at, tick=False):
            world.enter()
            heard.append(ask_all(asked, seed="asked", work=finish_background_work))
    return heard[0], heard[1]
