"""Small forms of a case: notes, conferences, goal ratings, the way back of a stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.cases.facts import Level
from pulih.cases.forms.days import DayField, PastDayField
from pulih.cases.models import Goal
from pulih.inbox.actions import When
from pulih.inbox.models import Task
from pulih.ui.fields import long_text

SCALE = range(-2, 3)


def signed(level: int) -> str:
    """A level as the scale writes it: −2, 0, +2."""
    return f"{level:+d}".replace("-", "−") if level else "0"


class NoteForm(forms.Form):
    """A note in two parts."""

    on = PastDayField(label=_("Day"))
    shared = long_text(label=_("For every reader of the case"), rows=4, required=False)
    private = long_text(label=_("For the team alone"), rows=3, required=False)

    def __init__(self, *args: Any, on_team: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not on_team:
            del self.fields["private"]
            self.fields["shared"].required = True

    def clean(self) -> dict[str, Any]:
        """One part at least is written."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("shared") and not said.get("private") and "shared" not in self.errors:
            self.add_error("shared", _("Write at least one part of the note."))
        return said


class AskForm(forms.Form):
    """A task on the case for somebody of the team."""

    title = forms.CharField(
        label=_("What is to be done"),
        max_length=200,
        help_text=_("Without the client's name; the task says the number of the case."),
    )
    to = forms.ModelChoiceField(label=_("Who does it"), queryset=User.objects.none())
    due_on = DayField(label=_("Due on"), required=False)
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        coerce=lambda value: Task.Priority(int(value)),
        choices=Task.Priority.choices,
        initial=Task.Priority.NORMAL,
    )
    recurrence = forms.ChoiceField(
        label=_("Returns"),
        choices=[choice for choice in Task.Recurrence.choices if choice[0] != "every"],
        initial=Task.Recurrence.NONE,
    )
    body = long_text(label=_("More about it"), rows=3, required=False)

    def __init__(self, *args: Any, team: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=[member.pk for member in team]
        )

    def when(self) -> When:
        """Due date, priority and how often."""
        said = self.cleaned_data
        return When(said["due_on"], said["priority"], Task.Recurrence(said["recurrence"]))


class ConferenceForm(forms.Form):
    """Minutes of a case conference."""

    on = PastDayField(label=_("Held on"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    present = long_text(label=_("Who took part"), rows=2)
    minutes = long_text(label=_("Minutes"), rows=6)
    decisions = long_text(label=_("Decisions"), rows=3)


class RatingForm(forms.Form):
    """A level for each goal of the approved plan, with the anchors beside it."""

    on = PastDayField(label=_("Rated on"))

    def __init__(self, *args: Any, goals: Sequence[Goal], **options: Any) -> None:
        super().__init__(*args, **options)
        self._goals = list(goals)
        for goal in self._goals:
            self.fields[f"level_{goal.pk}"] = forms.TypedChoiceField(
                label=goal.text,
                choices=[
                    (str(level), f"{signed(level)} · {text}")
                    for level, text in zip(SCALE, goal.anchors, strict=True)
                ],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{goal.pk}"] = forms.CharField(
                label=_("A word on it"), max_length=500, required=False
            )

    def clean(self) -> dict[str, Any]:
        """One goal at least is rated."""
        said: dict[str, Any] = super().clean() or {}
        if self._goals and not self.errors and not self.levels():
            self.add_error(f"level_{self._goals[0].pk}", _("Rate at least one goal."))
        return said

    def rows(self) -> list[dict[str, Any]]:
        """Each goal with its two fields and the level it had last, for the page."""
        rows = []
        for goal in self._goals:
            last = next(reversed(goal.ratings.all()), None)
            rows.append(
                {
                    "goal": goal,
                    "level": self[f"level_{goal.pk}"],
                    "note": self[f"note_{goal.pk}"],
                    "last": last,
                    "last_level": signed(last.level) if last else "",
                }
            )
        return rows

    def levels(self) -> dict[UUID, Level]:
        """The goals that were rated."""
        said = self.cleaned_data
        return {
            goal.pk: Level(said[f"level_{goal.pk}"], said.get(f"note_{goal.pk}") or "")
            for goal in self._goals
            if said.get(f"level_{goal.pk}") is not None
        }
