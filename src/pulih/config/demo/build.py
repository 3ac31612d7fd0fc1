"""Builds the whole demonstration around one day; the same day gives the same story."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from django.db import transaction

from pulih.access.actions.installing import create_office
from pulih.cases.actions.catalogue import install_catalogue
from pulih.config.demo.cases import build_cases
from pulih.config.demo.casework import fill_casework
from pulih.config.demo.cast import create_cast
from pulih.config.demo.counter import fill_the_counter
from pulih.config.demo.day import fill_the_day
from pulih.config.demo.founding import tell_founding_story
from pulih.config.demo.kinds import tell_three_cases
from pulih.config.demo.letters import set_up_letters
from pulih.config.demo.mail import fill_the_mail
from pulih.config.demo.people import invent_people, invent_twins, invent_unknown

SINCE = dt.date(2021, 1, 4)


@transaction.atomic
def build_demo(*, today: dt.date, say: Callable[[str], None]) -> None:
    """Create the office, its people and their cases.

    Args:
        today: the day around which everything but the founding story is placed.
        say: told about each part as it is made.
    """
    draw = random.Random(today.toordinal())  # noqa: S311 - a story, not a secret
    office = create_office(
        name="Dinas Sosial Kabupaten Ngawi", region_code="35.21", is_demo=True, by=None
    )
    install_catalogue(office=office, by=None)
    users = create_cast(office, since=SINCE)
    set_up_letters(office, users, since=SINCE)
    say("· kantor dan pengguna / office and users")
    people = invent_people(by=users["data"], today=today, draw=draw)
    invent_twins(people, by=users["data"], draw=draw)
    invent_unknown(by=users["loket"], today=today)
    say("· orang / people")
    tell_founding_story(office, users, today=today, draw=draw)
    cases = build_cases(office, users, today=today, draw=draw)
    tell_three_cases(cases, today=today)
    say("· kasus / cases")
    fill_the_counter(office, users, cases, today=today, draw=draw)
    say("· loket / counter")
    fill_the_day(users, cases, today=today, draw=draw)
    fill_casework(users, cases, today=today, draw=draw)
    fill_the_mail(office, users, today=today)
    say("· hari ini / today")
