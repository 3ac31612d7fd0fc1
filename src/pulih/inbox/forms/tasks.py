"""What is asked of a user about a task."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.inbox.models import Task

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
"""A date outside is a slip of the keyboard, such as the year 0206."""


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A date, picked in the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def words_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=2000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TaskForm(forms.Form):
    """A task of one's own."""

    title = forms.CharField(
        label=_("What is to be done"),
        max_length=200,
        help_text=_("Without a client's name; a number is enough."),
    )
    body = words_field(_("More about it"), required=False)
    due_on = day_field(_("Due on"), required=False)
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        coerce=int,
        choices=Task.Priority.choices,
        initial=Task.Priority.NORMAL,
    )
    recurrence = forms.ChoiceField(
        label=_("Returns"), choices=Task.Recurrence.choices, initial=Task.Recurrence.NONE
    )
    every_days = forms.IntegerField(
        label=_("Every how many days"),
        required=False,
        min_value=1,
        max_value=366,
        help_text=_("Only for “Every few days”."),
    )


class CompleteForm(forms.Form):
    """What came of a task."""

    outcome = words_field(_("Outcome"), required=False)


class SnoozeForm(forms.Form):
    """Until when, and why."""

    until = day_field(_("Put off until"))
    reason = words_field(_("Reason"))

    def __init__(self, *args: Any, today: dt.date, **values: Any) -> None:
        super().__init__(*args, **values)
        tomorrow = today + dt.timedelta(days=1)
        self.fields["until"].widget.attrs["min"] = tomorrow.isoformat()


class ReassignForm(forms.Form):
    """To whom, and why."""

    to: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Hand over to"), queryset=User.objects.none(), empty_label=_("Choose a colleague")
    )
    reason = words_field(_("Reason"), required=False)

    def __init__(self, *args: Any, receivers: QuerySet[User], **values: Any) -> None:
        super().__init__(*args, **values)
        # The declared field is the form's own copy, which mypy knows only as a Field.
        cast("forms.ModelChoiceField[User]", self.fields["to"]).queryset = receivers


class WaitForm(forms.Form):
    """Whose answer is awaited."""

    on = forms.CharField(label=_("Waiting for"), max_length=200)


class BlockForm(forms.Form):
    """What keeps a task from being done."""

    reason = words_field(_("What blocks it, and who can change that"))
