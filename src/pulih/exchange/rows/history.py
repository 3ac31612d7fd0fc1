"""The dated part of a row: kinds of need, disability, insurance, decile, aid, services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.money import Amount
from pulih.people.codes import KINDS, KindMatch, find_disability, find_kind
from pulih.people.drafts import FactDraft, StatusDraft
from pulih.people.models import PersonFact

Remarks = list[tuple[Field, str, dict[str, Any]]]

INSURANCE_WORDS: tuple[tuple[str, str], ...] = (
    ("pbi daerah", "pbi-daerah"),
    ("pbid", "pbi-daerah"),
    ("pbi apbd", "pbi-daerah"),
    ("pbi", "pbi-jk"),
    ("kis", "pbi-jk"),
    ("mandiri", "mandiri"),
    ("jamkesda", "jamkesda"),
    ("bpjs", "bpjs"),
    ("jkn", "bpjs"),
)
PAID = (Field.AMOUNT, Field.FUND, Field.AID_PERIOD, Field.AID_DATE)
"""Columns of a list of recipients: what they say is of one aid together."""
REMARKS: tuple[tuple[Field, str], ...] = (
    (Field.CONDITION, PersonFact.Kind.CONDITION),
    (Field.STATUS, PersonFact.Kind.CONDITION),
    (Field.LAST_MEDICINE, PersonFact.Kind.CONDITION),
    (Field.CASE_KIND, PersonFact.Kind.NOTE),
    (Field.OCCUPATION, PersonFact.Kind.NOTE),
    (Field.FAMILY_ID, PersonFact.Kind.NOTE),
    (Field.FAMILY_RELATION, PersonFact.Kind.NOTE),
    (Field.FAMILY_SIZE, PersonFact.Kind.NOTE),
    (Field.INSTITUTION, PersonFact.Kind.NOTE),
    (Field.HANDLED_BY, PersonFact.Kind.NOTE),
    (Field.EMAIL, PersonFact.Kind.NOTE),
    (Field.NOTE, PersonFact.Kind.NOTE),
)


def statuses_of(
    cells: Mapping[Field, Any],
    settings: Mapping[str, Any],
    *,
    on: dt.date,
    age: int | None,
    remarks: Remarks,
) -> Iterator[StatusDraft]:
    """The kinds of a row, each from its date; what is no kind becomes a remark."""
    since = cells.get(Field.STATUS_DATE) or cells.get(Field.REPORT_DATE) or on
    source = str(settings.get("source") or "")
    disability = _disability(cells, remarks)
    seen: set[int] = set()
    for match in _kinds(cells, settings, remarks):
        kind = match.kind
        if kind.number in seen:
            continue
        seen.add(kind.number)
        if age is not None and not kind.fits_age(age):
            told = {"meaning": _name(match), "age": age}
            remarks.append((Field.PPKS_KIND, "kind.age_differs", told))
        yield StatusDraft(
            kind.number,
            since,
            disability=(match.disability or disability) if kind.number in {5, 9} else "",
            source=source,
        )


def facts_of(
    cells: Mapping[Field, Any], settings: Mapping[str, Any], *, on: dt.date
) -> Iterator[FactDraft]:
    """The dated facts of a row."""
    source = str(settings.get("source") or "")
    served_on = cells.get(Field.SERVICE_DATE)
    if insurance := cells.get(Field.HEALTH_INSURANCE):
        words = str(insurance).casefold()
        code = next((code for word, code in INSURANCE_WORDS if word in words), "")
        yield FactDraft(PersonFact.Kind.INSURANCE, code, str(insurance), fact_on=on, source=source)
    if decile := cells.get(Field.DTSEN_DECILE):
        period = str(cells.get(Field.DTSEN_PERIOD) or settings.get("period") or "")
        yield FactDraft(
            PersonFact.Kind.DECILE, str(decile), period=period[:20], fact_on=on, source=source
        )
    yield from _aid(cells, settings, on=served_on or on, source=source)
    for text in _several(cells.get(Field.SERVICE)):
        yield FactDraft(
            PersonFact.Kind.SERVICE, detail=text, fact_on=served_on or on, source=source
        )
    if disabilities := _several(cells.get(Field.DISABILITY_KIND)):
        code = next((code for code in map(_found_disability, disabilities) if code), "")
        yield FactDraft(
            PersonFact.Kind.DISABILITY, code, "; ".join(disabilities), fact_on=on, source=source
        )
    for remarked, kind in REMARKS:
        for text in _several(cells.get(remarked)):
            yield FactDraft(kind, str(remarked), text, fact_on=on, source=source)
    for text in _several(cells.get(Field.PPKS_KIND)):
        if _found_kind(text) is None:
            yield FactDraft(
                PersonFact.Kind.NOTE, str(Field.PPKS_KIND), text, fact_on=on, source=source
            )


def _aid(
    cells: Mapping[Field, Any], settings: Mapping[str, Any], *, on: dt.date, source: str
) -> Iterator[FactDraft]:
    """What was given: each aid of a plain list, or one payment with its fund, period and amount.

    The amount in rupiah is the short form of the fact, which can be counted.
    """
    names = _several(cells.get(Field.AID_RECEIVED)) or _several(settings.get("aid"))
    if not any(cells.get(name) for name in PAID):
        for text in names:
            yield FactDraft(PersonFact.Kind.AID, detail=text, fact_on=on, source=source)
        return
    amount = cells.get(Field.AMOUNT)
    rupiah = amount.rupiah if isinstance(amount, Amount) else None
    told = [" + ".join(names), str(cells.get(Field.FUND) or "")]
    if rupiah is not None:
        told.append("Rp" + f"{rupiah:,}".replace(",", "."))
    elif isinstance(amount, Amount):
        told.append(f"“{amount.text}”")
    yield FactDraft(
        PersonFact.Kind.AID,
        "" if rupiah is None else str(rupiah),
        " · ".join(part for part in told if part),
        period=str(cells.get(Field.AID_PERIOD) or "")[:20],
        fact_on=cells.get(Field.AID_DATE) or on,
        source=source,
    )


def _kinds(
    cells: Mapping[Field, Any], settings: Mapping[str, Any], remarks: Remarks
) -> Iterator[KindMatch]:
    stated = False
    for text in _several(cells.get(Field.PPKS_KIND)):
        match = _found_kind(text)
        stated = True
        if match is None:
            remarks.append((Field.PPKS_KIND, "kind.unknown", {"text": text}))
            continue
        told = {"text": text, "meaning": _name(match)}
        if not match.sure:
            remarks.append((Field.PPKS_KIND, "kind.guessed", told))
        elif match.scheme != KINDS.scheme:
            remarks.append((Field.PPKS_KIND, "kind.old_label", told))
        yield match
    if not stated and settings.get("kind"):
        match = _found_kind(str(settings["kind"]))
        if match is not None:
            yield match


def _disability(cells: Mapping[Field, Any], remarks: Remarks) -> str:
    for text in _several(cells.get(Field.DISABILITY_KIND)):
        code = _found_disability(text)
        if code:
            return code
        remarks.append((Field.DISABILITY_KIND, "disability.unknown", {"text": text}))
    return ""


@lru_cache(maxsize=4096)
def _found_kind(text: str) -> KindMatch | None:
    return find_kind(text)


@lru_cache(maxsize=1024)
def _found_disability(text: str) -> str:
    found = find_disability(text)
    return found.code if found else ""


def _name(match: KindMatch) -> str:
    return match.kind.english if get_language() == "en" else match.kind.name


def _several(value: Any) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, tuple):
        return tuple(str(part) for part in value)
    return (str(value),)
