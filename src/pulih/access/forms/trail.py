"""What an auditor looks for in the trail, and among what is unusual in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pulih.access.forms.users import day_field
from pulih.access.models import User
from pulih.access.queries import OPENINGS, REFUSALS
from pulih.access.unusual import KINDS
from pulih.access.verbs import words_of
from pulih.common.clock import today

DAYS = 7
MOST_DAYS = 92


class TrailForm(forms.Form):
    """What was done, by whom, when, to which record."""

    verb = forms.ChoiceField(label=_("What"), required=False)
    actor: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Done by"), queryset=User.objects.none(), required=False, empty_label=_("all")
    )
    first = day_field(_("From"), required=False)
    last = day_field(_("Until"), required=False)
    subject = forms.CharField(label=_("Number or key of the record"), required=False, max_length=60)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, verbs: Iterable[str], actors: QuerySet[User], **values: Any
    ) -> None:
        super().__init__(*args, **values)
        choices = sorted(((verb, words_of(verb)) for verb in verbs), key=lambda pair: pair[1])
        cast(forms.ChoiceField, self.fields["verb"]).choices = [
            ("", _("all")),
            (OPENINGS, _("every opening of a closed record")),
            (REFUSALS, _("every refusal")),
            *choices,
        ]
        # The declared field is the form's own copy, which mypy knows only as a Field.
        cast("forms.ModelChoiceField[User]", self.fields["actor"]).queryset = actors


class UnusualForm(forms.Form):
    """Which days, and which kind of the unusual; the last seven days unless asked otherwise."""

    first = day_field(_("From"), required=False)
    last = day_field(_("Until"), required=False)
    what = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("all")), *KINDS.items()]
    )

    def clean(self) -> dict[str, Any]:
        """Fill the days that were left empty; a quarter of a year is the most at once."""
        data = super().clean() or {}
        last = data.get("last") or today()
        first = data.get("first") or last - dt.timedelta(days=DAYS - 1)
        if not dt.timedelta() <= last - first <= dt.timedelta(days=MOST_DAYS):
            self.add_error("first", _("Choose at most 92 days, the first before the last."))
        return {**data, "first": first, "last": last}
