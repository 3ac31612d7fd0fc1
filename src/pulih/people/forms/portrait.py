"""A photo of a person, as it is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from pulih.people.drafts import Photo

PICTURES = ".jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp"
MOST_BYTES = 20 * 1024 * 1024


def photo_field(**options: Any) -> forms.FileField:
    """A picture; from a telephone also straight from its camera."""
    return forms.FileField(
        label=gettext_lazy("Photo"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        **options,
    )


def photo_in(file: UploadedFile[Any] | None) -> Photo | None:
    """The picture that was sent; of one that is too large only as many bytes as prove it."""
    if not file:
        return None
    return Photo(str(file.name or "foto"), file.read(MOST_BYTES + 1))


class PortraitForm(forms.Form):
    """A photo of those there are, a new one, or none; the button pressed says which."""

    photo = photo_field()
    choose = forms.UUIDField(required=False, widget=forms.HiddenInput)
    drop = forms.BooleanField(required=False, widget=forms.HiddenInput)
