"""Forms of the work programme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Activity, Section, Unit, User
from pulih.access.programme_facts import ActivityFacts, ProgrammeFacts

PROGRAMME_FIELDS = {"R-ACC-61": "name"}
ACTIVITY_FIELDS = {"R-ACC-62": "name"}
MOST_TARGET, MOST_RUPIAH = 1_000_000, 10**12


class ProgrammeForm(forms.Form):
    """A programme, as the budget document names it."""

    name = forms.CharField(label=_("Name of the programme"), max_length=200)
    code = forms.CharField(
        label=_("Budget code"), max_length=40, required=False, help_text=_("Such as 1.06.04.")
    )


class NewProgrammeForm(ProgrammeForm):
    """A new programme of a section and a year."""

    section = forms.ModelChoiceField(label=_("Section"), queryset=Section.objects.none())
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, sections: Iterable[Section], **options: Any) -> None:
        super().__init__(*args, **options)
        keys = [section.pk for section in sections]
        self.fields["section"].queryset = (  # type: ignore[attr-defined]
            Section.objects.filter(pk__in=keys)
        )

    def facts(self) -> ProgrammeFacts:
        """The facts for the action."""
        said = self.cleaned_data
        return ProgrammeFacts(said["section"], said["year"], said["name"], said["code"])


class ActivityForm(forms.Form):
    """A line of the programme; only its name is needed."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(label=_("Budget code"), max_length=40, required=False)
    target = forms.IntegerField(
        label=_("Target"), required=False, min_value=0, max_value=MOST_TARGET
    )
    measure = forms.ChoiceField(label=_("Unit of measure"), choices=Activity.Measure.choices)
    budget = forms.IntegerField(
        label=_("Budget (rupiah)"),
        required=False,
        min_value=0,
        max_value=MOST_RUPIAH,
        help_text=_("Whole rupiah, without points."),
    )
    months = forms.TypedMultipleChoiceField(
        label=_("Planned in"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label="—"
    )
    owner = forms.ModelChoiceField(
        label=_("Who is responsible"), queryset=User.objects.none(), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, section: Section, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["months"].choices = list(dates.MONTHS.items())  # type: ignore[attr-defined]
        self.fields["unit"].queryset = section.units.all()  # type: ignore[attr-defined]
        self.fields["owner"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            office=section.office_id, is_active=True, grants__section=section
        ).distinct()

    def facts(self) -> ActivityFacts:
        """The facts for the action."""
        said = self.cleaned_data
        return ActivityFacts(
            name=said["name"],
            code=said["code"],
            target=said["target"],
            measure=said["measure"],
            months=tuple(said["months"]),
            unit=said["unit"],
            owner=said["owner"],
            budget=said["budget"],
        )


def values_of(activity: Activity) -> dict[str, Any]:
    """What the form of an activity shows at first."""
    names = ("name", "code", "target", "measure", "budget", "months", "unit", "owner")
    return {name: getattr(activity, name) for name in names}
