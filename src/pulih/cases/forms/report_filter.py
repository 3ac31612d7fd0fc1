"""What narrows the list of reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, Unit, User
from pulih.cases.models import Report
from pulih.cases.queries.intake import WantedReports
from pulih.people.codes import KINDS

ANY = ("", _("All"))


class ReportFilterForm(forms.Form):
    """The filters above the list; a value that cannot be is ignored."""

    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    section = forms.ModelChoiceField(
        label=_("Section"), queryset=Section.objects.none(), required=False, empty_label=_("All")
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All")
    )
    kind = forms.TypedChoiceField(
        label=_("Kind of PPKS"),
        choices=[ANY, *KINDS.choices()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    channel = forms.ChoiceField(
        label=_("How it came"), choices=[ANY, *Report.Channel.choices], required=False
    )
    urgent = forms.BooleanField(label=_("Urgent only"), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["section"].queryset = Section.objects.filter(  # type: ignore[attr-defined]
            office=user.office_id
        )
        self.fields["unit"].queryset = Unit.objects.filter(  # type: ignore[attr-defined]
            section__office=user.office_id
        )

    def wanted(self, state: str) -> WantedReports:
        """What the list shall show, from the parts that were understood."""
        self.is_valid()
        said = self.cleaned_data
        return WantedReports(
            state=state,
            section=said.get("section"),
            unit=said.get("unit"),
            kind=said.get("kind"),
            channel=said.get("channel") or "",
            urgent=bool(said.get("urgent")),
            number=said.get("number") or "",
        )
