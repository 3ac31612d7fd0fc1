"""What is asked about a file."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pulih.common.clock import today
from pulih.files.models import Attachment

SHOWN_KINDS = (
    Attachment.Kind.DOCUMENT,
    Attachment.Kind.PHOTO,
    Attachment.Kind.LETTER,
    Attachment.Kind.SCAN,
)


class AttachForm(forms.Form):
    """A file, and what it is."""

    file = forms.FileField(label=_("File"), max_length=255)
    kind = forms.ChoiceField(
        label=_("Kind of file"), choices=[(kind.value, kind.label) for kind in SHOWN_KINDS]
    )
    document_kind = forms.ChoiceField(
        label=_("Which document"),
        choices=Attachment.DocumentKind.choices,
        initial=Attachment.DocumentKind.OTHER,
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    dated_on = forms.DateField(
        label=_("Date on the document"),
        required=False,
        validators=[MinValueValidator(dt.date(1900, 1, 1))],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_dated_on(self) -> dt.date | None:
        """A document is not dated after it was handed in."""
        day: dt.date | None = self.cleaned_data["dated_on"]
        if day is not None and day > today():
            raise forms.ValidationError(gettext("This date is in the future."))
        return day

    def content(self, limit: int) -> bytes:
        """The bytes of the file; of one that is too large only as many as prove it."""
        content: bytes = self.cleaned_data["file"].read(limit + 1)
        return content


class RemoveForm(forms.Form):
    """Why a file is removed."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
