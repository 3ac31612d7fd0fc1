"""Forms of what the office sets for its letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, User
from pulih.papers import patterns
from pulih.papers.facts import HeadFacts, SeriesFacts, SignatoryFacts
from pulih.papers.models import Signatory
from pulih.ui.widgets import DayInput


class LetterheadForm(forms.Form):
    """The head of every letter."""

    government = forms.CharField(
        label=_("Government"),
        max_length=120,
        required=False,
        help_text=_("The first line, such as Pemerintah Kabupaten Ngawi."),
    )
    name = forms.CharField(label=_("Name of the office"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    contact = forms.CharField(label=_("Phone, e-mail, site"), max_length=200, required=False)
    place = forms.CharField(
        label=_("Place before the date"),
        max_length=60,
        required=False,
        help_text=_("Such as Ngawi: it stands before the date of the letter."),
    )
    code = forms.CharField(
        label=_("Code of the office"),
        max_length=30,
        required=False,
        help_text=_("It stands in the number of letters, where the pattern has {kantor}."),
    )
    site_url = forms.URLField(
        label=_("Address of Pulih"),
        max_length=120,
        required=False,
        assume_scheme="https",
        help_text=_("Letters name it, so that anybody can check them: https://pulih.example."),
    )

    def facts(self) -> HeadFacts:
        """What was said."""
        return HeadFacts(**self.cleaned_data)


class SeriesForm(forms.Form):
    """How a series is numbered."""

    pattern = forms.CharField(label=_("Pattern"), max_length=120)
    padding = forms.IntegerField(
        label=_("Digits"),
        min_value=1,
        max_value=patterns.MAX_PADDING,
        help_text=_("3 digits: 007."),
    )
    start = forms.IntegerField(
        label=_("First number"),
        min_value=1,
        max_value=999_999,
        help_text=_("For an office that counted elsewhere before; it never goes back."),
    )
    yearly = forms.BooleanField(label=_("Begins again every year"), required=False)

    def facts(self) -> SeriesFacts:
        """What was said."""
        return SeriesFacts(**self.cleaned_data)


class SignatoryForm(forms.Form):
    """Who signs."""

    name = forms.CharField(label=_("Name with titles"), max_length=120)
    nip = forms.CharField(label=_("NIP"), max_length=30, required=False)
    rank = forms.CharField(
        label=_("Rank and grade"),
        max_length=80,
        required=False,
        help_text=_("Such as Pembina (IV/a)."),
    )
    capacity = forms.ChoiceField(label=_("Capacity"), choices=Signatory.Capacity.choices)
    post = forms.CharField(
        label=_("Post that is signed for"),
        max_length=120,
        help_text=_("Such as Kepala Dinas Sosial Kabupaten Ngawi."),
    )
    own_post = forms.CharField(
        label=_("Own post"),
        max_length=120,
        required=False,
        help_text=_("Needed on behalf of the head: Kepala Bidang Rehabilitasi Sosial."),
    )
    section = forms.ModelChoiceField(
        label=_("Only for letters of"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("The whole office"),
    )
    decree = forms.CharField(label=_("Number of the decree"), max_length=80, required=False)
    valid_from = forms.DateField(label=_("Signs from"), widget=DayInput())
    valid_until = forms.DateField(label=_("Until"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        sections = Section.objects.filter(office=user.office_id)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]

    def facts(self) -> SignatoryFacts:
        """What was said."""
        return SignatoryFacts(**self.cleaned_data)
