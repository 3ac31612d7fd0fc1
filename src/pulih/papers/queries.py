"""Reads of letters and of what the office set for them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from pulih.access.models import Office, Section, User
from pulih.access.purpose import require as require_purpose
from pulih.access.scope import not_sealed_to
from pulih.papers import filling, rules
from pulih.papers.codes import index_of
from pulih.papers.facts import Blank
from pulih.papers.letters import Template, find_template
from pulih.papers.models import Letter, Letterhead, NumberSeries, Signatory

ASKED_OF_ROW = "may_read is asked of the row that is found"
OF_ASKED_RECORD = "the caller has checked that its reader may read the record"
WITH_CODE = "whoever holds the letter may ask whether it is ours"

SERIES: dict[str, str] = {
    NumberSeries.Code.GENERAL: "{klasifikasi}/{nomor}/{kantor}/{tahun}",
    NumberSeries.Code.MINUTES: "BA-{klasifikasi}/{nomor}/{kantor}/{tahun}",
    NumberSeries.Code.RECEIPT: "TT-{klasifikasi}/{nomor}/{kantor}/{tahun}",
    NumberSeries.Code.CONFIDENTIAL: "R-{klasifikasi}/{nomor}/{kantor}/{tahun}",
}
"""Patterns until the office sets its own."""


def get_letter(pk: uuid.UUID, *, user: User) -> Letter:
    """One letter, or 404: what the user may not read does not exist."""
    rows = Letter.objects.unscoped(reason=ASKED_OF_ROW)
    found = _with_names(rows).filter(not_sealed_to(user), pk=pk).first()
    if found is None or not rules.may_read(user, found):
        raise Http404
    require_purpose(found.compartment_id, user=user)
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list of letters shall show."""

    text: str = ""
    template: str = ""
    state: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def list_letters(
    *,
    user: User,
    about_kind: str = "",
    about_key: uuid.UUID | None = None,
    wanted: Wanted | None = None,
) -> QuerySet[Letter]:
    """The letters that the user's roles show, newest first; of one record where it is named."""
    rows = _narrowed(_with_names(Letter.objects.visible_to(user)), wanted or Wanted())
    if about_kind:
        rows = rows.filter(about_kind=about_kind)
    if about_key is not None:
        rows = rows.filter(about_key=about_key)
    return rows


def _narrowed(rows: QuerySet[Letter], wanted: Wanted) -> QuerySet[Letter]:
    if wanted.text:
        rows = rows.filter(Q(number__icontains=wanted.text) | Q(about_label__icontains=wanted.text))
    if wanted.template:
        rows = rows.filter(template=wanted.template)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    # A draft has no day yet; it is found by the day on which it was begun.
    if wanted.since:
        rows = rows.filter(
            Q(dated_on__gte=wanted.since) | Q(dated_on=None, written_at__date__gte=wanted.since)
        )
    if wanted.until:
        rows = rows.filter(
            Q(dated_on__lte=wanted.until) | Q(dated_on=None, written_at__date__lte=wanted.until)
        )
    return rows


def versions_of(letter: Letter, *, user: User) -> list[Letter]:
    """The other versions of a letter that the user may read, oldest first."""
    chain = _earlier(letter) + _later(letter)
    return [version for version in chain if rules.may_read(user, version)]


def _earlier(letter: Letter) -> list[Letter]:
    found: list[Letter] = []
    while (letter.replaces_id is not None) and (before := _by_key(letter.replaces_id)):
        found.insert(0, before)
        letter = before
    return found


def _later(letter: Letter) -> list[Letter]:
    rows = _with_names(Letter.objects.unscoped(reason=ASKED_OF_ROW))
    found: list[Letter] = []
    while (after := rows.filter(replaces=letter.pk).first()) is not None:
        found.append(after)
        letter = after
    return found


def _by_key(pk: uuid.UUID) -> Letter | None:
    return _with_names(Letter.objects.unscoped(reason=ASKED_OF_ROW)).filter(pk=pk).first()


