"""What is asked about an appointment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.inbox.forms.tasks import day_field, words_field


def _time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class EntryForm(forms.Form):
    """An appointment of one's own."""

    title = forms.CharField(
        label=_("Appointment"),
        max_length=200,
        help_text=_("Without a client's name; a number is enough."),
    )
    held_on = day_field(_("Date"))
    starts_at = _time_field(_("From"))
    ends_at = _time_field(_("Until"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    note = words_field(_("More about it"), required=False)
