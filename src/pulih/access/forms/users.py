"""What is asked about a user. Only these fields can be set from a page."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pulih.access.models import RoleGrant, Section, Unit
from pulih.access.presets import PRESETS
from pulih.access.roles import SECTION_ROLES, Role
from pulih.common.clock import today

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A date, picked in the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class UserForm(forms.Form):
    """Name, position and NIP."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    nip = forms.CharField(
        label=_("NIP"),
        required=False,
        max_length=30,
        help_text=_("18 digits; empty for whoever has none."),
    )

    def clean_nip(self) -> str:
        """Only digits: spaces and dashes are how people write it."""
        return "".join(self.cleaned_data["nip"].replace("-", " ").split())


class NewUserForm(UserForm):
    """A new user."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Small letters, digits, dots or dashes; used to log in."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    field_order = ("full_name", "username", "position", "nip")


class GrantForm(forms.Form):
    """A role, where, and for how long."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    section: forms.ModelChoiceField[Section] = forms.ModelChoiceField(
        label=_("Section"),
        queryset=Section.objects.none(),
        required=False,
        help_text=_("For social workers, section heads and field supervisors."),
    )
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("For the head of a unit alone; empty: the whole section."),
    )
    valid_from = day_field(_("From"))
    valid_until = day_field(_("Last day"), required=False, help_text=_("Empty: until it is ended."))

    acting = forms.ChoiceField(
        label=_("Acting for the holder"),
        required=False,
        choices=[("", _("no, holds the post")), *RoleGrant.Acting.choices],
        help_text=_("For heads alone, by letter and until a day."),
    )
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=80, required=False)
    letter_on = day_field(_("Date of the letter"), required=False)

    def __init__(
        self, *args: Any, sections: QuerySet[Section], units: QuerySet[Unit], **values: Any
    ) -> None:
        super().__init__(*args, **values)
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units
        # The declared field is the form's own copy, which mypy knows only as a Field.
        cast("forms.ModelChoiceField[Section]", self.fields["section"]).queryset = sections
        self.initial.setdefault("valid_from", today())

    def clean(self) -> dict[str, Any]:
        """A role of a section names it."""
        data = super().clean() or self.cleaned_data
        if data.get("role") in SECTION_ROLES and data.get("section") is None:
            self.add_error("section", gettext("This role needs a section."))
        return data


class PresetForm(forms.Form):
    """A set of roles for a small office."""

    preset = forms.ChoiceField(
        label=_("Set of roles"), choices=[(key, one.label) for key, one in PRESETS.items()]
    )
    section: forms.ModelChoiceField[Section] = forms.ModelChoiceField(
        label=_("Section"), queryset=Section.objects.none(), required=False
    )

    def __init__(self, *args: Any, sections: QuerySet[Section], **values: Any) -> None:
        super().__init__(*args, **values)
        cast("forms.ModelChoiceField[Section]", self.fields["section"]).queryset = sections


class ReasonForm(forms.Form):
    """Why an account is closed or a role ends."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class UserFilterForm(forms.Form):
    """Which users are shown."""

    q = forms.CharField(label=_("Name"), required=False, max_length=60)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("all")), *Role.choices]
    )
    closed = forms.BooleanField(label=_("Closed accounts"), required=False)
