"""Forms of the steps of a letter: issue, withdraw, filter, check."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.papers.letters import Signed, list_templates
from pulih.papers.models import Letter, Signatory
from pulih.papers.queries import Wanted, signatories_on, signatory_for, template_of
from pulih.ui.widgets import DayInput

ANY = ("", _("All"))


class SignatoryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A signatory with the capacity in which they sign."""

    def label_from_instance(self, obj: Any) -> str:
        """Such as: Budi Santoso · Plh. Kepala Dinas Sosial."""
        return f"{obj.name} · {obj.in_capacity}"


class IssueForm(forms.Form):
    """Who signs."""

    signatory = SignatoryField(
        label=_("Who signs"),
        queryset=Signatory.objects.none(),
        required=False,
        empty_label=_("Leave the place open for a hand"),
    )

    def __init__(self, *args: Any, letter: Letter, day: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        if template_of(letter).signed != Signed.OFFICE:
            del self.fields["signatory"]
            return
        field = self.fields["signatory"]
        field.queryset = signatories_on(letter.office, day)  # type: ignore[attr-defined]
        field.initial = signatory_for(letter.office, letter.section, day)
        if field.initial is not None:
            field.empty_label = None  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class FilterForm(forms.Form):
    """What narrows the list of letters; a value that cannot be is ignored."""

    text = forms.CharField(label=_("Number"), required=False, max_length=60)
    template = forms.ChoiceField(label=_("Template"), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[ANY, *Letter.State.choices], required=False
    )
    since = forms.DateField(label=_("From"), required=False, widget=DayInput())
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["template"].choices = [  # type: ignore[attr-defined]
            ANY,
            *((template.code, template.name) for template in list_templates()),
        ]

    def wanted(self) -> Wanted:
        """What the list shall show, from the parts that were understood."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            text=said.get("text") or "",
            template=said.get("template") or "",
            state=said.get("state") or "",
            since=said.get("since"),
            until=said.get("until"),
        )


class CodeForm(forms.Form):
    """The code on a letter."""

    kode = forms.CharField(
        label=_("Code on the letter"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class SheetForm(forms.Form):
    """The PDF of a letter."""

    berkas = forms.FileField(label=_("PDF of the letter"), help_text=_("Up to 5 MB; not kept."))
