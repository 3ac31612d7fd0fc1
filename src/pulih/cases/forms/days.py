"""Fields that many case pages share."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pulih.common.clock import today


class DayField(forms.DateField):
    """A date with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**options)


class PastDayField(DayField):
    """A day on which something was done: today or before, and today unless said otherwise."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", today)
        super().__init__(**options)

    def clean(self, value: Any) -> dt.date | None:
        """Refuse a day that has not come (R-CASE-50)."""
        day: dt.date | None = super().clean(value)
        if day is not None and day > today():
            raise ValidationError(_("This day has not come yet."))
        return day


def hours_field(**options: Any) -> forms.DecimalField:
    """A field for how long it took, in half hours."""
    return forms.DecimalField(
        label=_("Hours"),
        max_digits=4,
        decimal_places=1,
        min_value=Decimal("0.1"),
        max_value=Decimal(24),
        widget=forms.NumberInput(
            attrs={"step": "0.5", "min": "0.5", "max": "24", "inputmode": "decimal"}
        ),
        **options,
    )
