"""Opening one case by name for a time, and the second word on a name in a sealed record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.access.policy import RecordClass
from pulih.cases.forms.days import DayField
from pulih.cases.forms.staff import StaffField
from pulih.cases.intake_facts import GrantFacts
from pulih.common.clock import today

CLOSER = {
    RecordClass.RESTRICTED: _("Restricted: the team and the section head"),
    RecordClass.SEALED: _("Sealed: only the people named"),
}

FIELD_OF_RULE = {
    "R-CASE-331": "valid_until",
    "R-CASE-332": "supervisor",
    "R-CASE-320": "user",
    "R-ACC-6": "purpose",
}


class GrantForm(forms.Form):
    """Who reads the case, under whose eyes, between which days, and what for."""

    user = StaffField(label=_("Who may read the case"))
    supervisor = StaffField(
        label=_("Who of the team guides"),
        required=False,
        help_text=_("Needed for a student. Off the team, the grant opens nothing."),
    )
    purpose = forms.CharField(label=_("What for"), max_length=200)
    valid_from = DayField(label=_("From"), initial=today)
    valid_until = DayField(label=_("Until"), help_text=_("The last day, a year at most."))

    def __init__(
        self, *args: Any, readers: Iterable[User], team: Iterable[User], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["user"].offer(readers)  # type: ignore[attr-defined]
        self.fields["supervisor"].offer(team)  # type: ignore[attr-defined]

    def facts(self) -> GrantFacts:
        """The facts for the action."""
        return GrantFacts(**self.cleaned_data)


class EndGrantForm(forms.Form):
    """Why somebody reads no longer."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class RefuseNameForm(forms.Form):
    """Why somebody may not know."""

    reason = forms.CharField(label=_("Why not"), max_length=300)


class HoldCloserForm(forms.Form):
    """How closely a case is held from now on, and why."""

    held = forms.ChoiceField(label=_("Who may see it from now on"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, above: RecordClass, **options: Any) -> None:
        super().__init__(*args, **options)
        closer = [code for code in CLOSER if code is not above]
        self.fields["held"].choices = [  # type: ignore[attr-defined]
            (code.value, CLOSER[code]) for code in closer
        ]

    def clean_held(self) -> RecordClass:
        """The class of a code."""
        return RecordClass(self.cleaned_data["held"])
