"""Forms of the broken glass."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.ui.fields import long_text

FIELD_OF_RULE = {"R-CASE-310": "reason"}
JUDGE_FIELD_OF_RULE = {"R-CASE-312": "words"}


class BreakForm(forms.Form):
    """Which case, and why now."""

    number = forms.CharField(label=_("Number of the case"), max_length=20)
    reason = long_text(
        label=_("What the emergency is"),
        rows=3,
        help_text=_("At least 20 characters. Without the client's name: others read it at once."),
    )


class JudgeForm(forms.Form):
    """Whether it had to be."""

    justified = forms.TypedChoiceField(
        label=_("Did the glass have to be broken?"),
        choices=[("1", _("Yes, it was an emergency")), ("0", _("No"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    words = long_text(label=_("Why"), rows=3, required=False)
