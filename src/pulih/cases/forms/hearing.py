"""The client rates the goals: a face and plain words for each level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pulih.cases.facts import Level
from pulih.cases.forms.days import PastDayField
from pulih.cases.models import ClientRating, Goal

FACES: dict[int, tuple[Promise, str]] = {
    -2: (_("Not at all yet"), "M9 24Q16 14 23 24"),
    -1: (_("A little"), "M9 23Q16 18 23 23"),
    0: (_("As I hoped"), "M9 21H23"),
    1: (_("Better than I hoped"), "M9 20Q16 25 23 20"),
    2: (_("Much better than I hoped"), "M8 18Q16 30 24 18Z"),
}
"""The words of each level, and the mouth of its face."""


@dataclass(frozen=True, slots=True)
class Face:
    """One choice as the page draws it."""

    id: str
    name: str
    value: int
    words: str | Promise
    mouth: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One goal with its faces."""

    goal: Goal
    faces: list[Face]
    words: forms.BoundField
    errors: Any


class HearingForm(forms.Form):
    """How far the client finds each goal reached."""

    on = PastDayField(label=_("Day"))
    mode = forms.ChoiceField(
        label=_("Who answers"),
        choices=ClientRating.Mode.choices,
        initial=ClientRating.Mode.CLIENT,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, goals: Sequence[Goal], **options: Any) -> None:
        super().__init__(*args, **options)
        self._goals = goals
        for goal in goals:
            self.fields[f"level_{goal.pk}"] = forms.TypedChoiceField(
                choices=[(level, words) for level, (words, _mouth) in FACES.items()],
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.fields[f"words_{goal.pk}"] = forms.CharField(
                label=_("In the client's own words"), max_length=500, required=False
            )

    def asked(self) -> Iterator[Asked]:
        """Each goal with its five faces, for the page."""
        for goal in self._goals:
            name = f"level_{goal.pk}"
            value = str(self[name].value())
            faces = [
                Face(f"id_{name}_{level}", name, level, words, mouth, value == str(level))
                for level, (words, mouth) in FACES.items()
            ]
            yield Asked(goal, faces, self[f"words_{goal.pk}"], self[name].errors)

    def levels(self) -> dict[UUID, Level]:
        """The goals that were rated."""
        said = self.cleaned_data
        return {
            goal.pk: Level(said[f"level_{goal.pk}"], said.get(f"words_{goal.pk}") or "")
            for goal in self._goals
            if said.get(f"level_{goal.pk}") is not None
        }
