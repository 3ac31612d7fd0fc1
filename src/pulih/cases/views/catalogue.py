"""The service catalogue: read by whoever serves, written by the head and the administrator."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import Section, Unit
from pulih.access.policy import Action
from pulih.access.queries import get_section, list_sections
from pulih.cases.actions.catalogue import add_offer, close_offer, edit_offer, reopen_offer
from pulih.cases.counter_rules import may_manage_offers
from pulih.cases.forms.catalogue import OfferForm, offer_initial
from pulih.cases.models import ServiceOffer
from pulih.cases.queries.offers import get_offer, list_offers
from pulih.common.acting import attempt, done
from pulih.common.stamps import seen_in, stamped
from pulih.papers.letters import find_template

FIELD_OF_RULE = {"R-CASE-81": "name"}


@require_GET
@guard(Action.COUNTER_READ, Action.CATALOGUE_MANAGE)
def catalogue(request: StaffRequest) -> HttpResponse:
    """What the office offers, by section."""
    offers = list_offers(user=request.user, closed=request.user.may(Action.CATALOGUE_MANAGE))
    by_section: dict[UUID, list[ServiceOffer]] = {}
    for offer in offers:
        by_section.setdefault(offer.section_id, []).append(offer)
    sections = [
        {
            "section": section,
            "offers": by_section.get(section.pk, []),
            "can_add": bool(_units(request, section)) or _whole(request, section),
        }
        for section in list_sections(user=request.user)
    ]
    return render(request, "cases/catalogue.html", {"sections": sections})


@require_GET
@guard(Action.COUNTER_READ, Action.CATALOGUE_MANAGE)
def offer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One service: who may ask, what is needed, what is promised."""
    found = get_offer(pk, user=request.user)
    context = {
        "offer": found,
        "letters": [find_template(code).name for code in found.letters],
        "can_edit": bool(may_manage_offers(request.user, found.section, found.unit)),
    }
    return render(request, "cases/offer.html", context)


@require_http_methods(["GET", "POST"])
@guard(Action.CATALOGUE_MANAGE)
def offer_new(request: StaffRequest, section_id: UUID) -> HttpResponse:
    """Add a service to a section."""
    section = get_section(section_id, user=request.user)
    units = _units(request, section)
    if not units and not _whole(request, section):
        raise Http404
    form = OfferForm(request.POST or None, section=section, units=units)
    made: list[ServiceOffer] = []
    if done(
        form,
        lambda: made.append(add_offer(section=section, words=form.words(), by=request.user)),
        FIELD_OF_RULE,
    ):
        messages.success(request, _("The service is in the catalogue."))
        return redirect("cases:offer", made[0].pk)
    context = {"form": form, "section": section}
    return render(request, "cases/offer_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@guard(Action.CATALOGUE_MANAGE)
def offer_edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change a service."""
    found = get_offer(pk, user=request.user)
    may_manage_offers(request.user, found.section, found.unit).require()
    form = stamped(
        OfferForm(
            request.POST or None,
            initial=offer_initial(found),
            section=found.section,
            units=_units(request, found.section),
        ),
        found,
    )
    if done(
        form,
        lambda: edit_offer(offer=found, seen=seen_in(form), words=form.words(), by=request.user),
        FIELD_OF_RULE,
    ):
        messages.success(request, _("The changes are saved."))
        return redirect("cases:offer", found.pk)
    context = {"form": form, "section": found.section, "offer": found}
    return render(request, "cases/offer_form.html", context, status=422 if form.errors else 200)


@require_POST
@guard(Action.CATALOGUE_MANAGE)
def offer_close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Stop offering a service."""
    found = get_offer(pk, user=request.user)
    attempt(
        request,
        lambda: close_offer(offer=found, by=request.user),
        _("The service is no longer offered."),
    )
    return redirect("cases:offer", found.pk)


@require_POST
@guard(Action.CATALOGUE_MANAGE)
def offer_reopen(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Offer it again."""
    found = get_offer(pk, user=request.user)
    attempt(
        request,
        lambda: reopen_offer(offer=found, by=request.user),
        _("The service is offered again."),
    )
    return redirect("cases:offer", found.pk)


def _units(request: StaffRequest, section: Section) -> list[Unit]:
    """The open units of the section whose services the reader writes."""
    return [
        unit
        for unit in section.units.filter(closed_on=None)
        if may_manage_offers(request.user, section, unit)
    ]


def _whole(request: StaffRequest, section: Section) -> bool:
    return bool(may_manage_offers(request.user, section))
