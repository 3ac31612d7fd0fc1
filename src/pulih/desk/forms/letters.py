"""Forms of the agenda: a letter, its filters, and why it is secret or filed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.common.clock import today
from pulih.desk.letter_facts import LetterFacts, Scan
from pulih.desk.mail_queries import WantedLetters
from pulih.desk.models import IncomingLetter
from pulih.ui.widgets import DayInput

MOST_SCAN_BYTES = 21 * 1024 * 1024
"""A little more than a file may have, so that a larger one is seen to be so."""

FIELD_OF_RULE = {"R-DESK-40": "received_on", "R-DESK-41": "nature", "R-FILE-3": "scan"}
ANY = ("", _("All"))


class LetterForm(forms.Form):
    """What stands on the letter; only who sent it and what it is about are needed."""

    sender = forms.CharField(label=_("Sender"), max_length=160)
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=80, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=240)
    nature = forms.ChoiceField(
        label=_("Nature"),
        choices=IncomingLetter.Nature.choices,
        widget=forms.RadioSelect,
        initial=IncomingLetter.Nature.ORDINARY,
        help_text=_("A secret letter is seen only by you, the head of office and whoever gets it."),
    )
    dated_on = forms.DateField(label=_("Date of the letter"), required=False, widget=DayInput)
    received_on = forms.DateField(label=_("Received on"), widget=DayInput, initial=today)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence or two, for who does not open the scan."),
    )

    def facts(self) -> LetterFacts:
        """The facts for the action."""
        said = self.cleaned_data
        return LetterFacts(
            sender=said["sender"],
            subject=said["subject"],
            received_on=said["received_on"],
            nature=said["nature"],
            number=said["letter_number"],
            dated_on=said["dated_on"],
            summary=said["summary"],
        )


class NewLetterForm(LetterForm):
    """A letter that is written into the agenda, with its scan."""

    scan = forms.FileField(label=_("Scan of the letter"), required=False, max_length=255)

    def scanned(self) -> Scan | None:
        """The file that was chosen, if any."""
        file = self.cleaned_data.get("scan")
        return Scan(file.name, file.read(MOST_SCAN_BYTES)) if file else None


def values_of(letter: IncomingLetter) -> dict[str, Any]:
    """What the form of a letter shows at first."""
    return {
        "sender": letter.sender,
        "letter_number": letter.their_number,
        "subject": letter.subject,
        "nature": letter.nature,
        "dated_on": letter.dated_on,
        "received_on": letter.received_on,
        "summary": letter.summary,
    }


class LetterFilterForm(forms.Form):
    """The filters above the agenda; a value that cannot be is ignored."""

    text = forms.CharField(label=_("Subject or number"), required=False, max_length=80)
    sender = forms.CharField(label=_("Sender"), required=False, max_length=80)
    nature = forms.ChoiceField(
        label=_("Nature"), choices=[ANY, *IncomingLetter.Nature.choices], required=False
    )
    first = forms.DateField(label=_("Received from"), required=False, widget=DayInput)
    last = forms.DateField(label=_("until"), required=False, widget=DayInput)

    def wanted(self, state: str) -> WantedLetters:
        """What the list shall show, from the parts that were understood."""
        self.is_valid()
        said = self.cleaned_data
        return WantedLetters(
            state=state,
            nature=said.get("nature") or "",
            sender=(said.get("sender") or "").strip(),
            text=(said.get("text") or "").strip(),
            first=said.get("first"),
            last=said.get("last"),
        )


class ReasonForm(forms.Form):
    """Why a letter becomes secret, is filed, or a disposition is taken back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
