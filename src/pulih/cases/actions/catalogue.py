"""The service catalogue: installed filled, written on by the office."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.changes import check_unchanged
from pulih.access.models import Office, Section, User
from pulih.cases.catalogue import SHIPPED
from pulih.cases.counter_facts import OfferWords
from pulih.cases.counter_rules import check_form, may_manage_offers
from pulih.cases.models import ServiceOffer
from pulih.common.clock import today
from pulih.common.errors import RuleError

CODE_LENGTH = 40


@transaction.atomic
def install_catalogue(*, office: Office, by: User | None) -> int:
    """Give an office the shipped services that it has never had; what it has stays as it is.

    Args:
        by: None at the terminal, where nobody is known.

    Returns:
        How many services were added.

    Source: R-CASE-80, docs/rules/cases.md.
    """
    sections = {section.kind: section for section in office.sections.prefetch_related("units")}
    known = set(ServiceOffer.objects.filter(section__office=office).values_list("section", "code"))
    fresh = []
    for shipped in SHIPPED:
        section = sections[shipped.section]
        if (section.pk, shipped.code) in known:
            continue
        units = {unit.code: unit for unit in section.units.all()}
        fresh.append(
            ServiceOffer(
                section=section,
                unit=units.get(shipped.unit),
                code=shipped.code,
                position=shipped.position,
                **shipped.values,
            )
        )
    ServiceOffer.objects.bulk_create(fresh)
    if fresh:
        audit.record(
            "catalogue.installed",
            actor=by,
            subject=office,
            office=office,
            detail={"services": len(fresh)},
        )
    return len(fresh)


@transaction.atomic
def add_offer(*, section: Section, words: OfferWords, by: User) -> ServiceOffer:
    """Add a service to the catalogue of a section.

    Raises:
        PermissionDenied: `by` does not write the services of the section.
        RuleError: name, terms or form do not have their shape.

    Source: R-CASE-81, docs/rules/cases.md.
    """
    may_manage_offers(by, section, words.unit).require()
    values = _checked(section, words)
    offer = ServiceOffer.objects.create(
        section=section,
        code=_free_code(section, words.name),
        position=section.offers.count() + 1,
        **values,
    )
    audit.record("offer.added", actor=by, subject=offer, detail={"code": offer.code})
    return offer


@transaction.atomic
def edit_offer(
    *, offer: ServiceOffer, words: OfferWords, seen: str | None = None, by: User
) -> ServiceOffer:
    """Change a service; visits that were begun keep the terms of their day.

    Args:
        seen: the stamp of the form it was typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` does not write the services of the section.
        RuleError: name, terms or form do not have their shape.

    Source: R-CASE-81, docs/rules/cases.md.
    """
    offer = _locked(offer)
    may_manage_offers(by, offer.section, offer.unit).require()
    may_manage_offers(by, offer.section, words.unit).require()
    check_unchanged(offer, seen)
    values = _checked(offer.section, words)
    before = {name: getattr(offer, name) for name in values if name != "unit"}
    for name, value in values.items():
        setattr(offer, name, value)
    offer.save(update_fields=list(values))
    changed = {name: was for name, was in before.items() if was != values[name]}
    audit.record(
        "offer.edited", actor=by, subject=offer, detail={"code": offer.code, "before": changed}
    )
    return offer


@transaction.atomic
def close_offer(*, offer: ServiceOffer, by: User) -> ServiceOffer:
    """Stop offering a service; visits that were begun go on.

    Raises:
        PermissionDenied: `by` does not write the services of the section.
        RuleError: it is closed already.

    Source: R-CASE-81, docs/rules/cases.md.
    """
    offer = _locked(offer)
    may_manage_offers(by, offer.section, offer.unit).require()
    if not offer.is_open:
        raise RuleError(_("This service is closed already."), rule="R-CASE-81")
    offer.closed_on = today()
    offer.save(update_fields=["closed_on"])
    audit.record("offer.closed", actor=by, subject=offer, detail={"code": offer.code})
    return offer


@transaction.atomic
def reopen_offer(*, offer: ServiceOffer, by: User) -> ServiceOffer:
    """Offer a closed service again.

    Raises:
        PermissionDenied: `by` does not write the services of the section.

    Source: R-CASE-81, docs/rules/cases.md.
    """
    offer = _locked(offer)
    may_manage_offers(by, offer.section, offer.unit).require()
    offer.closed_on = None
    offer.save(update_fields=["closed_on"])
    audit.record("offer.reopened", actor=by, subject=offer, detail={"code": offer.code})
    return offer


def _locked(offer: ServiceOffer) -> ServiceOffer:
    rows = ServiceOffer.objects.select_for_update(of=("self",)).select_related("section", "unit")
    return rows.get(pk=offer.pk)


def _checked(section: Section, words: OfferWords) -> dict[str, Any]:
    """The columns of a service, in shape."""
    if not words.name.strip() or not words.who_may_ask.strip() or not words.result.strip():
        raise RuleError(
            _("A service says its name, who may ask for it, and what comes of it."),
            rule="R-CASE-81",
        )
    if words.unit is not None and words.unit.section_id != section.pk:
        raise RuleError(_("This unit belongs to another section."), rule="R-CASE-81")
    fields = [
        {"key": key, "label": label, "kind": kind, "needed": needed, "choices": list(choices)}
        for key, (label, kind, needed, choices) in zip(
            _keys(row[0] for row in words.fields), words.fields, strict=True
        )
    ]
    check_form(fields)
    plain = asdict(words) | {"unit": words.unit}
    plain["requirements"] = [
        {"key": key, "label": label, "needed": needed}
        for key, (label, needed) in zip(
            _keys(row[0] for row in words.requirements), words.requirements, strict=True
        )
    ]
    return plain | {
        "fields": fields,
        "steps": list(words.steps),
        "letters": list(words.letters),
        "name": words.name.strip(),
    }


def _keys(labels: Any) -> list[str]:
    """A key for each line, from its words, none twice."""
    made: list[str] = []
    for label in labels:
        stem = slugify(label)[:30].strip("-") or "baris"
        tries = [stem, *(f"{stem}-{number}" for number in range(2, 30))]
        made.append(next(key for key in tries if key not in made))
    return made


def _free_code(section: Section, name: str) -> str:
    stem = slugify(name)[: CODE_LENGTH - 3].strip("-") or "layanan"
    taken = set(section.offers.values_list("code", flat=True))
    tries = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
    return next(code for code in tries if code not in taken)
