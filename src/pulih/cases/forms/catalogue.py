"""A service of the catalogue as the office writes it: lines of text for lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, Unit
from pulih.cases.catalogue.entries import MOST_FIELDS
from pulih.cases.counter_facts import OfferWords
from pulih.cases.counter_rules import COUNTER_LETTERS
from pulih.cases.forms.reporting import kind_choices
from pulih.cases.models import ServiceOffer
from pulih.papers.letters import find_template
from pulih.ui.fields import long_text

OPTIONAL = "?"
KINDS = (
    ("", "—"),
    ("text", _("Text")),
    ("number", _("A number")),
    ("day", _("Day")),
    ("choice", _("Choice")),
)


class OfferForm(forms.Form):
    """Name, terms, papers, steps, letters and up to eight fields."""

    name = forms.CharField(label=_("Name of the service"), max_length=120)
    kind = forms.ChoiceField(label=_("How it begins"), choices=ServiceOffer.Kind.choices)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False,
        empty_label=_("The section as a whole"),
    )  # fmt: skip
    who_may_ask = long_text(label=_("Who may ask for it"), rows=2, max_length=500)
    result = long_text(label=_("What the client gets"), rows=2, max_length=500)
    promised_days = forms.IntegerField(
        label=_("Promised within (days)"), min_value=0, max_value=365, initial=0,
        help_text=_("0: on the same day."),
    )  # fmt: skip
    requirements = long_text(
        label=_("Papers"), rows=5, max_length=3000, required=False,
        help_text=_("One on each line; a line that ends with “?” is not needed."),
    )  # fmt: skip
    steps = long_text(
        label=_("Steps"), rows=4, max_length=3000, required=False, help_text=_("One on each line.")
    )
    letters = forms.MultipleChoiceField(
        label=_("Letters with which it may end"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    statement = long_text(
        label=_("What the letter states"), rows=3, max_length=1000, required=False,
        help_text=_("In Indonesian, as it shall stand in the letter."),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("What the letter is for, or asks"), max_length=200, required=False
    )
    addressed_to = forms.CharField(
        label=_("Who the letter goes to"), max_length=200, required=False
    )
    ppks_kind = forms.TypedChoiceField(
        label=_("Kind of PPKS, if it becomes a case"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, section: Section, units: Iterable[Unit], **opts: Any) -> None:
        super().__init__(*args, **opts)
        allowed = [unit.pk for unit in units]
        self.fields["unit"].queryset = section.units.filter(  # type: ignore[attr-defined]
            pk__in=allowed
        )
        self.fields["ppks_kind"].choices = kind_choices()  # type: ignore[attr-defined]
        self.fields["letters"].choices = [  # type: ignore[attr-defined]
            (code, find_template(code).name) for code in COUNTER_LETTERS
        ]
        for number in range(MOST_FIELDS):
            for name, field in _question_fields(number):
                self.fields[name] = field

    def questions(self) -> list[list[Any]]:
        """The bound fields of each extra question, for the template."""
        return [
            [self[name] for name, _field in _question_fields(number)]
            for number in range(MOST_FIELDS)
        ]

    def clean(self) -> dict[str, Any]:
        """A question has a kind, and a choice has something to choose from."""
        said: dict[str, Any] = super().clean() or {}
        for number in range(MOST_FIELDS):
            label, kind = said.get(f"label_{number}"), said.get(f"kind_{number}")
            if label and not kind:
                self.add_error(f"kind_{number}", ValidationError(_("Say what is answered.")))
            if label and kind == "choice" and len(_lines(said.get(f"choices_{number}", ""))) < 2:
                self.add_error(
                    f"choices_{number}", ValidationError(_("A choice has at least two lines."))
                )
        return said

    def words(self) -> OfferWords:
        """The service for the action."""
        said = self.cleaned_data
        questions = tuple(
            (
                said[f"label_{number}"],
                said[f"kind_{number}"],
                said[f"needed_{number}"],
                tuple(_lines(said[f"choices_{number}"])),
            )
            for number in range(MOST_FIELDS)
            if said[f"label_{number}"]
        )
        papers = tuple(
            (line.removesuffix(OPTIONAL).strip(), not line.endswith(OPTIONAL))
            for line in _lines(said["requirements"])
        )
        plain = (
            *("name", "kind", "who_may_ask", "result", "promised_days", "unit"),
            *("statement", "purpose", "addressed_to", "ppks_kind"),
        )
        return OfferWords(
            **{name: said[name] for name in plain},
            requirements=papers,
            fields=questions,
            steps=tuple(_lines(said["steps"])),
            letters=tuple(said["letters"]),
        )


def offer_initial(offer: ServiceOffer) -> dict[str, Any]:
    """What the form of a service that exists begins with."""
    plain = (
        *("name", "kind", "unit", "who_may_ask", "result", "promised_days", "letters"),
        *("statement", "purpose", "addressed_to", "ppks_kind"),
    )
    found: dict[str, Any] = {name: getattr(offer, name) for name in plain}
    found["requirements"] = "\n".join(
        paper["label"] + ("" if paper["needed"] else f" {OPTIONAL}") for paper in offer.requirements
    )
    found["steps"] = "\n".join(offer.steps)
    for number, field in enumerate(offer.fields[:MOST_FIELDS]):
        found[f"label_{number}"] = field["label"]
        found[f"kind_{number}"] = field["kind"]
        found[f"needed_{number}"] = field["needed"]
        found[f"choices_{number}"] = "\n".join(field.get("choices", ()))
    return found


def _question_fields(number: int) -> tuple[tuple[str, forms.Field], ...]:
    return (
        (
            f"label_{number}",
            forms.CharField(label=_("Question"), max_length=100, required=False),
        ),
        (
            f"kind_{number}",
            forms.ChoiceField(label=_("Answered by"), choices=KINDS, required=False),
        ),
        (f"needed_{number}", forms.BooleanField(label=_("Needed"), required=False)),
        (
            f"choices_{number}",
            long_text(label=_("Choices, one on each line"), rows=2, max_length=800, required=False),
        ),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
