"""Forms of the needs list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.cases.facts import Needed
from pulih.cases.forms.days import DayField
from pulih.cases.forms.staff import StaffField
from pulih.cases.models import Need
from pulih.cases.usual_needs import UsualNeed
from pulih.ui.fields import long_text

FIELD_OF_RULE = {"R-CASE-101": "owner", "R-CASE-102": "why"}


class NeedForm(forms.Form):
    """One need."""

    kind = forms.ChoiceField(label=_("What is lacking"), choices=[("", "—"), *Need.Kind.choices])
    text = forms.CharField(label=_("What exactly"), max_length=200, required=False)
    helper = forms.CharField(
        label=_("Which institution helps with it"),
        max_length=120,
        required=False,
        help_text=_("Such as a puskesmas, a school, the civil registry."),
    )
    owner = StaffField(label=_("Who sees to it"), required=False)
    due_on = DayField(label=_("Until when"), required=False)

    def __init__(self, *args: Any, team: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        owner = self.fields["owner"]
        if isinstance(owner, StaffField):
            owner.offer(team)

    @classmethod
    def initial_of(cls, need: Need) -> dict[str, Any]:
        """The fields of a need that is changed."""
        return {
            "kind": need.kind,
            "text": need.text,
            "helper": need.helper,
            "owner": need.owner_id,
            "due_on": need.due_on,
        }

    def needed(self) -> Needed:
        """The facts for the action."""
        return Needed(**self.cleaned_data)


class UsualNeedsForm(forms.Form):
    """What the kind of the case usually asks for, all ticked until somebody unticks it."""

    chosen = forms.MultipleChoiceField(
        label=_("Usual for this kind of case"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, offered: Sequence[UsualNeed], owner: User | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._offered = {need.code: need for need in offered}
        self._owner = owner
        chosen = self.fields["chosen"]
        if isinstance(chosen, forms.MultipleChoiceField):
            chosen.choices = [
                (key, f"{need.kind.label}: {need.text}") for key, need in self._offered.items()
            ]
            chosen.initial = list(self._offered)

    def needed(self) -> list[Needed]:
        """The facts for the action; whoever takes them over sees to them."""
        chosen = [self._offered[key] for key in self.cleaned_data["chosen"]]
        return [Needed(need.kind, text=str(need.text), owner=self._owner) for need in chosen]


class UnmetForm(forms.Form):
    """Why a need cannot be met."""

    why = long_text(label=_("Why can it not be met?"), rows=3, max_length=1000)
