"""Forms of basis, assessment and measurement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.cases.forms.days import PastDayField
from pulih.cases.instrument_rules import PSYCHOSIS
from pulih.cases.instruments import Instrument
from pulih.cases.intake_facts import Answers, Findings, Grounds
from pulih.cases.models import Basis, Measurement
from pulih.cases.scorers import WORK
from pulih.ui.fields import long_text

BASIS_FIELD_OF_RULE = {"R-CASE-18": "note", "R-CASE-19": "kind", "R-CASE-50": "on"}
WITHDRAW_FIELD_OF_RULE = {"R-CASE-19": "on", "R-CASE-50": "on"}
ASSESS_FIELD_OF_RULE = {"R-CASE-20": "problems", "R-CASE-50": "assessed_on"}
MEASURE_FIELD_OF_RULE = {
    "R-CASE-21": "mode",
    "R-CASE-22": "note",
    "R-CASE-62": "method",
    "R-CASE-50": "on",
}
NOT_JUDGED = "none"


class BasisForm(forms.Form):
    """Consent, or a basis in law."""

    kind = forms.ChoiceField(label=_("Basis"), choices=Basis.Kind.choices, widget=forms.RadioSelect)
    on = PastDayField(label=_("Since"))
    given_by = forms.CharField(
        label=_("Who consented, and as what"),
        max_length=160,
        required=False,
        help_text=_("For a consent: the client, the mother, the guardian."),
    )
    note = long_text(
        label=_("Ground"),
        rows=2,
        required=False,
        help_text=_("For a basis in law: which duty, which danger, which order."),
    )

    def clean(self) -> dict[str, Any]:
        """A consent has somebody who gave it, a basis in law has a ground."""
        said: dict[str, Any] = super().clean() or {}
        consent = said.get("kind") in {Basis.Kind.CLIENT, Basis.Kind.GUARDIAN}
        if consent and not said.get("given_by"):
            self.add_error("given_by", _("Say who gave the consent, and as what."))
        if said.get("kind") and not consent and not said.get("note"):
            self.add_error(
                "note", _("A basis in law needs its ground: which duty, danger or order.")
            )
        return said

    def grounds(self) -> Grounds:
        """The facts for the action."""
        said = self.cleaned_data
        return Grounds(said["kind"], said["on"], said["given_by"], said["note"])


class WithdrawForm(forms.Form):
    """A basis holds no more."""

    on = PastDayField(label=_("Withdrawn on"))
    note = long_text(label=_("Who withdrew it, and what was said"), rows=2)


class AssessmentForm(forms.Form):
    """The bio-psycho-social-spiritual assessment."""

    assessed_on = PastDayField(label=_("Assessed on"))
    biological = long_text(
        label=_("Biological"),
        required=False,
        help_text=_("Health, nutrition, sleep, disability, medicine, substances."),
    )
    psychological = long_text(
        label=_("Psychological"),
        required=False,
        help_text=_("Mood, thinking, behaviour, trauma, coping, will to change."),
    )
    social = long_text(
        label=_("Social"),
        required=False,
        help_text=_("Home, school or work, income, friends, papers, dealings with the law."),
    )
    spiritual = long_text(
        label=_("Spiritual"),
        required=False,
        help_text=_("Faith and worship, what gives hope and meaning."),
    )
    family = long_text(
        label=_("Family"),
        required=False,
        help_text=_("Who there is, who cares, conflicts, who decides, who can take the person in."),
    )
    environment = long_text(
        label=_("Environment"),
        required=False,
        help_text=_(
            "Neighbours, village, services within reach, what endangers and what protects."
        ),
    )
    strengths = long_text(
        label=_("Strengths and resources"),
        required=False,
        help_text=_("What the person and those around them can do already."),
    )
    problems = long_text(
        label=_("Problem list"), rows=5, help_text=_("One problem a line, the most pressing first.")
    )

    acute_psychosis = forms.BooleanField(
        label=_("Signs of an acute psychosis now"),
        required=False,
        help_text=_("Some instruments are then left until treatment has helped."),
    )

    def findings(self) -> Findings:
        """The facts for the action."""
        said = dict(self.cleaned_data)
        signs = (PSYCHOSIS,) if said.pop("acute_psychosis") else ()
        return Findings(**said, signs=signs)


class MeasureForm(forms.Form):
    """One level for each question of an instrument, with the words of each level beside it."""

    on = PastDayField(label=_("Measured on"))
    mode = forms.ChoiceField(
        label=_("How it was judged"),
        choices=Measurement.Mode.choices,
        initial=Measurement.Mode.OBSERVER,
    )
    note = long_text(
        label=_("Note"),
        rows=2,
        required=False,
        help_text=_("Needed when a domain could not be judged: why."),
    )

    def __init__(self, *args: Any, instrument: Instrument, **options: Any) -> None:
        super().__init__(*args, **options)
        self._domains = [domain.code for domain in instrument.domains]
        self._method = "method" if instrument.methods else ""
        self._work = [one.code for one in instrument.domains if one.part == WORK]
        if self._method:
            self.fields["method"] = forms.ChoiceField(
                label=_("How it is scored"),
                choices=[(one.code, str(one)) for one in instrument.methods],
            )
        if self._work:
            self.fields["works"] = forms.BooleanField(
                label=_("The client works or goes to school"), required=False, initial=True
            )
        for domain in instrument.domains:
            levels = [
                (str(number), f"{level.code} · {level}")
                for number, level in enumerate(domain.levels)
            ]
            self.fields[domain.code] = forms.ChoiceField(
                label=str(domain),
                help_text=str(domain.looks_at),
                choices=[*levels, (NOT_JUDGED, _("Could not be judged"))],
                widget=forms.RadioSelect,
                required=domain.code not in self._work,
            )
        self.order_fields(["on", "mode", "method", "works", *self._domains, "note"])

    def clean(self) -> dict[str, Any]:
        """What is left out is explained; questions on work only where there is work."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("works"):
            for code in self._work:
                if not said.get(code) and code not in self.errors:
                    self.add_error(code, _("This field is required."))
        if NOT_JUDGED in said.values() and not said.get("note"):
            self.add_error(
                "note", _("Say why a domain could not be judged; without it there is no total.")
            )
        return said

    def answers(self) -> Answers:
        """The facts for the action."""
        said = self.cleaned_data
        levels = {
            code: None if said[code] in {NOT_JUDGED, ""} else int(said[code])
            for code in self._domains
        }
        return Answers(
            levels,
            said["on"],
            said["mode"],
            said["note"],
            method=said.get("method", ""),
            works=bool(said["works"]) if self._work else True,
        )
