"""Opening a case, and who works on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office, Section, Unit, User
from pulih.access.policy import RecordClass
from pulih.cases.forms.days import PastDayField
from pulih.cases.forms.reporting import kind_choices
from pulih.cases.forms.staff import StaffField, StaffListField
from pulih.cases.intake_facts import NewCase
from pulih.ui.fields import long_text

FIELD_OF_RULE = {
    "R-CASE-10": "problem",
    "R-CASE-11": "held",
    "R-CASE-13": "anyway",
    "R-CASE-15": "lead",
    "R-CASE-50": "opened_on",
}
TEAM_FIELD_OF_RULE = {
    "R-CASE-14": "user",
    "R-CASE-15": "user",
    "R-CASE-16": "reason",
    "R-CASE-17": "reason",
    "R-CASE-50": "on",
    "R-ACC-6": "purpose",
}

HELD = (
    ("", _("As the kind of PPKS asks for")),
    (RecordClass.OPEN.value, _("Open to the office")),
    (RecordClass.RESTRICTED.value, _("Restricted: the team and the section head")),
    (RecordClass.SEALED.value, _("Sealed: only the people named")),
)


class OpeningForm(forms.Form):
    """What a case starts with."""

    problem = long_text(label=_("The matter in a sentence"), rows=2, max_length=500, required=True)
    ppks_kind = forms.TypedChoiceField(
        label=_("Kind of PPKS"), coerce=int, empty_value=None, required=False
    )
    section = forms.ModelChoiceField(label=_("Section"), queryset=Section.objects.none())
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label="—"
    )
    lead = StaffField(label=_("Who leads it"), required=False)
    team = StaffListField(label=_("Who else is on the team"), required=False)
    held = forms.ChoiceField(label=_("Who may see it"), choices=HELD, required=False)
    looser_because = forms.CharField(
        label=_("Why less closely than the kind asks for"),
        max_length=300,
        required=False,
        help_text=_("Only the section head decides this."),
    )
    opened_on = PastDayField(label=_("Opened on"))
    anyway = forms.BooleanField(
        label=_("Open one more case beside the running one"), required=False
    )

    def __init__(
        self, *args: Any, office: Office, workers: Iterable[User], running: bool, **opts: Any
    ) -> None:
        super().__init__(*args, **opts)
        self.fields["ppks_kind"].choices = kind_choices()  # type: ignore[attr-defined]
        self.fields["section"].queryset = office.sections.all()  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(  # type: ignore[attr-defined]
            section__office=office, closed_on=None
        )
        staff = list(workers)
        self.fields["lead"].offer(staff, empty=_("The section head decides"))  # type: ignore[attr-defined]
        self.fields["team"].offer(staff)  # type: ignore[attr-defined]
        if running:
            self.fields["anyway"].required = True
        else:
            del self.fields["anyway"]

    def clean(self) -> dict[str, Any]:
        """A unit belongs to its section."""
        said: dict[str, Any] = super().clean() or {}
        unit, section = said.get("unit"), said.get("section")
        if unit and section and unit.section_id != section.pk:
            self.add_error("unit", _("This unit belongs to another section."))
        return said

    def facts(self) -> NewCase:
        """The facts for the action."""
        said = self.cleaned_data
        return NewCase(
            section=said["section"],
            problem=said["problem"],
            ppks_kind=said["ppks_kind"],
            unit=said["unit"],
            lead=said["lead"],
            team=said["team"],
            held=RecordClass(said["held"]) if said["held"] else None,
            looser_because=said["looser_because"],
            opened_on=said["opened_on"],
        )


class MemberForm(forms.Form):
    """Somebody joins the team."""

    user = StaffField(label=_("Who"))
    on = PastDayField(label=_("Since"))

    def __init__(self, *args: Any, workers: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].offer(workers)  # type: ignore[attr-defined]


class LeadForm(forms.Form):
    """Somebody leads from now on."""

    user = StaffField(label=_("Who leads from now on"))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("For a handover.")
    )

    def __init__(self, *args: Any, workers: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].offer(workers)  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Somebody leaves the team."""

    on = PastDayField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReaderForm(forms.Form):
    """Somebody may know of a sealed case."""

    user = StaffField(label=_("Who"))
    purpose = forms.CharField(label=_("What for"), max_length=200)

    def __init__(self, *args: Any, readers: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].offer(readers)  # type: ignore[attr-defined]


class ExcludeForm(forms.Form):
    """Somebody is shut out for a conflict of interest."""

    user = StaffField(label=_("Who"))
    reason = forms.CharField(label=_("What the conflict of interest is"), max_length=300)

    def __init__(self, *args: Any, staff: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].offer(staff)  # type: ignore[attr-defined]


class ReaderLeaveForm(forms.Form):
    """Somebody may no longer know."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
