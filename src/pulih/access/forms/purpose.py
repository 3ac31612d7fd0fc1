"""What a sealed record is opened for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.purpose import Purpose


class PurposeForm(forms.Form):
    """A choice, and words where it is something else."""

    purpose = forms.ChoiceField(
        label=_("What do you open it for?"), choices=Purpose.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In a few words"),
        max_length=200,
        required=False,
        help_text=_("Needed for something else. Without names: it stands in the trail."),
    )
