"""Makes the rows of many new entries, with all that hangs on them, without the model layer."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db import connection, models

from pulih.access.models import Compartment, User
from pulih.common.crypto import encrypt
from pulih.people.birth_columns import birth_columns
from pulih.people.built import BuiltEntries, Card
from pulih.people.codes import KINDS
from pulih.people.drafts import AddressDraft, NumberDraft, PersonDraft, StatusDraft
from pulih.people.findings import stored
from pulih.people.models import (
    Address,
    Belonging,
    Contact,
    Identifier,
    Kinship,
    Mark,
    Person,
    PersonFact,
    PersonName,
    PpksStatus,
)
from pulih.people.rules import OPEN_KINDS
from pulih.people.storage import keys, numbers

Model = type[models.Model]

RANDOM_DIGITS = 15
KEYS_AT_ONCE = 512


class EntryBuilder:
    """Collects the rows of new entries; `built` hands them over to be inserted.

    Nothing is written, so that it may work in a process of its own. Keys are text in the form of
    the database, so that no row passes through the model layer.
    """

    def __init__(
        self,
        *,
        by: User,
        moment: dt.datetime,
        around: numbers.Surroundings,
        regions: frozenset[str],
        compartment: Compartment | None = None,
        batch_id: UUID | None = None,
    ) -> None:
        self._around, self._regions = around, regions
        self._sealed = compartment is not None
        self._user, self._office = self._key(by.pk), self._key(by.office_id)
        self._batch = self._key(batch_id) if batch_id else None
        self._room = self._key(compartment.pk) if compartment else None
        self._moment = connection.ops.adapt_datetimefield_value(moment)
        self._clock, self._made = int(moment.timestamp() * 1000), 0
        self._random = _random_digits()
        self._rows: dict[Model, list[tuple[Any, ...]]] = defaultdict(list)
        self._cards: dict[str, Card] = {}
        self._people: list[str] = []
        self._unit: UUID | None = None
        self._findings: list[list[dict[str, str]]] = []

    def add(self, draft: PersonDraft, *, temporary_code: str = "") -> None:
        """Take in one draft."""
        person = self._new_key()
        self._unit = UUID(hex=person) if self._sealed else None
        self._people.append(person)
        self._add_person(person, draft, temporary_code)
        said: list[dict[str, str]] = []
        for item in draft.numbers:
            said += self._add_number(person, draft, item)
        self._findings.append(said)
        for place in draft.addresses:
            self._add_address(person, place)
        for rank, status in enumerate(draft.statuses):
            self._add_status(person, status, is_primary=rank == 0)
        self._add_people_around(person, draft)
        self._add_facts(person, draft)
        self._add_signs(person, draft)

    def built(self) -> BuiltEntries:
        """Everything that was taken in."""
        rows = {model._meta.label: made for model, made in self._rows.items()}
        return BuiltEntries(self._people, rows, self._cards, self._findings)

    def _add_person(self, person: str, draft: PersonDraft, temporary_code: str) -> None:
        birth = birth_columns(draft.birth)
        name, plain = draft.full_name.strip(), not self._sealed
        self._rows[Person].append(
            (
                # The register number is given when the row is inserted.
                *(person, self._office, self._room, "", draft.status),
                name if plain else "",
                "" if plain else self._hide(Person, "full_name_sealed", person, name),
                (keys.sort_name(name) if name else temporary_code.casefold()) if plain else "",
                draft.sex,
                _day(birth["birth_date"]),
                *(birth["birth_precision"], birth["birth_year_from"], birth["birth_year_to"]),
                *(_day(birth["estimated_on"]), _day(birth["born_around"])),
                *(draft.birth_place, draft.religion, draft.nationality, None),
                *(self._home(draft), self._main_kind(draft), temporary_code),
                self._region(draft.found_region),
                self._hide(Person, "found_text", person, draft.found_text),
                *(_day(draft.found_on), draft.language, None, None, self._batch),
                *(self._search_keys(draft) if plain else "", False),
                *(self._user, self._moment, self._moment),
            )
        )
        for other in draft.names:
            key = self._new_key()
            self._rows[PersonName].append(
                (
                    *(key, person, other.kind, other.text if plain else ""),
                    "" if plain else self._hide(PersonName, "text_sealed", key, other.text),
                    *(other.source, _day(self._around.today)),
                )
            )

    def _add_number(
        self, person: str, draft: PersonDraft, item: NumberDraft
    ) -> list[dict[str, str]]:
        checked = numbers.check(
            item.kind,
            item.text,
            self._around,
            sex=draft.sex,
            birth=draft.birth,
            from_number=item.from_number,
        )
        # What cannot be such a number is kept as it was written, where nothing takes it for one.
        kind = item.kind if checked.is_usable else Identifier.Kind.OTHER
        index = numbers.index_of(kind, checked.value, sealed=self._sealed)
        said, key = stored(checked.findings), self._new_key()
        self._rows[Identifier].append(
            (
                *(key, person, kind, self._hide(Identifier, "value", key, checked.value)),
                *(index, self._sealed, json.dumps(said), item.note),
                *(self._moment, self._user),
            )
        )
        if kind == Identifier.Kind.KK:
            card = self._cards.setdefault(index, Card(self._new_key(), {}))
            card.members.setdefault(person, self._new_key())
        return said

    def _add_address(self, person: str, place: AddressDraft) -> None:
        key, region = self._new_key(), self._region(place.region_code)
        self._rows[Address].append(
            (
                *(key, person, place.kind, region, place.typed_place[:160]),
                *(self._hide(Address, "hamlet", key, place.hamlet), place.rt, place.rw),
                self._hide(Address, "street", key, place.street),
                *(True, None, self._moment),
            )
        )

    def _add_status(self, person: str, status: StatusDraft, *, is_primary: bool) -> None:
        key = self._new_key()
        self._rows[PpksStatus].append(
            (
                *(key, person, status.kind, KINDS.scheme, is_primary, status.subtype),
                *(status.disability, _day(status.status_on), None, status.source),
                self._hide(PpksStatus, "note", key, status.note),
                *(self._batch, self._user, self._moment),
            )
        )

    def _add_people_around(self, person: str, draft: PersonDraft) -> None:
        for way in draft.contacts:
            key = self._new_key()
            kind = "phone" if way.kind in {Contact.Kind.PHONE, Contact.Kind.WHATSAPP} else way.kind
            value = numbers.normal_form(kind, way.value)
            self._rows[Contact].append(
                (
                    *(key, person, way.kind, self._hide(Contact, "value", key, way.value)),
                    numbers.index_of(kind, value, sealed=self._sealed),
                    *(self._hide(Contact, "owner", key, way.owner), way.is_safe),
                )
            )
        for kin in draft.kin:
            key = self._new_key()
            self._rows[Kinship].append(
                (
                    *(key, person, kin.relation, None),
                    *(self._hide(Kinship, "other_name", key, kin.name), kin.is_guardian),
                    *(self._hide(Kinship, "note", key, kin.note), _day(self._around.today)),
                )
            )

    def _add_facts(self, person: str, draft: PersonDraft) -> None:
        for fact in draft.facts:
            key = self._new_key()
            self._rows[PersonFact].append(
                (
                    *(key, person, fact.kind, fact.code[:30]),
                    *(self._hide(PersonFact, "detail", key, fact.detail), fact.period[:20]),
                    *(_day(fact.fact_on), fact.source, self._batch, self._user, self._moment),
                )
            )

    def _add_signs(self, person: str, draft: PersonDraft) -> None:
        day = _day(self._around.today)
        for sign in draft.marks:
            key = self._new_key()
            text = self._hide(Mark, "text", key, sign.text)
            self._rows[Mark].append((key, person, sign.kind, sign.where, text, day))
        for sign in draft.belongings:
            key = self._new_key()
            text = self._hide(Belonging, "text", key, sign.text)
            self._rows[Belonging].append((key, person, sign.kind, text, sign.where, day))

    def _search_keys(self, draft: PersonDraft) -> str:
        names = (draft.full_name, *(name.text for name in draft.names))
        return keys.line_up(
            keys.keys_of(names, draft.birth, (self._home(draft), draft.found_region))
        )

    def _main_kind(self, draft: PersonDraft) -> int | None:
        """The kind by which lists show the person; one that is held closely shows nowhere."""
        kind = draft.statuses[0].kind if draft.statuses else None
        return kind if kind in OPEN_KINDS and not self._sealed else None

    def _home(self, draft: PersonDraft) -> str:
        """The code of the first address, as deep as known."""
        codes = (self._region(place.region_code) for place in draft.addresses)
        return next((code for code in codes if code), "")

    def _region(self, code: str) -> str | None:
        return code if code in self._regions else None

    def _hide(self, model: Model, column: str, key: str, text: str) -> str:
        """Encrypt for a place, as the encrypted field does; the empty text stays empty."""
        if not text:
            return ""
        row = f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
        place = f"{model._meta.db_table}|{column}|{row}"
        return encrypt(text, place=place, unit=self._unit)

    @staticmethod
    def _key(value: UUID) -> str:
        return value.hex

    def _new_key(self) -> str:
        """A key (UUID version 7) as 32 hex digits: random, and in the order of writing.

        Keys in order go to the end of each index; random ones would touch a page each.
        """
        self._made += 1
        start = self._made * RANDOM_DIGITS % len(self._random)
        if start == 0:
            self._random = _random_digits()
        time = self._clock + (self._made >> 12)
        return f"{time:012x}7{self._made & 0xFFF:03x}a{self._random[start : start + RANDOM_DIGITS]}"


def _random_digits() -> str:
    """Enough random hex digits for many keys; asking for each would cost more than it is worth."""
    return os.urandom(RANDOM_DIGITS * KEYS_AT_ONCE // 2).hex()


def _day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None
