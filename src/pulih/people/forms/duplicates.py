"""Saying what two entries are, and joining them or parting them again."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy

from pulih.people.merge.fields import GROUPS
from pulih.people.models import Judgement

PREFIX = "take_"
WHY_ROWS = {"rows": 2}


class VerdictForm(forms.Form):
    """The same, not the same, or unsure; the button pressed is the verdict."""

    verdict = forms.ChoiceField(choices=Judgement.Verdict.choices)
    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=WHY_ROWS),
        help_text=gettext_lazy("What you know or were shown. It is kept with the verdict."),
    )


class MergeForm(forms.Form):
    """Why the two become one; whose facts stay is asked fact by fact."""

    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=WHY_ROWS),
    )


class UndoForm(forms.Form):
    """Why a merge is taken back."""

    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs=WHY_ROWS)
    )


def choices_in(data: Mapping[str, object]) -> dict[str, str]:
    """Whose fact stays, by the key of the fact, from what was sent."""
    sent = {group.key: data.get(f"{PREFIX}{group.key}") for group in GROUPS}
    return {key: str(value) for key, value in sent.items() if value in ("kept", "other")}
