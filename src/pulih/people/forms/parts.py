"""Parts that several forms of the registry share: birth, place, groups of fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jejak.birth import BirthDate, Precision
from pulih.common.clock import today
from pulih.people.models import Person, Region
from pulih.ui.widgets import DayInput, Picker

if TYPE_CHECKING:
    # The lazy text of the type stubs, which exists for the type checker only.
    from django.utils.functional import _StrPromise

Word: TypeAlias = "str | _StrPromise"
Groups: TypeAlias = "Sequence[tuple[Word, Sequence[str]]]"

OLDEST = 125
SEX = gettext_lazy("Sex")
UNKNOWN = ("", gettext_lazy("Not known"))


def region_name(code: Any) -> str:
    """The name of a place with its district, for a field that shows what is chosen."""
    region = Region.objects.select_related("parent").filter(pk=str(code)).first()
    if region is None:
        return str(code)
    above = region.parent
    return f"{region.name}, {above.name}" if above else region.name


def region_field(label: Word, help_text: Word = "") -> forms.CharField:
    """A place, picked by any part of its name; holds the code."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=13,
        widget=Picker("people:region_search", region_name),
        help_text=help_text,
    )


def day_field(label: Word, *, required: bool = False, **options: Any) -> forms.DateField:
    """A day, by the browser's own calendar."""
    return forms.DateField(label=label, required=required, widget=DayInput, **options)


class GroupedForm(forms.Form):
    """A form that is drawn in titled groups; fields in no group come first."""

    groups_of_fields: ClassVar[Groups] = ()

    def groups(self) -> list[tuple[Word, list[BoundField]]]:
        """Title and fields of each group, for the template."""
        grouped = {name for _title, names in self.groups_of_fields for name in names}
        rest = [
            self[name] for name in self.fields if name not in grouped and not self[name].is_hidden
        ]
        parts = [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in self.groups_of_fields
        ]
        return [("", rest), *parts] if rest else parts


class BirthForm(GroupedForm):
    """A birth by whichever is known: the date, the year, or an estimated age."""

    birth_date = day_field(gettext_lazy("Birth date"))
    birth_year = forms.IntegerField(
        label=gettext_lazy("Birth year"),
        required=False,
        help_text=gettext_lazy("When only the year is known."),
    )
    age_from = forms.IntegerField(
        label=gettext_lazy("Age, from"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        help_text=gettext_lazy("When nobody knows: how old the person looks or says to be."),
    )
    age_to = forms.IntegerField(
        label=gettext_lazy("to"), required=False, min_value=0, max_value=OLDEST
    )

    BIRTH: ClassVar[Sequence[str]] = ("birth_date", "birth_year", "age_from", "age_to")

    def clean_birth_date(self) -> dt.date | None:
        """A birth does not lie in the future."""
        born: dt.date | None = self.cleaned_data["birth_date"]
        if born and not today().year - OLDEST <= born.year <= today().year:
            raise forms.ValidationError(_("This year cannot be a birth year."))
        if born and born > today():
            raise forms.ValidationError(_("The birth date lies in the future."))
        return born

    def clean_birth_year(self) -> int | None:
        """A year in which somebody alive may have been born."""
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and not today().year - OLDEST <= year <= today().year:
            raise forms.ValidationError(_("This year cannot be a birth year."))
        return year

    def clean_age_to(self) -> int | None:
        """The higher age is not the lower one."""
        lowest, highest = self.cleaned_data.get("age_from"), self.cleaned_data["age_to"]
        if lowest is not None and highest is not None and highest < lowest:
            raise forms.ValidationError(_("The second age is not lower than the first."))
        return highest  # type: ignore[no-any-return]

    def birth(self, estimated_on: dt.date | None = None) -> BirthDate | None:
        """The birth as the most exact of what was typed.

        Args:
            estimated_on: the day of an estimate that was made earlier and did not change.
        """
        said = self.cleaned_data
        if said.get("birth_date"):
            return BirthDate.exact(said["birth_date"])
        if said.get("birth_year") is not None:
            return BirthDate.year(said["birth_year"])
        ages = [age for age in (said.get("age_from"), said.get("age_to")) if age is not None]
        if not ages:
            return None
        return BirthDate.estimated(min(ages), max(ages), on=estimated_on or today())


def birth_initial(birth: BirthDate | None) -> dict[str, Any]:
    """What the birth fields show for a birth that is on record."""
    if birth is None:
        return {}
    if birth.precision is Precision.EXACT:
        return {"birth_date": birth.earliest}
    if birth.precision is Precision.YEAR:
        return {"birth_year": birth.earliest.year}
    lowest, highest = birth.age_on(birth.estimated_on or today())
    return {"age_from": lowest, "age_to": highest}


def sex_field(label: Word = SEX) -> forms.ChoiceField:
    """Male, female, or not known."""
    return forms.ChoiceField(label=label, required=False, choices=[UNKNOWN, *Person.Sex.choices])
