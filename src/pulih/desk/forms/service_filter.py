"""What narrows the list of counter services."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, Unit, User
from pulih.cases.catalogue import in_english
from pulih.cases.models import CounterService, ServiceOffer
from pulih.cases.queries.counter import WantedServices
from pulih.cases.queries.offers import list_offers

TODAY, ALL, OVERDUE, MINE = "hari-ini", "semua", "lewat", "saya"
WHEN = ((TODAY, _("Today")), (MINE, _("Begun by me")), (OVERDUE, _("Overdue")), (ALL, _("All")))


class _OfferField(forms.ModelChoiceField[ServiceOffer]):
    """Services by their name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return in_english(obj.name)


class ServiceFilterForm(forms.Form):
    """The filters above the list; a value that cannot be is ignored."""

    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    when = forms.ChoiceField(label=_("Which"), required=False, choices=WHEN)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *CounterService.State.choices]
    )
    offer = _OfferField(
        label=_("Service"), queryset=ServiceOffer.objects.none(), required=False,
        empty_label=_("All"),
    )  # fmt: skip
    section = forms.ModelChoiceField(
        label=_("Section"), queryset=Section.objects.none(), required=False, empty_label=_("All")
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        offers = list_offers(user=user, closed=True)
        self.fields["offer"].queryset = offers  # type: ignore[attr-defined]
        sections = Section.objects.filter(office=user.office_id)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]
        units = Unit.objects.filter(section__office=user.office_id)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def wanted(self, day: dt.date) -> WantedServices:
        """What the list shall show, from the parts that were understood."""
        self.is_valid()
        said = self.cleaned_data
        number = said.get("number") or ""
        when = said.get("when") or (ALL if number else TODAY)
        return WantedServices(
            state=said.get("state") or "",
            offer=said.get("offer"),
            section=said.get("section"),
            unit=said.get("unit"),
            on=day if when == TODAY else None,
            mine=when == MINE,
            overdue=when == OVERDUE,
            number=number,
        )
