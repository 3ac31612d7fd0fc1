"""Which unit a case goes to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, Unit

FIELD_OF_RULE = {"R-CASE-86": "reason"}


class UnitForm(forms.Form):
    """The unit, and why where it changes."""

    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False,
        empty_label=_("The section as a whole"),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("When the unit changes.")
    )

    def __init__(self, *args: Any, section: Section, **options: Any) -> None:
        super().__init__(*args, **options)
        units = Unit.objects.filter(section=section, closed_on=None)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