def letters_of_record(about_kind: str, about_key: uuid.UUID) -> list[Letter]:
    """Every letter about a record, for a page whose reader may read that record."""
    rows = _with_names(Letter.objects.unscoped(reason=OF_ASKED_RECORD))
    return list(rows.filter(about_kind=about_kind, about_key=about_key))


def template_of(letter: Letter) -> Template:
    """The template in the version that the letter was written with."""
    return find_template(letter.template, letter.template_version)


def blanks_of(letter: Letter) -> list[Blank]:
    """What must be filled before the letter can be issued, in the order of its template."""
    return filling.blanks(template_of(letter), letter.fields)


def letterhead_of(office: Office) -> Letterhead:
    """The office's letterhead; until it is set, name and address of the office."""
    found = Letterhead.objects.filter(office=office).first()
    return found or Letterhead(office=office, name=office.name, address=office.address)


def series_of(office: Office, code: str) -> NumberSeries:
    """How a series of the office is numbered; until it is set, as the product does."""
    found = NumberSeries.objects.filter(office=office, code=code).first()
    return found or NumberSeries(office=office, code=code, pattern=SERIES[code])


def list_series(office: Office) -> list[NumberSeries]:
    """Every series of the office in the order of its codes, each as `series_of` gives it."""
    found = {row.code: row for row in NumberSeries.objects.filter(office=office)}
    return [
        found.get(code) or NumberSeries(office=office, code=code, pattern=SERIES[code])
        for code in NumberSeries.Code.values
    ]


def signatories_on(office: Office, day: dt.date) -> QuerySet[Signatory]:
    """Who may sign for the office on a day; who acts for somebody stands first."""
    within = Q(valid_until=None) | Q(valid_until__gte=day)
    rows = Signatory.objects.filter(within, office=office, valid_from__lte=day)
    return rows.select_related("section").order_by("-valid_from", "name")


def list_signatories(office: Office) -> list[Signatory]:
    """Everybody who signs or signed for the office, those who may sign longest first."""
    rows = Signatory.objects.filter(office=office).select_related("section")
    return sorted(rows, key=lambda row: row.valid_until or dt.date.max, reverse=True)


def signatory_for(office: Office, section: Section | None, day: dt.date) -> Signatory | None:
    """Who signs on a day where nobody was chosen (R-PAP-7).

    The acting head (Plh., Plt.) goes before the holder, since the holder is away; somebody who
    signs on behalf of the head only for a section of theirs.
    """
    capacity = Signatory.Capacity
    rank = [capacity.DAILY, capacity.TASKED, capacity.OWN, capacity.ON_BEHALF]
    rows = [
        row
        for row in signatories_on(office, day)
        if row.section_id is None or (section is not None and row.section_id == section.pk)
    ]
    return min(rows, key=lambda row: rank.index(capacity(row.capacity)), default=None)


def find_by_code(code: str) -> Letter | None:
    """The issued letter that carries this code, or None."""
    index = index_of(code)
    if not index:
        return None
    rows = Letter.objects.unscoped(reason=WITH_CODE).select_related("office")
    return rows.filter(code_index=index).first()


def replaced_by_version(letter: Letter) -> int | None:
    """Which version stands in the place of this one, where there is one."""
    issued = [row for row in _later(letter) if row.number or row.dated_on]
    return issued[-1].version if issued else None


def find_by_digest(digest: str) -> Letter | None:
    """The issued letter whose sealed PDF has this digest, or None."""
    rows = Letter.objects.unscoped(reason=WITH_CODE).select_related("office")
    return rows.filter(pdf_digest=digest).first() if digest else None


def _with_names(rows: QuerySet[Letter]) -> QuerySet[Letter]:
    return rows.select_related(
        "office", "section", "unit", "compartment", "written_by", "signatory", "pdf"
    )
