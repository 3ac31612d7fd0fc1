"""The facts on the entry itself: which belong together, and whose stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from pulih.files.models import Attachment
from pulih.people.models import Person, Region


class Fate(StrEnum):
    """What becomes of a fact in a merge."""

    SAME = "same"  # both say the same, or neither says anything
    KEPT = "kept"  # only the kept entry says it
    FILLED = "filled"  # only the other says it: taken over
    CONFLICT = "conflict"  # both say something else: somebody chooses


KEPT, OTHER = "kept", "other"


@dataclass(frozen=True, slots=True)
class Group:
    """Columns of Person that are one fact.

    Attributes:
        text: the fact in words, empty when it is not known.
    """

    key: str
    label: str | Promise
    columns: tuple[str, ...]
    text: Callable[[Person], str]

    def fate(self, kept: Person, other: Person) -> Fate:
        """What becomes of the fact when the other entry is absorbed."""
        own, its = self.text(kept), self.text(other)
        if not its or own.casefold() == its.casefold():
            return Fate.KEPT if own and not its else Fate.SAME
        return Fate.CONFLICT if own else Fate.FILLED


def _day(date: dt.date | None) -> str:
    return date_format(date, "j F Y") if date else ""


def _status(person: Person) -> str:
    """Not being identified is no fact that could stand against one."""
    if person.status == Person.Status.UNIDENTIFIED:
        return ""
    died = f" ({_day(person.died_on)})" if person.died_on else ""
    return f"{person.get_status_display()}{died}"


def _birth(person: Person) -> str:
    if person.birth_date:
        return _day(person.birth_date)
    if person.birth_year_from is None:
        return ""
    years = sorted({person.birth_year_from, person.birth_year_to or person.birth_year_from})
    text = "–".join(map(str, years))
    return f"± {text}" if person.birth_precision == Person.BirthPrecision.ESTIMATED else text


def _found(person: Person) -> str:
    day = _day(person.found_on)
    parts = (person.temporary_code, _place(person.found_in_id), str(person.found_text), day)
    return ", ".join(part for part in parts if part)


def _place(code: str | None) -> str:
    region = Region.objects.select_related("parent").filter(pk=code).first() if code else None
    if region is None:
        return code or ""
    return f"{region.name}, {region.parent.name}" if region.parent else region.name


def _photo(person: Person) -> str:
    """The photo by its moment: there is no other word for it."""
    rows = Attachment.objects.unscoped(reason="the photo of a person who was read in scope")
    photo = rows.filter(pk=person.photo_id, removed_at=None).first() if person.photo_id else None
    return date_format(localtime(photo.uploaded_at), "j F Y H.i.s") if photo else ""


GROUPS: tuple[Group, ...] = (
    Group(
        "name",
        _("Name"),
        ("full_name", "full_name_sealed", "sort_name"),
        lambda person: person.own_name,
    ),
    Group("status", _("Status"), ("status", "died_on"), _status),
    Group("sex", _("Sex"), ("sex",), lambda person: str(person.get_sex_display())),
    Group(
        "birth",
        _("Born"),
        (
            *("birth_date", "birth_precision", "birth_year_from", "birth_year_to"),
            *("estimated_on", "born_around"),
        ),
        _birth,
    ),
    Group("birth_place", _("Place of birth"), ("birth_place",), lambda p: p.birth_place),
    Group("religion", _("Religion"), ("religion",), lambda p: str(p.get_religion_display())),
    Group("nationality", _("Nationality"), ("nationality",), lambda p: p.nationality),
    Group("language", _("Language"), ("language",), lambda p: p.language),
    Group("home", _("Home"), ("home_code",), lambda p: _place(p.home_code)),
    Group(
        "found",
        _("Found"),
        ("temporary_code", "found_in_id", "found_text", "found_on"),
        _found,
    ),
    Group("photo", _("Photo"), ("photo_id",), _photo),
)


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One fact on the preview.

    Attributes:
        choice: whose fact stays as things are now, "kept" or "other".
    """

    key: str
    label: str | Promise
    kept: str
    other: str
    fate: Fate
    choice: str

    @property
    def open(self) -> bool:
        """Does somebody have to choose?"""
        return self.fate is Fate.CONFLICT


def field_rows(kept: Person, other: Person, choices: Mapping[str, str]) -> list[FieldRow]:
    """Every fact that either entry has, with whose stays.

    Args:
        choices: for conflicts, key of the fact to "kept" or "other"; else the better known one.
    """
    rows = []
    for group in GROUPS:
        fate = group.fate(kept, other)
        texts = group.text(kept), group.text(other)
        if any(texts):
            choice = _choice(group, fate, choices, kept, other)
            rows.append(FieldRow(group.key, group.label, *texts, fate, choice))
    return rows


def _choice(
    group: Group, fate: Fate, choices: Mapping[str, str], kept: Person, other: Person
) -> str:
    if fate is Fate.FILLED:
        return OTHER
    if fate is not Fate.CONFLICT:
        return KEPT
    chosen = choices.get(group.key)
    if chosen in (KEPT, OTHER):
        return chosen
    return OTHER if group.key == "birth" and _better_known(other, kept) else KEPT


def _better_known(one: Person, other: Person) -> bool:
    """Is the birth of the first an exact date within what the second leaves open?"""
    exact, loose = one.birth, other.birth
    if exact is None or loose is None or not exact.is_exact or loose.is_exact:
        return False
    return loose.could_be(exact.earliest)
