"""What an auditor looks for in the trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pulih.access.forms.users import day_field
from pulih.access.models import User
from pulih.access.verbs import words_of


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
        cast(forms.ChoiceField, self.fields["verb"]).choices = [("", _("all")), *choices]
        # The declared field is the form's own copy, which mypy knows only as a Field.
        cast("forms.ModelChoiceField[User]", self.fields["actor"]).queryset = actors
