"""What narrows the list of cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, Unit, User
from pulih.access.policy import Action, roles_with
from pulih.cases.queries.cases import Wanted
from pulih.cases.stages import Stage
from pulih.people.codes import KINDS

ANY = ("", _("All"))
MINE = "mine"
OPEN, ENDED = "open", "ended"


class CaseFilterForm(forms.Form):
    """The filters above the list; a value that cannot be is ignored, never an error page."""

    text = forms.CharField(label=_("Number or name"), required=False, max_length=80)
    section = forms.ModelChoiceField(
        label=_("Section"), queryset=Section.objects.none(), required=False, empty_label=_("All")
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All")
    )
    stage = forms.TypedChoiceField(
        label=_("Stage"),
        choices=[ANY, *Stage.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    kind = forms.TypedChoiceField(
        label=_("Kind of PPKS"),
        choices=[ANY, *KINDS.choices()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[ANY, (OPEN, _("Running")), (ENDED, _("Ended"))],
        required=False,
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        sections = Section.objects.filter(office=user.office_id)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(  # type: ignore[attr-defined]
            section__office=user.office_id
        )
        leads = User.objects.filter(
            office=user.office_id, grants__role__in=roles_with(Action.CASE_WORK)
        ).distinct()
        self._leads = {str(lead.pk): lead for lead in leads}
        self.fields["lead"].choices = [  # type: ignore[attr-defined]
            ANY,
            (MINE, _("My cases")),
            *((key, lead.full_name) for key, lead in self._leads.items()),
        ]

    def wanted(self) -> Wanted:
        """What the list shall show, from the parts that were understood."""
        self.is_valid()
        said = self.cleaned_data
        state = said.get("state")
        lead = said.get("lead") or ""
        return Wanted(
            text=said.get("text") or "",
            section=said.get("section"),
            unit=said.get("unit"),
            stage=said.get("stage"),
            kind=said.get("kind"),
            lead=self._leads.get(lead),
            mine=lead == MINE,
            ended=None if not state else state == ENDED,
        )
