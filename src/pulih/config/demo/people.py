"""About two thousand invented people of Ngawi, and a few whom nobody could name."""

from __future__ import annotations

import datetime as dt
import random
import uuid

from jejak.birth import BirthDate
from pulih.access.models import User
from pulih.config.demo.names import invent_name, invent_nik
from pulih.people.actions.judging import propose_pairs
from pulih.people.actions.registration import register_people, register_person
from pulih.people.drafts import (
    AddressDraft,
    ContactDraft,
    FactDraft,
    KinDraft,
    NameDraft,
    NumberDraft,
    PersonDraft,
    SignDraft,
    StatusDraft,
)
from pulih.people.models import DuplicatePair, Kinship, Mark, Person, PersonFact, Region
from pulih.people.pairs import Proposal

COUNT = 1990
# Kind, weight, youngest and oldest age in years.
KINDS: tuple[tuple[int, int, int, int], ...] = (
    (2, 10, 6, 17),
    (5, 7, 2, 17),
    (8, 26, 60, 92),
    (9, 20, 18, 70),
    (11, 6, 20, 65),
    (12, 6, 18, 70),
    (13, 3, 20, 60),
    (15, 3, 20, 55),
    (20, 3, 20, 50),
    (21, 4, 3, 80),
    (23, 8, 25, 59),
    (24, 24, 20, 85),
)
HAMLETS = ("Krajan", "Sumberejo", "Ngrambe Lor", "Jatirejo", "Bulak", "Kedungrejo", "Sidomulyo")
DISABILITIES = ("physical", "intellectual", "mental", "blind", "deaf")
UNKNOWN: tuple[tuple[str, str, int, int, str, str, str], ...] = (
    ("Laki-laki, diam, menyebut “Walikukun”", "L", 45, 60, "35.21.12",
     "Emperan pasar, memakai sarung hijau", "Bekas luka bakar di lengan kiri"),
    ("Perempuan, berbahasa Madura", "P", 30, 40, "35.21.09",
     "Terminal Kertonegoro", "Tahi lalat di dagu"),
    ("Laki-laki, menyebut “Mbah Jo”", "L", 65, 80, "35.21.13",
     "Rest area jalan tol", "Jari telunjuk kanan hilang separuh"),
    ("Perempuan, tertawa sendiri", "P", 20, 30, "35.21.10",
     "Stasiun Paron", "Tato bunga di pergelangan"),
    ("Laki-laki, tidak bicara", "L", 25, 35, "35.21.07",
     "Pinggir jalan raya Karangjati", "Bekas jahitan di pelipis"),
    ("Perempuan, mengaku dari “Kediri”", "P", 50, 60, "35.21.05",
     "Balai desa", "Kaki kiri lebih pendek"),
)  # fmt: skip


def invent_people(*, by: User, today: dt.date, draw: random.Random) -> list[uuid.UUID]:
    """Register invented people through the ordinary action of imports.

    Returns:
        The keys of everybody with a name, in the order they were made.
    """
    villages = list(
        Region.objects.filter(level=Region.Level.VILLAGE, code__startswith="35.21.").order_by(
            "code"
        )
    )
    drafts = [invent_person(draw, villages, today) for _ in range(COUNT)]
    return register_people(drafts=drafts, batch_id=uuid.UUID(int=draw.getrandbits(128)), by=by)


def invent_twins(keys: list[uuid.UUID], *, by: User, draw: random.Random) -> int:
    """Register a few people a second time, as another desk would type them.

    Returns:
        How many pairs now wait to be judged.
    """
    pairs = []
    rows = Person.objects.visible_to(by).filter(pk__in=keys).order_by("number")
    for person in rows.filter(birth_precision="exact").exclude(sex="")[:400:50]:
        draft = PersonDraft(
            full_name=_typed_again(person.full_name, draw),
            sex=person.sex,
            birth=person.birth,
            addresses=(AddressDraft(region_code=person.home_code),),
        )
        twin = register_person(draft=draft, by=by)
        pairs.append(Proposal(person.pk, twin.pk, 0.9))
    return propose_pairs(pairs=pairs, source=DuplicatePair.Source.REGISTRATION, by=by)


def _typed_again(name: str, draw: random.Random) -> str:
    """A name as somebody else spells it: the old spelling, a doubled letter, a vowel."""
    old, new = draw.choice((("u", "oe"), ("j", "dj"), ("y", "j"), ("o", "a"), ("i", "ie")))
    return name.replace(old, new, 1) if old in name else name[:-1] + name[-1] * 2


