"""What everybody changes about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def _password_field(label: Any, *, autocomplete: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class PasswordForm(forms.Form):
    """The present password, and twice the new one."""

    old = _password_field(_("Present password"), autocomplete="current-password")
    new = _password_field(
        _("New password"),
        autocomplete="new-password",
        help_text=_("At least 12 characters. A few words that only you put together are best."),
    )
    again = _password_field(_("New password again"), autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        """A slip of the keyboard would lock the user out."""
        data = super().clean() or self.cleaned_data
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", gettext("The two new passwords are not the same."))
        return data


class LanguageForm(forms.Form):
    """The language of one's screens."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
