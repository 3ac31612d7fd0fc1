"""Forms of the end of a case, the follow-up after it, and opening it again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.cases.facts import REOPEN_TO, Ending, Visit
from pulih.cases.forms.days import DayField, PastDayField, hours_field
from pulih.cases.models import Closure, FollowUp
from pulih.cases.stages import Stage
from pulih.common.clock import today
from pulih.ui.fields import long_text

USUAL_FOLLOW_UP = (30, 90, 180)
"""Days after the end on which the office usually asks how it goes."""

FOLLOW_UPS = ("first_on", "second_on", "third_on")


def proposed(number: int) -> dt.date:
    """The usual day of a follow-up, counted from today."""
    return today() + dt.timedelta(days=USUAL_FOLLOW_UP[number])


class ClosureForm(forms.Form):
    """Why and how a case ends, and when it is looked at again."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "—"), *Closure.Reason.choices])
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "—"), *Closure.Outcome.choices])
    evidence = long_text(label=_("What shows it"), rows=4)
    on = PastDayField(label=_("Ended on"))
    first_on = DayField(label=_("First follow-up"), required=False, initial=lambda: proposed(0))
    second_on = DayField(label=_("Second follow-up"), required=False, initial=lambda: proposed(1))
    third_on = DayField(label=_("Third follow-up"), required=False, initial=lambda: proposed(2))

    def clean(self) -> dict[str, Any]:
        """A follow-up comes after the end."""
        said: dict[str, Any] = super().clean() or {}
        end = said.get("on")
        for name in FOLLOW_UPS:
            if end and said.get(name) and said[name] <= end:
                self.add_error(name, _("A follow-up comes after the end of the case."))
        return said

    def ending(self) -> Ending:
        """The facts for the action."""
        said = self.cleaned_data
        return Ending(
            reason=said["reason"],
            outcome=said["outcome"],
            evidence=said["evidence"],
            on=said["on"],
            follow_up_on=tuple(sorted(said[name] for name in FOLLOW_UPS if said.get(name))),
        )


class FollowUpForm(forms.Form):
    """What a visit or call after the end found."""

    on = PastDayField(label=_("Day"))
    mode = forms.ChoiceField(label=_("How"), choices=FollowUp.Mode.choices)
    condition = forms.ChoiceField(
        label=_("Condition"), choices=FollowUp.Condition.choices, widget=forms.RadioSelect
    )
    findings = long_text(label=_("What was found"), rows=4)
    hours = hours_field(
        required=False,
        help_text=_("With hours it also counts as a service of kind J, follow-up guidance."),
    )
    next_on = DayField(label=_("Next follow-up"), required=False)

    def clean(self) -> dict[str, Any]:
        """The next one comes after this one."""
        said: dict[str, Any] = super().clean() or {}
        day, later = said.get("on"), said.get("next_on")
        if day and later and later <= day:
            self.add_error("next_on", _("The next follow-up comes after this one."))
        return said

    def visit(self) -> Visit:
        """The facts for the action."""
        return Visit(**{name: self.cleaned_data[name] for name in self.fields})


class ReopenForm(forms.Form):
    """Why an ended case is opened again, and where it goes on."""

    to = forms.TypedChoiceField(
        label=_("It goes on in"),
        choices=[(int(stage), stage.label) for stage in Stage if stage in REOPEN_TO],
        coerce=lambda value: Stage(int(value)),
        widget=forms.RadioSelect,
    )
    reason = long_text(label=_("Reason"), rows=3)
