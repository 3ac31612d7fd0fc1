"""The forms of a new entry: somebody known, and somebody whom nobody can name."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy

from pulih.people.drafts import (
    AddressDraft,
    ContactDraft,
    KinDraft,
    NameDraft,
    NumberDraft,
    PersonDraft,
    SignDraft,
)
from pulih.people.forms.parts import (
    UNKNOWN,
    BirthForm,
    day_field,
    region_field,
    sex_field,
)
from pulih.people.forms.portrait import photo_field
from pulih.people.models import Belonging, Identifier, Kinship, Mark, Person


class NewPersonForm(BirthForm):
    """Somebody with a name. Only the name is asked for; all else may come later."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=120,
        help_text=gettext_lazy("As on the papers, titles included; one word is enough."),
    )
    called = forms.CharField(label=gettext_lazy("Called"), required=False, max_length=120)
    sex = sex_field()
    birth_place = forms.CharField(label=gettext_lazy("Birth place"), required=False, max_length=80)
    religion = forms.ChoiceField(
        label=gettext_lazy("Religion"), required=False, choices=[UNKNOWN, *Person.Religion.choices]
    )
    nik = forms.CharField(
        label=gettext_lazy("NIK"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    kk = forms.CharField(
        label=gettext_lazy("Family card number (KK)"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    place = region_field(gettext_lazy("Village or district"))
    hamlet = forms.CharField(label=gettext_lazy("Hamlet (dusun)"), required=False, max_length=80)
    rt = forms.CharField(label=gettext_lazy("RT"), required=False, max_length=5)
    rw = forms.CharField(label=gettext_lazy("RW"), required=False, max_length=5)
    street = forms.CharField(label=gettext_lazy("Street"), required=False, max_length=200)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40)
    mother = forms.CharField(label=gettext_lazy("Mother's name"), required=False, max_length=120)
    father = forms.CharField(label=gettext_lazy("Father's name"), required=False, max_length=120)

    groups_of_fields = (
        (gettext_lazy("Name"), ("full_name", "called", "sex")),
        (gettext_lazy("Birth"), (*BirthForm.BIRTH, "birth_place", "religion")),
        (gettext_lazy("Numbers"), ("nik", "kk")),
        (gettext_lazy("Address and contact"), ("place", "hamlet", "rt", "rw", "street", "phone")),
        (gettext_lazy("Parents"), ("mother", "father")),
    )

    def draft(self) -> PersonDraft:
        """The entry that was typed."""
        said = self.cleaned_data
        address = AddressDraft(
            region_code=said["place"],
            hamlet=said["hamlet"],
            rt=said["rt"],
            rw=said["rw"],
            street=said["street"],
        )
        return PersonDraft(
            full_name=said["full_name"],
            sex=said["sex"],
            birth=self.birth(),
            birth_place=said["birth_place"],
            religion=said["religion"],
            names=_names(said["called"]),
            numbers=tuple(
                NumberDraft(said[kind], kind=kind)
                for kind in (Identifier.Kind.NIK, Identifier.Kind.KK)
                if said[kind]
            ),
            addresses=() if address == AddressDraft() else (address,),
            contacts=(ContactDraft(said["phone"]),) if said["phone"] else (),
            kin=tuple(
                KinDraft(said[relation], relation=relation)
                for relation in (Kinship.Relation.MOTHER, Kinship.Relation.FATHER)
                if said[relation]
            ),
        )


class UnknownPersonForm(BirthForm):
    """Somebody whom nobody can name: what is seen and heard, never an invented number."""

    called = forms.CharField(
        label=gettext_lazy("Answers to"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("What the person says or is called, even if it is uncertain."),
    )
    sex = sex_field(gettext_lazy("Sex, as observed"))
    found_on = day_field(gettext_lazy("Found on"))
    place = region_field(gettext_lazy("Found in (village or district)"))
    found_text = forms.CharField(
        label=gettext_lazy("Where and how"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The spot, who brought the person, the condition."),
    )
    language = forms.CharField(
        label=gettext_lazy("Language and accent"), required=False, max_length=120
    )
    marks = forms.CharField(
        label=gettext_lazy("Marks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Scars, tattoos, build, hair; one on each line."),
    )
    clothing = forms.CharField(
        label=gettext_lazy("Clothing"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One on each line."),
    )
    belongings = forms.CharField(
        label=gettext_lazy("Belongings"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Papers, bag, money, telephone; one on each line."),
    )

    photo = photo_field(
        help_text=gettext_lazy("Face and clothing; it helps the family to recognise the person.")
    )

    groups_of_fields = (
        (gettext_lazy("Found"), ("found_on", "place", "found_text")),
        (gettext_lazy("The person"), ("called", "sex", "age_from", "age_to", "language")),
        (gettext_lazy("What can be recognised"), ("marks", "clothing", "belongings", "photo")),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for name in ("birth_date", "birth_year"):
            del self.fields[name]

    def draft(self) -> PersonDraft:
        """The entry that was typed."""
        said = self.cleaned_data
        things = [SignDraft(text, kind=Belonging.Kind.CLOTHING) for text in _rows(said["clothing"])]
        things += [SignDraft(text, kind=Belonging.Kind.OTHER) for text in _rows(said["belongings"])]
        return PersonDraft(
            status=Person.Status.UNIDENTIFIED,
            sex=said["sex"],
            birth=self.birth(),
            names=_names(said["called"]),
            found_region=said["place"],
            found_text=said["found_text"],
            found_on=said["found_on"],
            language=said["language"],
            marks=tuple(SignDraft(text, kind=Mark.Kind.OTHER) for text in _rows(said["marks"])),
            belongings=tuple(things),
        )


def _names(called: str) -> tuple[NameDraft, ...]:
    return (NameDraft(called),) if called else ()


def _rows(text: str) -> Iterable[str]:
    return [row.strip() for row in text.splitlines() if row.strip()]
