"""The note of a visit: a few taps at the client's door."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pulih.cases.facts import VisitNote
from pulih.cases.forms.days import DayField, PastDayField, hours_field
from pulih.cases.forms.details import DetailsForm

VISIT_FIELD_OF_RULE = {"R-CASE-30": "hours", "R-CASE-50": "on", "R-CASE-61": "next_on"}
STEPS = (7, 14, 30, 90)


class VisitForm(forms.Form):
    """Day and next visit; what was found is the short form of kind J beside it."""

    on = PastDayField(label=_("Day"))
    next_in = forms.ChoiceField(
        label=_("Next visit"), required=False, widget=forms.RadioSelect, initial=""
    )
    next_on = DayField(label=_("On another day"), required=False)
    hours = hours_field(initial=Decimal(1))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        steps = [
            (str(days), ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days})
            for days in STEPS
        ]
        field = self.fields["next_in"]
        field.choices = [("", _("none")), *steps]  # type: ignore[attr-defined]
        field.is_chips = True  # type: ignore[attr-defined]

    def note(self, details: DetailsForm) -> VisitNote:
        """The facts for the action; a day that was named counts before a number of days."""
        said = self.cleaned_data
        later: dt.date | None = said["next_on"]
        if later is None and said["next_in"]:
            later = said["on"] + dt.timedelta(days=int(said["next_in"]))
        return VisitNote(
            on=said["on"],
            details=details.answers(),
            hours=said["hours"],
            place=said["place"],
            next_on=later,
        )
