"""Forms of the retention schedule and of destructions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.people.codes import KINDS
from pulih.privacy.facts import Scheduled
from pulih.privacy.models import RetentionRule

FIELD_OF_RULE = {"R-PRI-10": "source"}


class ScheduleForm(forms.Form):
    """One line of the schedule."""

    type = forms.ChoiceField(label=_("Cases"), choices=RetentionRule.Type)
    ppks_kind = forms.TypedChoiceField(
        label=_("Kind of PPKS"), coerce=int, empty_value=None, required=False
    )
    years = forms.IntegerField(label=_("Full years after the end"), min_value=1, max_value=100)
    fate = forms.ChoiceField(label=_("Then"), choices=RetentionRule.Fate)
    code = forms.CharField(label=_("Code of the schedule (JRA)"), max_length=40, required=False)
    source = forms.CharField(label=_("Decree that sets it"), max_length=200)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        field = self.fields["ppks_kind"]
        field.choices = [("", _("Every kind without a line of its own")), *KINDS.choices()]  # type: ignore[attr-defined]

    def line(self) -> Scheduled:
        """The facts of a valid form."""
        return Scheduled(**self.cleaned_data)


class NoteForm(forms.Form):
    """Words to a decision."""

    note = forms.CharField(label=_("Reason"), max_length=500, required=False)
