"""Forms of a disposition: to whom, what, until when; the answer; what a letter becomes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office, Section, User
from pulih.access.policy import RecordClass
from pulih.common.clock import today
from pulih.desk.letter_facts import EventFacts, Handing, ReportFacts
from pulih.desk.models import Instruction
from pulih.inbox.actions import Slot
from pulih.people.codes import KINDS
from pulih.ui.widgets import DayInput

HANDING_FIELDS = {"R-DESK-42": "receivers", "R-DESK-43": "note"}
ANSWER_FIELDS = {"R-DESK-44": "answer"}
REPORT_FIELDS = {"R-CASE-4": "workers", "R-ACC-6": "workers"}
EVENT_FIELDS = {"R-DESK-45": "attendants", "R-INBOX-10": "ends_at"}

HELD = (
    ("", _("As the kind of PPKS asks for")),
    (RecordClass.RESTRICTED.value, _("Restricted: the section alone")),
    (RecordClass.SEALED.value, _("Sealed: only the people named")),
)


class ColleaguesField(forms.MultipleChoiceField):
    """Several colleagues out of those that are offered."""

    widget = forms.CheckboxSelectMultiple
    _offered: dict[str, User]

    def offer(self, users: Iterable[User]) -> None:
        """Set who can be chosen."""
        self._offered = {str(user.pk): user for user in users}
        self.choices = [(key, label_of(user)) for key, user in self._offered.items()]

    def clean(self, value: Any) -> Any:
        """The users of the keys."""
        keys = super().clean(value)
        if not set(keys) <= self._offered.keys():
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return tuple(self._offered[key] for key in keys)


def label_of(user: User) -> str:
    """A colleague with the position."""
    return f"{user.full_name} · {user.position}" if user.position else user.full_name


class HandingForm(forms.Form):
    """A disposition: to whom, with which words, until when."""

    receivers = ColleaguesField(
        label=_("To"), error_messages={"required": _("Choose to whom the letter is handed on.")}
    )
    instructions = forms.MultipleChoiceField(
        label=_("Instruction"),
        choices=Instruction.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = forms.DateField(label=_("Answer by"), required=False, widget=DayInput)

    def __init__(self, *args: Any, receivers: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["receivers"].offer(receivers)  # type: ignore[attr-defined]

    def handing(self) -> Handing:
        """The facts for the action."""
        said = self.cleaned_data
        return Handing(
            receivers=said["receivers"],
            instructions=tuple(said["instructions"]),
            note=said["note"],
            due_on=said["due_on"],
        )


class AnswerForm(forms.Form):
    """What was done, for whoever asked."""

    answer = forms.CharField(
        label=_("What was done or found"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReportTurnForm(forms.Form):
    """How a letter becomes a report, or an incoming referral; the rest stands in the letter."""

    section = forms.ModelChoiceField(
        label=_("Section"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("As the kind of PPKS asks for"),
    )
    ppks_kind = forms.TypedChoiceField(
        label=_("Kind of PPKS"), coerce=int, empty_value=None, required=False
    )
    urgent = forms.BooleanField(label=_("Urgent: today"), required=False)
    held = forms.ChoiceField(label=_("Who may see it"), choices=HELD, required=False)
    workers = ColleaguesField(
        label=_("Named besides the section head"),
        required=False,
        help_text=_("Only for a sealed report."),
    )
    answer_due_on = forms.DateField(
        label=_("Answer the institution by"), required=False, widget=DayInput
    )

    def __init__(
        self,
        *args: Any,
        office: Office,
        workers: Iterable[User],
        is_referral: bool = False,
        **opts: Any,
    ) -> None:
        super().__init__(*args, **opts)
        self.is_referral = is_referral
        if not is_referral:
            del self.fields["answer_due_on"]
        kinds = [("", _("Not known yet")), *((k.code, f"{k.code} · {k}") for k in KINDS)]
        self.fields["ppks_kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["section"].queryset = office.sections.all()  # type: ignore[attr-defined]
        self.fields["workers"].offer(workers)  # type: ignore[attr-defined]

    def facts(self) -> ReportFacts:
        """The facts for the action."""
        said = self.cleaned_data
        return ReportFacts(
            section=said["section"],
            ppks_kind=said["ppks_kind"],
            held=RecordClass(said["held"] or RecordClass.OPEN),
            workers=said["workers"],
            urgent=said["urgent"],
            is_referral=self.is_referral,
            answer_due_on=said.get("answer_due_on"),
        )


class EventTurnForm(forms.Form):
    """An appointment that the letter asks for."""

    title = forms.CharField(
        label=_("Title"), max_length=150, help_text=_("Without the name of a client.")
    )
    held_on = forms.DateField(label=_("Day"), widget=DayInput)
    starts_at = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    ends_at = forms.TimeField(
        label=_("until"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    attendants = ColleaguesField(
        label=_("Who goes there"), error_messages={"required": _("Choose who goes there.")}
    )

    def __init__(self, *args: Any, people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["attendants"].offer(people)  # type: ignore[attr-defined]

    def facts(self) -> EventFacts:
        """The facts for the action."""
        said = self.cleaned_data
        slot = Slot(said["held_on"], said["starts_at"], said["ends_at"], said["place"])
        return EventFacts(title=said["title"], slot=slot, attendants=said["attendants"])


class TaskTurnForm(forms.Form):
    """A task that the letter asks for."""

    title = forms.CharField(
        label=_("What is to be done"), max_length=150, help_text=_("Without the name of a client.")
    )
    to = forms.ChoiceField(label=_("Who does it"))
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DayInput, initial=today)

    def __init__(self, *args: Any, people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(user.pk): user for user in people}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (key, label_of(user)) for key, user in self._people.items()
        ]

    def receiver(self) -> User:
        """The colleague that was chosen."""
        return self._people[self.cleaned_data["to"]]
