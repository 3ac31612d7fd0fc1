"""Forms of exchange: they check shape, never a rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.exchange.models import ImportBatch
from pulih.exchange.sheets.fields import PROFILES, Field
from pulih.exchange.sheets.layout import Layout
from pulih.exchange.telling import tell_field
from pulih.people.codes import KINDS

UPLOAD_TYPES = ".xlsx,.xls,.ods,.csv,.txt"


class UploadForm(forms.Form):
    """A file to import."""

    kind = forms.ChoiceField(label=_("What is in the file?"), choices=())
    file = forms.FileField(label=_("Spreadsheet"), max_length=200)

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - declared above
        choice.choices = kinds


class SettingsForm(forms.Form):
    """Choices for a whole file; which of them there are depends on what it holds."""

    date = forms.DateField(
        label=_("Date of the list"),
        help_text=_("Statuses and stated ages count from this day where no column says it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ppks_kind = forms.ChoiceField(
        label=_("PPKS kind of everybody in the file"),
        required=False,
        help_text=_("Only where no column says it."),
    )
    source = forms.CharField(
        label=_("Where the list is from"),
        max_length=80,
        required=False,
        help_text=_("Stands with every status and fact, such as “DTSEN, quarter III 2026”."),
    )

    aid = forms.CharField(
        label=_("Aid that everybody in the file received"),
        max_length=120,
        required=False,
        help_text=_("Only where no column says it, such as “BLT Dana Desa”."),
    )
    university = forms.CharField(
        label=_("University of everybody in the file"),
        max_length=120,
        required=False,
        help_text=_("Only where no column says it."),
    )

    FIELDS: ClassVar[dict[str, tuple[str, ...]]] = {
        ImportBatch.Kind.PEOPLE: ("date", "ppks_kind", "source"),
        ImportBatch.Kind.RECIPIENTS: ("date", "aid", "ppks_kind", "source"),
        ImportBatch.Kind.STUDENTS: ("university",),
        ImportBatch.Kind.STAFF: (),
    }

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(self.FIELDS[kind])
        for name in set(self.fields) - set(self.FIELDS[kind]):
            del self.fields[name]
        if "ppks_kind" in self.fields:
            choice = self.fields["ppks_kind"]
            assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - declared above
            choice.choices = [("", _("— as the columns say —")), *KINDS.choices()]

    def settings(self) -> dict[str, str]:
        """The choices as the import keeps them."""
        said = self.cleaned_data
        texts = ("source", "aid", "university")
        settings: dict[str, str] = {name: str(said[name]) for name in texts if name in said}
        if "date" in said:
            settings["date"] = said["date"].isoformat()
        if "ppks_kind" in said:
            settings["kind"] = said["ppks_kind"]
        return settings


class PurposeForm(forms.Form):
    """What an export of personal data is for; of other lists nothing is asked."""

    purpose = forms.CharField(
        label=_("What is it for, and who gets it?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the trail, and written into the file."),
    )

    def __init__(self, *args: Any, asked: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asked:
            del self.fields["purpose"]


def field_choices(profile: str) -> list[tuple[str, str]]:
    """The fields that a column of this kind of list may hold, by their names."""
    known = sorted(
        ((str(name), tell_field(name)) for name in PROFILES[profile].words if name != Field.IGNORE),
        key=lambda choice: choice[1],
    )
    return [(str(Field.IGNORE), tell_field(Field.IGNORE)), *known]


def column_name(fingerprint: str, column: int) -> str:
    """The name under which the choice for a column is posted."""
    return f"column-{fingerprint[:12]}-{column}"


def read_mapping(data: Mapping[str, Any], layout: Layout) -> dict[str, dict[str, str]]:
    """The mapping that was posted: sheet fingerprint → column → field; other words are left out."""
    known = {str(name) for name in PROFILES[layout.profile].words} | {str(Field.IGNORE)}
    mapping: dict[str, dict[str, str]] = {}
    for sheet in layout.data_sheets:
        chosen = {
            str(column.index): str(data.get(column_name(sheet.fingerprint, column.index), ""))
            for column in sheet.columns
        }
        mapping[sheet.fingerprint] = {
            column: name
            for column, name in chosen.items()
            if name in known and name != str(Field.IGNORE)
        }
    return mapping
