"""Forms around the genogram and the ecomap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.cases.drawing.figures import Bond, Family, Figure, Place, Sign, Strength, Tie
from pulih.cases.drawing.store import FAMILY, FARTHEST, SURROUNDINGS

SIGN_CHOICES = (
    (Sign.MAN.value, _("Man")),
    (Sign.WOMAN.value, _("Woman")),
    (Sign.UNKNOWN.value, _("Not known")),
)
CHILD = "child"
NEW_BONDS = (
    (Bond.PARENT.value, _("is father or mother of")),
    (CHILD, _("is a child of")),
    (Bond.MARRIED.value, _("is married to")),
    (Bond.TOGETHER.value, _("lives together with")),
    (Bond.SEPARATED.value, _("lives apart from")),
    (Bond.DIVORCED.value, _("is divorced from")),
    (Bond.SIBLING.value, _("is brother or sister of")),
    (Bond.OTHER.value, _("belongs to the family of")),
)
STRENGTH_CHOICES = (
    (Strength.STRONG.value, _("Strong")),
    (Strength.PLAIN.value, _("Not judged yet")),
    (Strength.WEAK.value, _("Weak")),
    (Strength.STRESSED.value, _("Under stress")),
)


class TieForm(forms.Form):
    """Two people of the drawing, and what the first is to the second."""

    a = forms.ChoiceField(label=_("Who"))
    bond = forms.ChoiceField(label=_("What are they to each other"), choices=NEW_BONDS)
    b = forms.ChoiceField(label=_("To whom"))

    def __init__(self, *args: Any, family: Family, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "a", family)
        _offer(self, "b", family)

    def tie(self) -> Tie:
        """The facts for the action."""
        said = self.cleaned_data
        if said["bond"] == CHILD:
            return Tie(Bond.PARENT, said["b"], said["a"])
        return Tie(Bond(said["bond"]), said["a"], said["b"])


class FigureForm(forms.Form):
    """Somebody new in the drawing."""

    name = forms.CharField(label=_("Name, or what the person is called"), max_length=80)
    sign = forms.ChoiceField(label=_("Sex"), choices=SIGN_CHOICES, initial=Sign.UNKNOWN.value)
    age = forms.IntegerField(label=_("Age"), min_value=0, max_value=120, required=False)
    is_dead = forms.BooleanField(label=_("Has died"), required=False)
    bond = forms.ChoiceField(label=_("This person"), choices=NEW_BONDS)
    to = forms.ChoiceField(label=_("To whom"))

    def __init__(self, *args: Any, family: Family, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "to", family)

    def figure(self) -> Figure:
        """The new figure; its key is chosen by the action."""
        said = self.cleaned_data
        age = "" if said["age"] is None else str(said["age"])
        return Figure("", said["name"], sign=Sign(said["sign"]), age=age, is_dead=said["is_dead"])

    @property
    def is_child(self) -> bool:
        """Is the new one a child of the other?"""
        return bool(self.cleaned_data["bond"] == CHILD)

    def bond_of_new(self) -> Bond:
        """What joins the two."""
        return Bond.PARENT if self.is_child else Bond(self.cleaned_data["bond"])


class PlaceForm(forms.Form):
    """Something new in the surroundings."""

    name = forms.CharField(label=_("Who or what"), max_length=80)
    strength = forms.ChoiceField(
        label=_("How the tie is"), choices=STRENGTH_CHOICES, initial=Strength.PLAIN.value
    )


class StrengthForm(forms.Form):
    """How one tie to the surroundings is."""

    key = forms.ChoiceField(label=_("Who or what"))
    strength = forms.ChoiceField(label=_("How the tie is"), choices=STRENGTH_CHOICES)

    def __init__(self, *args: Any, places: Sequence[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["key"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(place.key, place.name) for place in places]


class MoveForm(forms.Form):
    """Where something was dragged to; sent by the page, not by a hand."""

    drawing = forms.ChoiceField(choices=[(FAMILY, FAMILY), (SURROUNDINGS, SURROUNDINGS)])
    key = forms.CharField(max_length=200)
    x = forms.FloatField(min_value=0, max_value=FARTHEST)
    y = forms.FloatField(min_value=0, max_value=FARTHEST)


def _offer(form: forms.Form, name: str, family: Family) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(figure.key, _named(figure)) for figure in family.figures]


def _named(figure: Figure) -> str:
    return f"{figure.name} · {figure.note}" if figure.note else figure.name
