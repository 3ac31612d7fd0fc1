"""What is asked about a section or a unit: its name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """The name of a section or unit."""

    name = forms.CharField(label=_("Name"), max_length=120)
