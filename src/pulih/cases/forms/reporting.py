"""Forms of incoming reports: writing one down, and deciding on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office, Section, Unit, User
from pulih.access.policy import RecordClass
from pulih.cases.forms.days import PastDayField
from pulih.cases.forms.staff import StaffListField
from pulih.cases.intake_facts import Received
from pulih.cases.models import Report
from pulih.common.clock import today
from pulih.people.codes import KINDS
from pulih.people.models import Person
from pulih.people.queries.regions import get_place
from pulih.ui.fields import long_text
from pulih.ui.widgets import Picker

FIELD_OF_RULE = {
    "R-CASE-3": "description",
    "R-CASE-4": "workers",
    "R-CASE-5": "outcome",
    "R-CASE-7": "earlier",
    "R-CASE-50": "received_on",
    "R-ACC-6": "workers",
}

HELD = (
    ("", _("As the kind of PPKS asks for")),
    (RecordClass.RESTRICTED.value, _("Restricted: the section alone")),
    (RecordClass.SEALED.value, _("Sealed: only the people named")),
)
NOON = dt.time(12)


def kind_choices() -> list[tuple[str, Any]]:
    """The 26 kinds with their numbers, after an empty choice."""
    return [("", _("Not known yet")), *((k.code, f"{k.code} · {k}") for k in KINDS)]


class ReportForm(forms.Form):
    """What somebody told: short, because they stand at the counter."""

    channel = forms.ChoiceField(label=_("How it came"), choices=Report.Channel.choices)
    about = forms.CharField(
        label=_("Who it is about"),
        max_length=300,
        required=False,
        help_text=_("Name, sex, age, what stands out; as it was told."),
    )
    description = long_text(label=_("What happened, what is needed"), rows=4)
    village = forms.CharField(
        label=_("Village or district"),
        max_length=13,
        required=False,
        widget=Picker("people:region_search", lambda code: place_name(str(code))),
    )
    place = forms.CharField(label=_("Where the person is"), max_length=200, required=False)
    urgent = forms.BooleanField(label=_("Urgent: today"), required=False)
    danger = forms.CharField(
        label=_("Signs of danger"),
        max_length=500,
        required=False,
        help_text=_("Violence, weapon, illness, a child alone, thoughts of suicide."),
    )
    ppks_kind = forms.TypedChoiceField(
        label=_("Kind of PPKS"), coerce=int, empty_value=None, required=False
    )
    section = forms.ModelChoiceField(
        label=_("Section"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("As the kind of PPKS asks for"),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("The section head decides"),
    )
    reporter_name = forms.CharField(label=_("Reporter"), max_length=120, required=False)
    reporter_contact = forms.CharField(
        label=_("How to reach the reporter"), max_length=120, required=False
    )
    reporter_protected = forms.BooleanField(
        label=_("The reporter asks not to be named"), required=False
    )
    received_on = PastDayField(label=_("Received on"))
    held = forms.ChoiceField(
        label=_("Who may see it"),
        choices=HELD,
        required=False,
        help_text=_(
            "Sexual violence against a child and trafficking are sealed: you keep the number, "
            "the named people do the rest."
        ),
    )
    workers = StaffListField(
        label=_("Named besides the section head"),
        required=False,
        help_text=_("Only for a sealed report."),
    )

    def __init__(self, *args: Any, office: Office, workers: Iterable[User], **opts: Any) -> None:
        super().__init__(*args, **opts)
        self.fields["ppks_kind"].choices = kind_choices()  # type: ignore[attr-defined]
        self.fields["section"].queryset = office.sections.all()  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(  # type: ignore[attr-defined]
            section__office=office, closed_on=None
        )
        self.fields["workers"].offer(workers)  # type: ignore[attr-defined]

    def clean_village(self) -> str:
        """A place that the registry knows, by its code."""
        code: str = self.cleaned_data["village"]
        if code and get_place(code) is None:
            raise ValidationError(_("Choose a place from the list."))
        return code

    def facts(self, person: Person | None) -> Received:
        """The facts for the action."""
        said = self.cleaned_data
        return Received(
            channel=said["channel"],
            description=said["description"],
            section=said["section"],
            unit=said["unit"],
            ppks_kind=said["ppks_kind"],
            about=said["about"],
            place=said["place"],
            village_code=said["village"],
            urgent=said["urgent"],
            danger=said["danger"],
            reporter_name=said["reporter_name"],
            reporter_contact=said["reporter_contact"],
            reporter_protected=said["reporter_protected"],
            held=RecordClass(said["held"] or RecordClass.OPEN),
            workers=said["workers"],
            person=person,
            received_at=_moment(said["received_on"]),
        )


class AnswerForm(forms.Form):
    """A report is answered without a case."""

    outcome = long_text(label=_("What was answered or done, and why no case is needed"), rows=3)


class ForwardForm(forms.Form):
    """A report goes to another section, or to somebody outside."""

    section = forms.ModelChoiceField(
        label=_("To"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("Outside this office"),
    )
    to = forms.CharField(
        label=_("Office or institution"),
        max_length=120,
        required=False,
        help_text=_("When it goes outside."),
    )
    outcome = long_text(label=_("Why, and how it was passed on"), rows=2)

    def __init__(self, *args: Any, report: Report, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Section.objects.filter(office=report.office_id).exclude(pk=report.section_id)
        self.fields["section"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Inside or outside, one of them."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("section") and not said.get("to"):
            self.add_error("to", _("Say to whom the report is forwarded."))
        return said


class RepeatForm(forms.Form):
    """A report is about the same matter as an earlier one."""

    earlier = forms.CharField(label=_("Number of the earlier report"), max_length=20)
    outcome = long_text(label=_("What is new in this one"), rows=2)


def place_name(code: str) -> str:
    """A place with the one above it, for people."""
    place = get_place(code) if code else None
    if place is None:
        return code
    return f"{place.name}, {place.parent.name}" if place.parent else place.name


def _moment(day: dt.date) -> dt.datetime | None:
    """A past day as a moment; today is now."""
    if day >= today():
        return None
    return timezone.make_aware(dt.datetime.combine(day, NOON))
