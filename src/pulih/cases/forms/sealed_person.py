"""Somebody who is first met through a sealed report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jejak.birth import BirthDate
from jejak.records import Record
from pulih.cases.forms.days import DayField
from pulih.common.clock import today
from pulih.people.drafts import NameDraft, PersonDraft
from pulih.people.models import Person
from pulih.people.records import sought

OLDEST = 125


class SealedPersonForm(forms.Form):
    """The few things that are known at the beginning; the entry takes more later."""

    full_name = forms.CharField(label=_("Full name"), max_length=120, required=False)
    called = forms.CharField(label=_("Called"), max_length=120, required=False)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", _("Not known")), *Person.Sex.choices]
    )
    birth_date = DayField(label=_("Birth date"), required=False)
    age = forms.IntegerField(
        label=_("Age, when the date is not known"),
        min_value=0,
        max_value=OLDEST,
        required=False,
    )
    anyway = forms.BooleanField(label=_("None of these: register somebody new"), required=False)

    def clean_birth_date(self) -> Any:
        """A birth does not lie in the future."""
        born = self.cleaned_data["birth_date"]
        if born is not None and born > today():
            raise forms.ValidationError(_("The birth date lies in the future."))
        return born

    def clean(self) -> dict[str, Any]:
        """Something must be known, or nobody can be found again."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(said.get(name) for name in ("full_name", "called", "sex")):
            self.add_error("full_name", _("Write down at least a name, a nickname or the sex."))
        return said

    def draft(self) -> PersonDraft:
        """What registering takes."""
        said = self.cleaned_data
        named = said["full_name"] or said["called"]
        return PersonDraft(
            full_name=said["full_name"],
            names=(NameDraft(said["called"]),) if said["called"] else (),
            sex=said["sex"],
            birth=self._birth(),
            status=Person.Status.IDENTIFIED if named else Person.Status.UNIDENTIFIED,
        )

    def record(self) -> Record:
        """The question for the identity engine."""
        said = self.cleaned_data
        return sought(
            name=said["full_name"], called=said["called"], sex=said["sex"], birth=self._birth()
        )

    def _birth(self) -> BirthDate | None:
        said = self.cleaned_data
        if said["birth_date"] is not None:
            return BirthDate.exact(said["birth_date"])
        if said["age"] is not None:
            return BirthDate.estimated(said["age"], said["age"], on=today())
        return None
