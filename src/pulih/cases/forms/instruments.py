"""Forms by which an office looks after its instruments."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pulih.cases.facts import Wording
from pulih.cases.instruments import Instrument, read_text
from pulih.ui.fields import long_text

MOST_BYTES = 200_000
TEXT_FIELD_OF_RULE = {"R-CASE-66": "file"}
WORDING_FIELD_OF_RULE = {"R-CASE-67": "items"}
SCORERS = (
    ("sum", _("Sum of all answers")),
    ("mean", _("Mean of all answers")),
    ("highest", _("Highest level of all")),
)


class TextForm(forms.Form):
    """The text of an instrument, as a file or typed in, with the right to use it."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("TOML, JSON or CSV with the codes of the questions."),
    )
    levels = long_text(
        label=_("Levels"), rows=5, required=False, help_text=_("One a line, the lowest first.")
    )
    items = long_text(
        label=_("Questions"),
        rows=12,
        required=False,
        max_length=40_000,
        help_text=_("One a line, in the order of the codes. Only when there is no file."),
    )
    licence = long_text(
        label=_("By what right"),
        rows=2,
        help_text=_("Such as: registered with WHO on …; permission of … by letter of …"),
    )
    unaltered = forms.BooleanField(label=_("The text is unaltered and may be used by the office."))

    def __init__(self, *args: Any, instrument: Instrument, **options: Any) -> None:
        super().__init__(*args, **options)
        self._codes = [one.code for one in instrument.domains]

    def clean(self) -> dict[str, Any]:
        """Read the file, or the lines, into levels and questions."""
        said: dict[str, Any] = super().clean() or {}
        upload = said.get("file")
        said["content"] = self._from_file(upload) if upload else self._from_lines(said)
        return said

    def _from_file(self, upload: UploadedFile[Any]) -> dict[str, Any] | None:
        if (upload.size or 0) > MOST_BYTES:
            self.add_error("file", _("The file is too large for a questionnaire."))
            return None
        try:
            return read_text(upload.read().decode("utf-8-sig"), upload.name or "")
        except (ValueError, json.JSONDecodeError, tomllib.TOMLDecodeError):
            self.add_error("file", _("The file cannot be read: see the example below."))
            return None

    def _from_lines(self, said: dict[str, Any]) -> dict[str, Any] | None:
        texts = lines_of(said.get("items", ""))
        if len(texts) != len(self._codes):
            self.add_error(
                "items",
                _("%(wanted)d questions are needed, %(found)d are written.")
                % {"wanted": len(self._codes), "found": len(texts)},
            )
            return None
        return {
            "levels": lines_of(said.get("levels", "")),
            "items": dict(zip(self._codes, texts, strict=True)),
        }


class WordingForm(forms.Form):
    """An instrument of the office's own."""

    name = forms.CharField(label=_("Name"), max_length=80)
    about = long_text(
        label=_("What it is for, and what it is not"), rows=3, max_length=2000, required=False
    )
    items = long_text(label=_("Questions"), rows=8, help_text=_("One a line."))
    levels = long_text(
        label=_("Levels"), rows=5, help_text=_("One a line, the lowest first; the lowest counts 0.")
    )
    scorer = forms.ChoiceField(
        label=_("How it is scored"), choices=SCORERS, widget=forms.RadioSelect, initial="sum"
    )
    cutoff = forms.IntegerField(
        label=_("Look again from"),
        min_value=0,
        max_value=999,
        required=False,
        help_text=_("A score from here on is marked; empty marks none."),
    )

    def wording(self) -> Wording:
        """The facts for the action."""
        said = self.cleaned_data
        return Wording(
            name=said["name"],
            about=said["about"],
            levels=tuple(lines_of(said["levels"])),
            items=tuple(lines_of(said["items"])),
            scorer=said["scorer"],
            cutoff=said["cutoff"],
        )

    @classmethod
    def initial_of(cls, instrument: Instrument) -> dict[str, Any]:
        """What the form shows of an instrument."""
        return {
            "name": instrument.name,
            "about": instrument.about.name,
            "items": "\n".join(one.name for one in instrument.domains),
            "levels": "\n".join(one.name for one in instrument.levels),
            "scorer": instrument.scorer,
            "cutoff": instrument.cutoff,
        }


class SwitchForm(forms.Form):
    """On or off, and from which score somebody looks again."""

    on = forms.BooleanField(required=False)
    cutoff = forms.IntegerField(
        label=_("Look again from"), min_value=0, max_value=999, required=False
    )


def lines_of(text: str) -> list[str]:
    """The lines of a text, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]
