"""The forms of the counter: who is it, somebody new, the visit itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jejak.birth import BirthDate
from pulih.access.models import Activity
from pulih.access.programme_queries import label_of
from pulih.cases.catalogue import in_english
from pulih.cases.counter_facts import Visit
from pulih.cases.models import CounterService, ServiceOffer
from pulih.common.clock import today
from pulih.papers.letters import find_template
from pulih.people.drafts import AddressDraft, ContactDraft, NumberDraft, PersonDraft
from pulih.people.models import Person
from pulih.people.queries.regions import get_place
from pulih.ui.widgets import DayInput, Picker

OLDEST = 125
NIK_DIGITS = 16
ANSWER = "jawab-"


def place_name(code: Any) -> str:
    """A place with the one above it, for a field that shows what is chosen."""
    place = get_place(str(code)) if code else None
    if place is None:
        return str(code or "")
    return f"{place.name}, {place.parent.name}" if place.parent else place.name


def _age_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Age"), required=False, min_value=0, max_value=OLDEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


def _place_field() -> forms.CharField:
    return forms.CharField(
        label=_("Village or district"),
        max_length=13,
        required=False,
        widget=Picker("people:region_search", place_name),
    )


class FindForm(forms.Form):
    """Who stands at the counter: name or NIK, and one or two things that tell people apart."""

    who = forms.CharField(
        label=_("Name or NIK"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
    )
    age = _age_field()
    place = _place_field()

    @property
    def nik(self) -> str:
        """The NIK, where digits were typed."""
        digits = "".join(sign for sign in self.cleaned_data["who"] if sign.isdigit())
        return digits if len(digits) >= NIK_DIGITS - 2 else ""

    @property
    def name(self) -> str:
        """The name, where no NIK was typed."""
        return "" if self.nik else str(self.cleaned_data["who"]).strip()

    def birth(self) -> BirthDate | None:
        """The age that was said, as an estimate of today."""
        return _birth_of_age(self.cleaned_data["age"])

    def remembered(self) -> dict[str, Any]:
        """What registering takes over; travels signed."""
        said = {
            "full_name": self.name,
            "nik": self.nik,
            "age": self.cleaned_data["age"],
            "place": self.cleaned_data["place"],
        }
        return {name: value for name, value in said.items() if value not in (None, "")}


class NewcomerForm(forms.Form):
    """Somebody who is not in the registry: only the name is needed."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", _("Not known")), *Person.Sex.choices]
    )
    birth_date = forms.DateField(label=_("Birth date"), required=False, widget=DayInput())
    age = _age_field()
    nik = forms.CharField(
        label=_("NIK"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    place = _place_field()
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def clean_birth_date(self) -> dt.date | None:
        """Nobody is born in the future."""
        born: dt.date | None = self.cleaned_data["birth_date"]
        if born is not None and not today().year - OLDEST <= born.year <= today().year:
            raise ValidationError(_("This year cannot be a birth year."))
        if born is not None and born > today():
            raise ValidationError(_("This day has not come yet."))
        return born

    def draft(self) -> PersonDraft:
        """The entry that was typed."""
        said = self.cleaned_data
        born = said["birth_date"]
        return PersonDraft(
            full_name=said["full_name"],
            sex=said["sex"],
            birth=BirthDate.exact(born) if born else _birth_of_age(said["age"]),
            numbers=(NumberDraft(said["nik"]),) if said["nik"] else (),
            addresses=(AddressDraft(region_code=said["place"]),) if said["place"] else (),
            contacts=(ContactDraft(said["phone"]),) if said["phone"] else (),
        )


class TermsForm(forms.Form):
    """What a service asks for: papers to tick and its own few fields; also on a later visit."""

    brought = forms.MultipleChoiceField(
        label=_("Papers shown"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        papers: list[dict[str, Any]],
        questions: list[dict[str, Any]],
        strict: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.questions = questions
        self.fields["brought"].choices = [  # type: ignore[attr-defined]
            (paper["key"], _paper_label(paper)) for paper in papers
        ]
        if not papers:
            del self.fields["brought"]
        for question in questions:
            self.fields[ANSWER + question["key"]] = _field_of(question, strict=strict)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, as text, by the key of the question."""
        said = {}
        for question in self.questions:
            value = self.cleaned_data.get(ANSWER + question["key"])
            if value not in (None, ""):
                said[question["key"]] = (
                    value.isoformat() if isinstance(value, dt.date) else str(value)
                )
        return said

    @property
    def brought_keys(self) -> frozenset[str]:
        """The keys of the papers that were ticked."""
        return frozenset(self.cleaned_data.get("brought", ()))


class VisitForm(TermsForm):
    """One visit: papers, answers, a note, and the letters that go along."""

    letters = forms.MultipleChoiceField(
        label=_("Print now"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    activity = forms.ChoiceField(
        label=_("Activity of the work programme"),
        required=False,
        help_text=_("Only where the service counts for a target."),
    )

    def __init__(
        self,
        *args: Any,
        offer: ServiceOffer,
        activities: Sequence[Activity] = (),
        **options: Any,
    ) -> None:
        super().__init__(
            *args, papers=offer.requirements, questions=offer.fields, strict=True, **options
        )
        self.offer = offer
        self._activities = {str(activity.pk): activity for activity in activities}
        self.fields["activity"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((key, label_of(activity)) for key, activity in self._activities.items()),
        ]
        if not activities:
            del self.fields["activity"]
        names = [(code, find_template(code).name) for code in offer.letters]
        self.fields["letters"].choices = names  # type: ignore[attr-defined]
        # What takes days ends today with a receipt; what is done at once, with its letter.
        self.fields["letters"].initial = (
            offer.letters[:1] if offer.promised_days else offer.letters[-1:]
        )
        if not names:
            del self.fields["letters"]
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])

    def visit(self, person: Person) -> Visit:
        """The visit for the action."""
        return Visit(
            person=person,
            offer=self.offer,
            brought=self.brought_keys,
            answers=self.answers,
            note=self.cleaned_data["note"],
            activity=self._activities.get(self.cleaned_data.get("activity") or ""),
        )


def later_form(service: CounterService, data: Any = None) -> TermsForm:
    """The form of a later visit: what was shown and answered before is filled in."""
    questions = [
        {**question, "value": answer["value"]}
        for answer in service.answers or ()
        for question in service.offer.fields
        if question["key"] == answer["key"]
    ]
    initial: dict[str, Any] = {
        ANSWER + question["key"]: question["value"] for question in questions
    }
    initial["brought"] = [paper["key"] for paper in service.brought]
    return TermsForm(data, papers=service.requirements, questions=questions, initial=initial)


def _birth_of_age(age: int | None) -> BirthDate | None:
    return None if age is None else BirthDate.estimated(age, age, on=today())


def _paper_label(paper: dict[str, Any]) -> str:
    label = in_english(paper["label"])
    if paper["needed"]:
        return label
    return gettext("%(paper)s (if there is one)") % {"paper": label}


def _field_of(question: dict[str, Any], *, strict: bool) -> forms.Field:
    common: dict[str, Any] = {
        "label": in_english(question["label"]),
        "required": strict and bool(question["needed"]),
    }
    if question["kind"] == "number":
        return forms.IntegerField(
            min_value=0, widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **common
        )
    if question["kind"] == "day":
        return forms.DateField(widget=DayInput(), **common)
    if question["kind"] == "choice":
        choices = [("", "—"), *((text, in_english(text)) for text in question["choices"])]
        return forms.ChoiceField(choices=choices, **common)
    return forms.CharField(max_length=200, **common)


class ReasonForm(forms.Form):
    """Why a service is cancelled."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class QueueForm(forms.Form):
    """Which queue, and what for where somebody says so."""

    letter = forms.CharField(max_length=1)
    offer = forms.CharField(max_length=40, required=False)
