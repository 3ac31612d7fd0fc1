"""R-ACC-160, R-ACC-161: a sealed record does not exist for who may not know, byte for byte."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import transaction
from security.paired.answers import Question, ask_all, differences, slower
from security.paired.asking import questions
from security.paired.sealing import Sealed, Sealer

from pulih.access.models import User
from pulih.cases.actions.catalogue import install_catalogue
from pulih.cases.actions.opening import open_case
from pulih.cases.intake_facts import NewCase
from pulih.config.demo.cast import create_cast
from pulih.config.demo.letters import set_up_letters
from pulih.people.actions.registration import register_person
from pulih.people.drafts import PersonDraft
from pulih.people.models import Person
from pulih.people.queries import similar

DAY = dt.date(2026, 11, 24)
SINCE = dt.date(2021, 1, 4)
READERS = ("loket", "peksos.disabilitas", "kabid.perlindungan", "kadis", "data", "auditor")
PAGES = (
    "/",
    "/orang/",
    "/kasus/",
    "/kasus/laporan/?status=semua",
    "/kasus/kelompok/",
    "/kasus/rujukan/masuk/",
    "/surat/",
    "/tugas/",
    "/ekspor/kasus/",
    "/loket/",
)


@pytest.fixture
def ground(still, office):
    """An office with its whole cast, some people and open cases."""
    install_catalogue(office=office, by=None)
    users = create_cast(office, since=SINCE)
    set_up_letters(office, users, since=SINCE)
    for name in ("Slamet Riyanto", "Sutini", "Wagiman"):
        person = register_person(draft=PersonDraft(full_name=name), by=users["loket"])
        section = users["kabid"].current_grants[0].section
        facts = NewCase(section, "Tanpa rumah.", ppks_kind=11, lead=users["peksos"])
        open_case(facts=facts, person=person, by=users["peksos"])
    return users


@pytest.fixture
def seal(ground):
    """Makes two sealed cases, one of them about a person whom everybody finds."""

    def make() -> Sealed:
        known = list(Person.objects.visible_to(ground["peksos"]).order_by("number")[:1])
        users = {user.username: user for user in User.objects.all()}
        sealer = Sealer(random.Random(5), users, DAY, with_destruction=False)
        return sealer.seal(cases=2, open_people=known)

    return make


def answers(asked):
    """What is answered now; nothing of it stays."""
    similar._vocabularies.clear()
    with transaction.atomic():
        heard = ask_all(asked, seed="asked")
        transaction.set_rollback(True)
    return heard


def sealed_ahead(seal):
    """What the sealed records will be, without their staying."""
    with transaction.atomic():
        found = seal()
        transaction.set_rollback(True)
    return found


def test_every_answer_is_the_same_with_and_without_sealed_cases(ground, seal):
    draw = random.Random(7)
    asked = questions(sealed_ahead(seal), draw, readers=READERS, each=6)
    asked += [Question(reader, page) for reader in READERS for page in PAGES]

    without = answers(asked)
    seal()
    with_sealed = answers(asked)

    assert len(asked) > 100
    assert differences(without, with_sealed) == []
    assert slower(without, with_sealed) == []


def test_a_reader_who_is_named_sees_the_difference(ground, seal):
    asked = [Question("kabid", page) for page in PAGES]

    without = answers(asked)
    seal()

    assert differences(without, answers(asked))