def invent_unknown(*, by: User, today: dt.date) -> list[Person]:
    """Register people who were brought in and could not say who they are."""
    made = []
    for number, (said, sex, youngest, oldest, district, place, mark) in enumerate(UNKNOWN):
        found_on = today - dt.timedelta(days=5 + 23 * number)
        draft = PersonDraft(
            sex=sex,
            birth=BirthDate.estimated(youngest, oldest, on=found_on),
            status=Person.Status.UNIDENTIFIED,
            found_region=district,
            found_text=place,
            found_on=found_on,
            language=said,
            marks=(SignDraft(mark, Mark.Kind.SCAR),),
            belongings=(SignDraft("Tas kain berisi baju ganti", "bag"),),
            statuses=(StatusDraft(11, found_on),),
        )
        made.append(register_person(draft=draft, by=by))
    return made


def invent_person(draw: random.Random, villages: list[Region], today: dt.date) -> PersonDraft:
    """What an office knows of one invented person."""
    kind, _, youngest, oldest = draw.choices(KINDS, [row[1] for row in KINDS])[0]
    sex = "P" if kind == 23 else draw.choice("LP")
    age_days = draw.randint(youngest * 366, oldest * 365 + 180)
    born = today - dt.timedelta(days=age_days)
    name = invent_name(sex, born.year, draw)
    village = draw.choice(villages)
    since = today - dt.timedelta(days=draw.randint(20, 730))
    numbers = []
    if draw.random() < 0.9:
        nik = invent_nik(village.code[:8], sex, (born.year, born.month, born.day), draw)
        numbers.append(NumberDraft(nik))
    statuses = [StatusDraft(kind, since, disability=_disability(kind, draw))]
    if kind in {8, 9, 12} and draw.random() < 0.2:
        statuses.append(StatusDraft(24, since))
    return PersonDraft(
        full_name=name,
        sex=sex,
        birth=_birth(born, draw),
        birth_place="Ngawi"
        if draw.random() < 0.85
        else draw.choice(("Madiun", "Magetan", "Sragen")),
        names=_called(name, draw),
        numbers=tuple(numbers),
        addresses=(
            AddressDraft(
                region_code=village.code,
                hamlet=draw.choice(HAMLETS),
                rt=f"{draw.randint(1, 9):03d}",
                rw=f"{draw.randint(1, 5):03d}",
            ),
        ),
        contacts=_contacts(draw),
        kin=_kin(draw, born.year),
        statuses=tuple(statuses),
        facts=_facts(draw, since),
    )


def _birth(born: dt.date, draw: random.Random) -> BirthDate:
    if born.year < 1960 and draw.random() < 0.25:
        return BirthDate.year(born.year)
    return BirthDate.exact(born)


def _disability(kind: int, draw: random.Random) -> str:
    return draw.choice(DISABILITIES) if kind in {5, 9} else ""


def _called(name: str, draw: random.Random) -> tuple[NameDraft, ...]:
    first = name.split()[0]
    if len(first) < 6 or draw.random() > 0.25:
        return ()
    return (NameDraft(first[-4:].capitalize()),)


def _contacts(draw: random.Random) -> tuple[ContactDraft, ...]:
    if draw.random() < 0.5:
        return ()
    return (ContactDraft(f"0812{draw.randint(10**7, 10**8 - 1)}"),)


def _kin(draw: random.Random, year: int) -> tuple[KinDraft, ...]:
    if draw.random() < 0.4:
        return ()
    mother = invent_name("P", year - 25, draw)
    return (KinDraft(mother, Kinship.Relation.MOTHER, is_guardian=draw.random() < 0.3),)


def _facts(draw: random.Random, since: dt.date) -> tuple[FactDraft, ...]:
    facts = []
    if draw.random() < 0.7:
        facts.append(
            FactDraft(PersonFact.Kind.INSURANCE, "pbi-jk", "PBI-JK", fact_on=since)
            if draw.random() < 0.8
            else FactDraft(PersonFact.Kind.INSURANCE, "", "belum punya", fact_on=since)
        )
    if draw.random() < 0.8:
        decile = str(draw.choices((1, 2, 3, 4, 5), (30, 25, 20, 15, 10))[0])
        facts.append(FactDraft(PersonFact.Kind.DECILE, decile, period="2026-3", fact_on=since))
    if draw.random() < 0.3:
        facts.append(
            FactDraft(PersonFact.Kind.AID, detail="Paket sembako", fact_on=since, source="Desa")
        )
    return tuple(facts)
