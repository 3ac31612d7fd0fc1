"""The instruments of an office: texts loaded, scales defined, switched on and off."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.cases.facts import Wording
from pulih.cases.instrument_rules import may_manage
from pulih.cases.instruments import INSTRUMENTS, Instrument, missing_in
from pulih.cases.measures import OFFICE_SCORERS
from pulih.cases.models import OfficeInstrument
from pulih.cases.queries.instruments import held, is_used
from pulih.common.errors import RuleError

OWN_PREFIX = "dinas-"
FEWEST_LEVELS, MOST_LEVELS, MOST_ITEMS = 2, 10, 60


@transaction.atomic
def load_text(*, code: str, content: dict[str, Any], licence: str, by: User) -> OfficeInstrument:
    """Load the text of a shipped instrument that may not be shipped with its text; it is off yet.

    Args:
        code: an instrument whose text the office brings.
        content: `levels` and `items`, as `instruments.read_text` gives them.
        licence: by what right the office uses the text.

    Raises:
        PermissionDenied: `by` does not manage the instruments.
        RuleError: the instrument brings its text along, no right is stated, or a text is missing.

    Source: R-CASE-66, docs/rules/cases.md.
    """
    may_manage(by).require()
    shipped = _shipped(code)
    if not shipped.text_by_office:
        raise RuleError(_("This instrument brings its text along."), rule="R-CASE-66")
    if not licence.strip():
        raise RuleError(_("State by what right the office uses this text."), rule="R-CASE-66")
    if wrong := missing_in(shipped, content):
        raise RuleError(
            _("These parts are missing or too many: %(codes)s.") % {"codes": ", ".join(wrong)},
            rule="R-CASE-66",
        )
    row = _next(code, by, base=shipped.version)
    row.content, row.licence = content, licence.strip()
    row.save()
    audit.record("instrument.loaded", actor=by, subject=row, detail=_words(row))
    return row


@transaction.atomic
def define_instrument(
    *, wording: Wording, row: OfficeInstrument | None = None, by: User
) -> OfficeInstrument:
    """Define an instrument of the office's own, or change one; a used version stays as it was.

    Args:
        wording: name, levels, questions, scorer.
        row: the version to change; None defines a new instrument.

    Raises:
        PermissionDenied: `by` does not manage the instruments.
        RuleError: name, levels, questions or scorer are not whole.

    Source: R-CASE-67, docs/rules/cases.md.
    """
    may_manage(by).require()
    _check(wording)
    if row is None:
        row = _next(_free_code(wording.name, by), by)
    else:
        rows = OfficeInstrument.objects.select_for_update()
        row = rows.get(pk=row.pk, office=by.office_id, is_own=True)
    if not row._state.adding and is_used(row):
        row = _next(row.code, by, is_on=row.is_on)
    row.is_own = True
    row.cutoff = wording.cutoff
    row.content = {
        "name": wording.name.strip(),
        "about": wording.about.strip(),
        "scorer": wording.scorer,
        "levels": list(wording.levels),
        "items": [
            {"code": f"i{number}", "text": text}
            for number, text in enumerate(wording.items, start=1)
        ],
    }
    row.save()
    audit.record("instrument.defined", actor=by, subject=row, detail=_words(row))
    return row


@transaction.atomic
def switch_instrument(
    *, code: str, on: bool, cutoff: int | None = None, by: User
) -> OfficeInstrument:
    """Switch an instrument on or off in the office, and set its cut-off.

    Raises:
        PermissionDenied: `by` does not manage the instruments.
        RuleError: there is no such instrument, or its text is not loaded.

    Source: R-CASE-63, docs/rules/cases.md.
    """
    may_manage(by).require()
    found = held(by.office, code)
    if found is None:
        raise RuleError(_("There is no such instrument."), rule="R-CASE-63")
    if on and not found.has_text:
        raise RuleError(_("Load the text of the questions first."), rule="R-CASE-63")
    row = found.row or OfficeInstrument(
        office=by.office, code=code, version=found.instrument.version, made_by=by
    )
    row.is_on = on
    if cutoff is not None:
        row.cutoff = cutoff
    row.save()
    if on:
        audit.record("instrument.switched_on", actor=by, subject=row, detail=_words(row))
    else:
        audit.record("instrument.switched_off", actor=by, subject=row, detail=_words(row))
    return row


def _words(row: OfficeInstrument) -> dict[str, str]:
    return {"instrument": row.code, "version": row.version}


def _shipped(code: str) -> Instrument:
    found = [one for one in INSTRUMENTS if one.code == code]
    if not found:
        raise RuleError(_("There is no such instrument."), rule="R-CASE-63")
    return found[-1]


def _next(code: str, by: User, *, base: str = "", is_on: bool = False) -> OfficeInstrument:
    rows = OfficeInstrument.objects.select_for_update().filter(office=by.office, code=code)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    version = f"{base}-{last + 1}" if base else str(last + 1)
    return OfficeInstrument(
        office=by.office, code=code, number=last + 1, version=version, is_on=is_on, made_by=by
    )


def _free_code(name: str, by: User) -> str:
    stem = f"{OWN_PREFIX}{slugify(name)[:26] or 'skala'}"
    taken = set(OfficeInstrument.objects.filter(office=by.office).values_list("code", flat=True))
    codes = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return next(code for code in codes if code not in taken)


def _check(wording: Wording) -> None:
    if not wording.name.strip():
        raise RuleError(_("Give the instrument a name."), rule="R-CASE-67")
    if not FEWEST_LEVELS <= len(wording.levels) <= MOST_LEVELS:
        raise RuleError(_("Write two to ten levels, the lowest first."), rule="R-CASE-67")
    if not 1 <= len(wording.items) <= MOST_ITEMS:
        raise RuleError(_("Write at least one question and at most sixty."), rule="R-CASE-67")
    texts = [text.casefold() for text in wording.levels]
    if len(set(texts)) != len(texts):
        raise RuleError(_("The levels must differ."), rule="R-CASE-67")
    if wording.scorer not in OFFICE_SCORERS:
        raise RuleError(_("Choose how it is scored."), rule="R-CASE-67")
