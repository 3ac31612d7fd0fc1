"""The letters with which a counter service ends: filled from the service, issued at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.countering import remember_letter
from pulih.cases.models import CounterService
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.papers.actions.issuing import issue_letter
from pulih.papers.actions.writing import draft_letter
from pulih.papers.facts import About
from pulih.papers.letters import Kind, Template, find_template
from pulih.papers.models import Letter
from pulih.people.queries.on_paper import PAPER_LANGUAGE, person_on_paper

RECEIPT = "tanda-terima"
VALID_DAYS = 30
BRING_MORE = "Mohon datang kembali dengan membawa berkas yang masih kurang dan tanda terima ini."
"""Letters are in Indonesian, whoever writes them."""


@transaction.atomic
def issue_letters(*, service: CounterService, templates: Sequence[str], by: User) -> list[Letter]:
    """Write and issue letters of a counter service; their number is taken and they stay.

    While needed papers are missing only the receipt goes out: nothing is stated that was not
    shown.

    Args:
        templates: codes, of those with which the service may end.

    Raises:
        PermissionDenied: `by` does not serve at the counter, or writes no letters.
        RuleError: the service was cancelled, a template is not one of its own, or has blanks.

    Source: R-CASE-85, docs/rules/cases.md.
    """
    may(by, Action.COUNTER_SERVE, service).require()
    if service.state == CounterService.State.CANCELLED:
        raise RuleError(_("No letter goes out for a cancelled service."), rule="R-CASE-85")
    if set(templates) - {RECEIPT, *service.offer.letters}:
        raise RuleError(_("This service does not end with such a letter."), rule="R-CASE-85")
    wanted = [code for code in templates if code == RECEIPT or not service.missing]
    return [_issue(service, code, by) for code in dict.fromkeys(wanted)]


def _issue(service: CounterService, template: str, by: User) -> Letter:
    with override(PAPER_LANGUAGE):
        fields = _fill(service, find_template(template), by)
    letter = draft_letter(
        template=template,
        fields=fields,
        about=About(
            kind=service._meta.label_lower,
            key=service.pk,
            label=service.number,
            url_name="counter:service",
            url_kwargs={"number": service.number},
        ),
        section=service.section,
        unit=service.unit,
        by=by,
    )
    letter = issue_letter(letter=letter, by=by)
    remember_letter(service, letter.number, by)
    audit.record(
        "counter.letter_issued", actor=by, subject=service, detail={"letter": str(letter.pk)}
    )
    return letter


def _fill(service: CounterService, template: Template, by: User) -> dict[str, object]:
    """The fields of the template that the service knows something for."""
    known = _known(service)
    person = person_on_paper(service.person, user=by)
    fields: dict[str, object] = {}
    for field in template.fields:
        if field.kind == Kind.PERSON:
            fields[field.name] = {key: person[key] for key in field.keys if key in person}
        elif field.kind == Kind.ROWS:
            columns = {column.name for column in field.columns}
            rows = known.get(field.name) or _rows(service, field.name, person)
            fields[field.name] = [
                {name: text for name, text in row.items() if name in columns} for row in rows
            ]
        elif field.name in known:
            fields[field.name] = known[field.name]
    return fields


def _known(service: CounterService) -> dict[str, Any]:
    """What a service can say, by the names that templates give their fields."""
    offer, said = service.offer, _said(service)
    told = " ".join(f"{label}: {text}." for label, text in said.values() if text)
    day = today()

    def answer(*keys: str) -> str:
        return next((said[key][1] for key in keys if key in said and said[key][1]), "")

    def shown(key: str) -> str:
        return next((paper["label"] for paper in service.brought if paper["key"] == key), "")

    statement = "\n\n".join(part for part in (offer.statement or offer.result, told) if part)
    return {
        "service": offer.name,
        "service_number": service.number,
        "referral_number": service.number,
        "received_on": day,
        "missing": [paper["label"] for paper in service.missing],
        "promised_on": service.due_on if service.is_running else None,
        "next_step": BRING_MORE if service.missing else offer.result,
        "statement": statement,
        "situation": statement,
        "condition": statement,
        "reason": statement,
        "known": told,
        "finding": str(service.note),
        "purpose": answer("keperluan") or offer.purpose or offer.name,
        "request": offer.purpose or offer.result,
        "to": offer.addressed_to or _head_of(answer("lbh", "lembaga", "rs", "faskes", "tujuan")),
        "addressed_to": offer.addressed_to or answer("lembaga"),
        "evidence": [paper["label"] for paper in service.brought],
        "health_facility": answer("faskes", "rs"),
        "health_letter": shown("surat-sakit"),
        "police_letter": shown("lapor-polisi"),
        "found_on": day,
        "found_place": service.office.name,
        "destination": answer("tujuan"),
        "transport": answer("kendaraan"),
        "valid_until": day + dt.timedelta(days=VALID_DAYS),
    }


def _rows(service: CounterService, name: str, person: Mapping[str, str]) -> list[dict[str, str]]:
    """The lines of a table: the papers, the person, or what is to be corrected."""
    if name == "members":
        return [dict(person)]
    if name == "corrections":
        said = _said(service)
        wrong, right = (said.get(key, ("", ""))[1] for key in ("yang-salah", "seharusnya"))
        return [{"item": wrong, "correct": right}]
    return [{"item": paper["label"], "count": "1"} for paper in service.brought]


def _said(service: CounterService) -> dict[str, tuple[str, str]]:
    """Label and answer of each question, days in words."""
    return {answer["key"]: (answer["label"], _in_words(answer)) for answer in service.answers or ()}


def _in_words(answer: Mapping[str, str]) -> str:
    if answer["kind"] == "day" and answer["value"]:
        return date_format(dt.date.fromisoformat(answer["value"]), "j F Y")
    return answer["value"]


def _head_of(institution: str) -> str:
    return f"Pimpinan {institution}" if institution else "Pimpinan lembaga yang berwenang"
