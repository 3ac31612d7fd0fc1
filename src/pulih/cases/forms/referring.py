"""Forms of referrals: what is asked, when it is sent, what is answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, Unit, User
from pulih.cases.facts import USUAL_REFERRAL_DAYS, Asked, Reply
from pulih.cases.forms.days import DayField, PastDayField
from pulih.cases.intake_facts import NewCase
from pulih.cases.models import Case, Referral
from pulih.common.clock import today
from pulih.ui.fields import long_text

ANSWERS = [
    (Referral.State.ACCEPTED, _("Accepted: the client may come")),
    (Referral.State.FULL, _("Full until a date")),
    (Referral.State.REFUSED, _("Refused")),
]


class ReferralForm(forms.Form):
    """Who is asked, for what, and what the letter tells."""

    target = forms.ChoiceField(label=_("Referred to"), choices=Referral.Target.choices)
    to_section = forms.ModelChoiceField(
        label=_("Section"),
        queryset=Section.objects.none(),
        required=False,
        help_text=_("Only for a section of this office."),
    )
    to_name = forms.CharField(
        label=_("Name of the institution or office"), max_length=120, required=False
    )
    to_contact = forms.CharField(label=_("Address or contact"), max_length=200, required=False)
    purpose = long_text(label=_("What is asked"), rows=3)
    names_client = forms.BooleanField(
        label=_("The letter carries the client's name"),
        required=False,
        help_text=_("Without it the letter carries only the number of the referral."),
    )
    told = long_text(
        label=_("What the letter tells of the client"),
        rows=4,
        required=False,
        help_text=_("Only what the other side needs for its answer. Nothing else leaves the case."),
    )

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to_section"].queryset = Section.objects.filter(  # type: ignore[attr-defined]
            office=case.office_id
        ).exclude(pk=case.section_id)

    def clean(self) -> dict[str, Any]:
        """Ask for the section, or for the name of the institution."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("target") == Referral.Target.SECTION:
            if said.get("to_section") is None and "to_section" not in self.errors:
                self.add_error("to_section", _("Choose the section that is asked."))
        elif not said.get("to_name"):
            self.add_error("to_name", _("Name the institution or office that is asked."))
        return said

    def asked(self) -> Asked:
        """The facts for the action."""
        return Asked(**{name: self.cleaned_data[name] for name in self.base_fields})


class SendForm(forms.Form):
    """When it is sent and by when an answer is due."""

    on = PastDayField(label=_("Sent on"))
    due_on = DayField(
        label=_("Answer due by"), initial=lambda: today() + dt.timedelta(days=USUAL_REFERRAL_DAYS)
    )


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = long_text(label=_("Reason"), rows=2)


class InsideAnswerForm(forms.Form):
    """The answer of a section head."""

    state = forms.ChoiceField(label=_("Answer"), choices=ANSWERS, widget=forms.RadioSelect)
    full_until = DayField(label=_("Full until"), required=False)
    note = long_text(label=_("Note"), rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        """A “full” names the day until which it holds."""
        said: dict[str, Any] = super().clean() or {}
        until = said.get("full_until")
        if said.get("state") == Referral.State.FULL and "full_until" not in self.errors:
            if until is None:
                self.add_error("full_until", _("Say until which day you are full."))
            elif until < today():
                self.add_error("full_until", _("This day has passed."))
        return said

    def reply(self) -> Reply:
        """The answer for the action."""
        said = self.cleaned_data
        return Reply(
            state=said["state"],
            name=said.get("name", ""),
            office=said.get("office", ""),
            note=said["note"],
            full_until=said.get("full_until"),
        )


class OutsideAnswerForm(InsideAnswerForm):
    """The answer by the link of a letter: it says who gives it."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    office = forms.CharField(label=_("Your office and position"), max_length=120)


class OwnCaseForm(forms.Form):
    """A case of the receiving section."""

    problem = long_text(label=_("The matter in a sentence"), rows=2, max_length=500)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False)
    lead = forms.ModelChoiceField(label=_("Lead"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, section: Section, workers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._section = section
        self.fields["unit"].queryset = section.units.all()  # type: ignore[attr-defined]
        self.fields["lead"].queryset = workers  # type: ignore[attr-defined]

    def facts(self, *, ppks_kind: int | None) -> NewCase:
        """What the case starts with; the kind is that of the case it comes from."""
        return NewCase(section=self._section, ppks_kind=ppks_kind, **self.cleaned_data)
