"""The search that comes before every new entry, and the filters of the list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jejak.birth import AGE_BANDS
from jejak.records import Record
from pulih.access.models import Section
from pulih.people.codes import KINDS
from pulih.people.forms.parts import BirthForm, region_field, sex_field
from pulih.people.models import Person
from pulih.people.queries import PeopleFilter
from pulih.people.records import sought
from pulih.people.rules import OPEN_KINDS

ALL = ("", gettext_lazy("All"))


class SearchForm(BirthForm):
    """Who is it? Whatever is known; a name, a number, or that nobody knows the name."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), required=False, max_length=120)
    called = forms.CharField(
        label=gettext_lazy("Called"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Nickname, or what the person answers to."),
    )
    sex = sex_field()
    place = region_field(
        gettext_lazy("Village or district"),
        gettext_lazy("Where the person lives, comes from, or was found."),
    )
    nik = forms.CharField(
        label=gettext_lazy("NIK"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    mother = forms.CharField(label=gettext_lazy("Mother's name"), required=False, max_length=120)
    nameless = forms.BooleanField(
        label=gettext_lazy("Nobody knows the name"),
        required=False,
        help_text=gettext_lazy("For somebody who cannot or will not say who they are."),
    )

    groups_of_fields = (
        (gettext_lazy("Who is it?"), ("full_name", "called", "nameless", "sex")),
        (gettext_lazy("Age or birth"), BirthForm.BIRTH),
        (gettext_lazy("More that tells people apart"), ("place", "nik", "mother")),
    )

    def clean(self) -> dict[str, Any]:
        """There must be something to search for."""
        said = super().clean() or {}
        if not any(said.get(name) for name in ("full_name", "called", "nik", "nameless")):
            raise forms.ValidationError(
                _("Type a name or a NIK, or say that nobody knows the name.")
            )
        return said

    def record(self) -> Record:
        """The question for the identity engine."""
        said = self.cleaned_data
        return sought(
            name=said["full_name"],
            called=said["called"],
            sex=said["sex"],
            birth=self.birth(),
            place=said["place"],
            mother=said["mother"],
            numbers=[("nik", said["nik"])],
        )

    def remembered(self) -> dict[str, Any]:
        """What the form of the new entry takes over; travels signed."""
        return {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in self.cleaned_data.items()
            if value not in (None, "", False)
        }


class ListFilterForm(forms.Form):
    """The filters above the list; a value that cannot be is ignored, never an error page."""

    text = forms.CharField(
        label=gettext_lazy("Name, number or NIK"), required=False, max_length=120
    )
    place = region_field(gettext_lazy("Village or district"))
    status = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[ALL, *Person.Status.choices]
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"), required=False, choices=[ALL, *Person.Sex.choices]
    )
    band = forms.ChoiceField(
        label=gettext_lazy("Age"),
        required=False,
        choices=[ALL, *((band.code, band.code) for band in AGE_BANDS)],
    )
    kind = forms.TypedChoiceField(
        label=gettext_lazy("PPKS kind"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ALL,
            *((kind.code, kind.label) for kind in KINDS if kind.number in OPEN_KINDS),
        ],
    )
    section = forms.ChoiceField(
        label=gettext_lazy("Section of the kind"),
        required=False,
        choices=[ALL, *Section.Kind.choices],
    )

    def narrowed(self) -> PeopleFilter:
        """What the list shall show, from the parts that were understood."""
        self.is_valid()
        said = self.cleaned_data
        return PeopleFilter(
            text=said.get("text") or "",
            sex=said.get("sex") or "",
            status=said.get("status") or "",
            place=said.get("place") or "",
            kind=said.get("kind"),
            section=said.get("section") or "",
            band=said.get("band") or "",
        )
