"""The form of a breach."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.common.clock import now
from pulih.privacy.facts import Noticed
from pulih.ui.fields import MomentField, long_text

FIELD_OF_RULE = {"R-PRI-20": "what"}


class BreachForm(forms.Form):
    """When it was noticed, through which account and when the data lay open, and what is known."""

    noticed_at = MomentField(label=_("Noticed"), initial=now)
    account = forms.ModelChoiceField(
        label=_("Through whose account"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Every account of the office"),
    )
    since = MomentField(
        label=_("The data lay open from"), initial=lambda: now() - dt.timedelta(days=1)
    )
    until = MomentField(label=_("Until"), initial=now)
    what = long_text(label=_("Which data"), rows=2)
    how = long_text(label=_("When and how it happened"), rows=3)
    handling = long_text(label=_("What was done about it so far"), rows=3, required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["account"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = User.objects.filter(office=user.office).order_by("full_name")

    def noticed(self) -> Noticed:
        """The facts of a valid form."""
        return Noticed(**self.cleaned_data)


class HandlingForm(forms.Form):
    """What was done about a breach."""

    handling = long_text(label=_("What was done about it"), rows=3, required=False)
