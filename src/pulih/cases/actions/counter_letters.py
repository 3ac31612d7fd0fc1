"""The letters with which a counter service ends: filled from the service, issued at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

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
from pulih.papers.models import Letter
from pulih.people.queries.on_paper import PAPER_LANGUAGE, person_on_paper

RECEIPT = "tanda-terima"
STATEMENT = "surat-keterangan"
REFERRAL = "surat-rujukan"
VALID_DAYS = 30


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

    Source: R-CASE-59, docs/rules/cases.md.
    """
    may(by, Action.COUNTER_SERVE, service).require()
    if service.state == CounterService.State.CANCELLED:
        raise RuleError(_("No letter goes out for a cancelled service."), rule="R-CASE-59")
    if set(templates) - {RECEIPT, *service.offer.letters}:
        raise RuleError(_("This service does not end with such a letter."), rule="R-CASE-59")
    wanted = [code for code in templates if code == RECEIPT or not service.missing]
    return [_issue(service, code, by) for code in dict.fromkeys(wanted)]


def _issue(service: CounterService, template: str, by: User) -> Letter:
    with override(PAPER_LANGUAGE):
        fields = _FIELDS[template](service, person_on_paper(service.person, user=by))
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


def _receipt(service: CounterService, person: Mapping[str, str]) -> dict[str, object]:
    promised = service.due_on if service.is_running else None
    return {
        "visitor": {key: person[key] for key in ("name", "nik", "address") if key in person},
        "service": service.offer.name,
        "service_number": service.number,
        "received_on": today(),
        "documents": [{"item": paper["label"], "count": "1"} for paper in service.brought],
        "missing": [paper["label"] for paper in service.missing],
        "promised_on": promised,
        "next_step": _next_step(service),
    }


def _next_step(service: CounterService) -> str:
    if service.missing:
        return "Mohon datang kembali dengan membawa berkas yang masih kurang dan tanda terima ini."
    return str(service.offer.result)


def _statement(service: CounterService, person: Mapping[str, str]) -> dict[str, object]:
    told = [
        f"{answer['label']}: {_shown(answer)}."
        for answer in service.answers or ()
        if answer["value"] and answer["key"] != "keperluan"
    ]
    purpose = next(
        (a["value"] for a in service.answers or () if a["key"] == "keperluan" and a["value"]), ""
    )
    said = service.offer.statement or service.offer.result
    return {
        "client": dict(person),
        "statement": "\n\n".join(part for part in (said, " ".join(told)) if part),
        "purpose": purpose or service.offer.purpose or service.offer.name,
        "valid_until": today() + dt.timedelta(days=VALID_DAYS),
    }


def _referral(service: CounterService, person: Mapping[str, str]) -> dict[str, object]:
    answers = {answer["key"]: answer for answer in service.answers or ()}
    to = next(
        (
            answers[key]["value"]
            for key in ("lbh", "lembaga", "rs", "faskes", "tujuan")
            if key in answers and answers[key]["value"]
        ),
        "",
    )
    known = [
        f"{answer['label']}: {_shown(answer)}." for answer in answers.values() if answer["value"]
    ]
    return {
        "to": f"Pimpinan {to}" if to else "Pimpinan lembaga yang berwenang",
        "client": dict(person),
        "purpose": service.offer.purpose or service.offer.result,
        "known": " ".join(known),
        "referral_number": service.number,
    }


def _shown(answer: Mapping[str, str]) -> str:
    if answer["kind"] == "day":
        return date_format(dt.date.fromisoformat(answer["value"]), "j F Y")
    return answer["value"]


_FIELDS: dict[str, Callable[[CounterService, Mapping[str, str]], dict[str, object]]] = {
    RECEIPT: _receipt,
    STATEMENT: _statement,
    REFERRAL: _referral,
}
"""How each template is filled; the catalogue offers these."""
