"""Forms of services asked for, given and dropped, and of group sessions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Activity, Section, User
from pulih.access.programme_queries import label_of
from pulih.cases.facts import Given, SessionFacts
from pulih.cases.forms.days import PastDayField, hours_field
from pulih.cases.forms.details import DetailsForm
from pulih.cases.models import Case, PlannedService, ServiceRecord
from pulih.people.codes import ATENSI, SERVICE_KINDS
from pulih.ui.fields import long_text

FIELD_OF_RULE = {
    "R-CASE-30": "hours",
    "R-CASE-31": "on",
    "R-CASE-32": "on",
    "R-CASE-50": "on",
    "R-ACC-64": "activity",
}


def kind_choices() -> list[tuple[str, str]]:
    """A to K with their names, the letter first, as the office says them."""
    return [("", "—"), *((entry.code, f"{entry.code} · {entry}") for entry in SERVICE_KINDS)]


class _Given(forms.Form):
    """What every record of a given service holds."""

    on = PastDayField(label=_("Day"))
    hours = hours_field(initial=Decimal(1))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    activity = forms.ChoiceField(
        label=_("Activity of the work programme"),
        required=False,
        help_text=_("Only where the service counts for a target."),
    )

    def __init__(self, *args: Any, activities: Sequence[Activity] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self._activities = {str(activity.pk): activity for activity in activities}
        if not activities:
            # Nothing is asked for that the office does not use.
            del self.fields["activity"]
            return
        self.fields["activity"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((key, label_of(activity)) for key, activity in self._activities.items()),
        ]

    def given(self, kind: str, details: DetailsForm | None = None) -> Given:
        """The facts for the action; `details` is the valid short form of the kind."""
        said = self.cleaned_data
        return Given(
            kind=kind,
            on=said["on"],
            hours=said["hours"],
            place=said["place"],
            result=said.get("result", ""),
            provider=said.get("provider"),
            atensi=said.get("atensi"),
            details=details.answers() if details else None,
            activity=self._activities.get(said.get("activity") or ""),
        )


class GivenForm(_Given):
    """A request is fulfilled: its kind is known already."""

    result = long_text(label=_("Result"), rows=3, required=False)


class _FromPlan(forms.Form):
    """A service of the plan is chosen, or a kind outside it."""

    planned = forms.ChoiceField(label=_("From the plan"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of service"),
        required=False,
        help_text=_("Leave it empty when you chose a service of the plan."),
    )

    def __init__(self, *args: Any, planned: Sequence[PlannedService], **options: Any) -> None:
        super().__init__(*args, **options)
        self._planned = {str(service.pk): service for service in planned}
        self.fields["planned"].choices = planned_choices(planned)  # type: ignore[attr-defined]
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        if not planned:
            del self.fields["planned"]
            self.fields["kind"].required = True
            self.fields["kind"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Take the kind from the plan, or ask for one."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("kind") and not said.get("planned") and "kind" not in self.errors:
            self.add_error("kind", _("Choose the kind, or a service of the plan."))
        return said

    def chosen(self) -> PlannedService | None:
        """The planned service that was chosen, if any."""
        return self._planned.get(self.cleaned_data.get("planned") or "")

    def chosen_kind(self) -> str:
        """The kind of the planned service, or the one that was chosen."""
        planned = self.chosen()
        return planned.kind if planned else str(self.cleaned_data["kind"])


class ServiceForm(_FromPlan, _Given):
    """A service was given, from the plan or outside it."""

    provider = forms.ModelChoiceField(
        label=_("Given by"), queryset=User.objects.none(), required=False, empty_label=_("Me")
    )
    result = long_text(label=_("Result"), rows=3, required=False)
    atensi = forms.TypedChoiceField(
        label=_("ATENSI component"), coerce=int, empty_value=None, required=False
    )
    field_order = (
        "planned",
        "kind",
        "on",
        "hours",
        "place",
        "provider",
        "result",
        "atensi",
        "activity",
    )

    def __init__(self, *args: Any, team: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["atensi"].choices = [("", "—"), *ATENSI.choices()]  # type: ignore[attr-defined]
        self.fields["provider"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=[member.pk for member in team]
        )


class RequestForm(_FromPlan):
    """A service is asked for."""

    on = PastDayField(label=_("Asked on"))
    text = long_text(label=_("What is asked for"), rows=3, required=False)


class DropForm(forms.Form):
    """A service that was asked for will not be given."""

    state = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            (ServiceRecord.State.DECLINED, ServiceRecord.State.DECLINED.label),
            (ServiceRecord.State.CANCELLED, ServiceRecord.State.CANCELLED.label),
        ],
        widget=forms.RadioSelect,
    )
    on = PastDayField(label=_("Day"))
    reason = long_text(label=_("Reason"), rows=2)


class SessionForm(_Given):
    """A group session and who took part."""

    kind = forms.ChoiceField(label=_("Kind of service"))
    topic = forms.CharField(label=_("Topic"), max_length=120)
    section = forms.ModelChoiceField(label=_("Section"), queryset=Section.objects.none())
    cases = forms.MultipleChoiceField(
        label=_("Who took part"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who took part.")},
    )
    result = long_text(label=_("Result for all"), rows=2, required=False)
    note = long_text(label=_("Note on the session"), rows=2, required=False)
    field_order = (
        "topic",
        "kind",
        "on",
        "hours",
        "place",
        "section",
        "cases",
        "result",
        "note",
        "activity",
    )

    def __init__(self, *args: Any, sections: Any, cases: Sequence[Case], **options: Any) -> None:
        super().__init__(*args, **options)
        self._cases: dict[UUID, Case] = {case.pk: case for case in cases}
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            (str(case.pk), f"{case.person.name} · {case.number}") for case in cases
        ]

    def facts(self) -> SessionFacts:
        """Topic, section and note for the action."""
        said = self.cleaned_data
        return SessionFacts(topic=said["topic"], section=said["section"], note=said["note"])

    def participants(self) -> list[Case]:
        """The cases that were chosen."""
        return [self._cases[UUID(key)] for key in self.cleaned_data["cases"]]


def planned_choices(planned: Sequence[PlannedService]) -> list[tuple[str, str]]:
    """The services of the plan, as words."""
    words = [
        (str(service.pk), f"{service.kind} · {service.text or SERVICE_KINDS.label(service.kind)}")
        for service in planned
    ]
    return [("", str(_("Not from the plan"))), *words]
