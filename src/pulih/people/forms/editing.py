"""The forms that change the facts on an entry."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from pulih.people.drafts import Facts
from pulih.people.forms.parts import (
    UNKNOWN,
    BirthForm,
    Groups,
    birth_initial,
    day_field,
    region_field,
    sex_field,
)
from pulih.people.models import Person


class FactsForm(BirthForm):
    """All facts on the entry itself."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), required=False, max_length=120)
    sex = sex_field()
    birth_place = forms.CharField(label=gettext_lazy("Birth place"), required=False, max_length=80)
    religion = forms.ChoiceField(
        label=gettext_lazy("Religion"), required=False, choices=[UNKNOWN, *Person.Religion.choices]
    )
    nationality = forms.CharField(
        label=gettext_lazy("Nationality"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Only when it is not Indonesian."),
    )
    language = forms.CharField(
        label=gettext_lazy("Language and accent"), required=False, max_length=120
    )
    found_on = day_field(gettext_lazy("Found on"))
    found_region = region_field(gettext_lazy("Found in (village or district)"))
    found_text = forms.CharField(
        label=gettext_lazy("Where and how"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    groups_of_fields: ClassVar[Groups] = (
        (gettext_lazy("Name"), ("full_name", "sex")),
        (gettext_lazy("Birth"), (*BirthForm.BIRTH, "birth_place")),
        (gettext_lazy("More"), ("religion", "nationality", "language")),
        (gettext_lazy("Found"), ("found_on", "found_region", "found_text")),
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self._person = person
        self.initial = {**initial_of(person), **self.initial}
        if not person.temporary_code:
            for name in ("found_on", "found_region", "found_text", "language"):
                del self.fields[name]

    def facts(self) -> Facts:
        """The facts as they shall be; an estimate that did not change keeps its day."""
        said = self.cleaned_data
        unchanged = not {"age_from", "age_to"} & set(self.changed_data)
        person = self._person
        return Facts(
            full_name=said["full_name"],
            sex=said["sex"],
            birth=self.birth(person.estimated_on if unchanged else None),
            birth_place=said["birth_place"],
            religion=said["religion"],
            nationality=said["nationality"],
            language=said.get("language", person.language),
            found_region=said.get("found_region", person.found_in_id or ""),
            found_text=said.get("found_text", str(person.found_text)),
            found_on=said.get("found_on", person.found_on),
        )


class IdentifyForm(FactsForm):
    """The name of somebody who had none, and how it was found out."""

    how = forms.CharField(
        label=gettext_lazy("How was it confirmed, and by whom?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Fingerprint at Dukcapil, family, a paper; with name and day."),
    )

    groups_of_fields: ClassVar[Groups] = (
        *FactsForm.groups_of_fields[:3],
        (gettext_lazy("Confirmation"), ("how",)),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["full_name"].required = True
        for name in ("found_on", "found_region", "found_text"):
            self.fields.pop(name, None)


class DeathForm(forms.Form):
    """That somebody has died, since when, and who says so."""

    died_on = day_field(gettext_lazy("Died on"))
    source = forms.CharField(label=gettext_lazy("Who says so, or which paper?"), max_length=200)


def initial_of(person: Person) -> dict[str, Any]:
    """What the form shows of an entry."""
    return {
        "full_name": person.own_name,
        "sex": person.sex,
        "birth_place": person.birth_place,
        "religion": person.religion,
        "nationality": person.nationality,
        "language": person.language,
        "found_on": person.found_on,
        "found_region": person.found_in_id or "",
        "found_text": str(person.found_text),
        **birth_initial(person.birth),
    }
