"""An import: the file, how its columns are read, the staged rows, and what became of each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office, User
from pulih.common.fields import EncryptedJSONField, EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models import Person


class ImportBatch(UUIDModel):
    """One file that somebody brings, from the upload to the report, and back when undone."""

    class Kind(models.TextChoices):
        PEOPLE = "people", _("People")
        STAFF = "staff", _("Staff")
        STUDENTS = "students", _("Students")
        RECIPIENTS = "recipients", _("Recipients of aid")

    class State(models.TextChoices):
        READING = "reading", _("Reading the file")
        MAPPING = "mapping", _("Columns to be checked")
        CHECKING = "checking", _("Checking the rows")
        READY = "ready", _("Ready to import")
        IMPORTING = "importing", _("Importing")
        DONE = "done", _("Imported")
        REFUSED = "refused", _("File not readable")
        FAILED = "failed", _("Stopped by a fault")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    file_name = EncryptedTextField()
    attachment_id = models.UUIDField()
    file_digest = models.CharField(max_length=32, db_index=True, help_text="Keyed, of the content")
    layout = EncryptedJSONField(blank=True, default="")
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    mapping = models.JSONField(default=dict, blank=True, help_text="Sheet name: column: field")
    settings = models.JSONField(default=dict, blank=True, help_text="Choices for the whole file")
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    fault = models.JSONField(default=dict, blank=True, help_text="Code and parameters")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["ImportBatch"]()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(name="import_number_once", fields=["office", "number"])
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_of_people(self) -> bool:
        """Does it bring people of the registry, and not accounts of users?"""
        return self.kind in {self.Kind.PEOPLE, self.Kind.RECIPIENTS}

    @property
    def is_busy(self) -> bool:
        """Is a background task at work on it?"""
        state = self.State
        return self.state in {state.READING, state.CHECKING, state.IMPORTING, state.UNDOING}

    @property
    def percent(self) -> int:
        """How far the present task is, 0 to 100."""
        if not self.progress_total:
            return 0
        return min(100, round(100 * self.progress_done / self.progress_total))


class ImportChunk(UUIDModel):
    """Up to 500 checked rows that wait to be written; written and emptied in one transaction."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    rows = EncryptedJSONField(blank=True, default="")
    is_written = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="chunk_position_once", fields=["batch", "position"])
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.position}"


class RowReport(UUIDModel):
    """What the checks said of one row; rows without a remark have none."""

    class Verdict(models.TextChoices):
        NOTED = "noted", _("Taken, something to know")
        WARNED = "warned", _("Taken with a warning")
        REFUSED = "refused", _("Refused")
        UNCHANGED = "unchanged", _("Known already, nothing new")
        DUPLICATE = "duplicate", _("Perhaps somebody already registered")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="reports")
    sheet = models.CharField(max_length=80)
    row = models.PositiveIntegerField(help_text="As the spreadsheet counts")
    verdict = models.CharField(max_length=10, choices=Verdict)
    problems = EncryptedJSONField(blank=True, default="", help_text="Column, field, code, level")
    cells = EncryptedJSONField(blank=True, default="", help_text="The row as it was, if refused")
    digest = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        ordering = ["sheet", "row"]
        indexes = [
            models.Index(name="row_report_list", fields=["batch", "verdict", "sheet", "row"])
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"


class ImportedRow(models.Model):
    """The keyed digest of a row that was taken, so that the same row again changes nothing."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="imported")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=32)
    person_key = models.CharField(
        max_length=32, blank=True, default="", help_text="Rows of one person have the same"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        # The digest first: it is also asked for in every batch of the office.
        constraints = [
            models.UniqueConstraint(name="imported_row_once", fields=["digest", "batch"])
        ]

    def __str__(self) -> str:
        return self.digest


class ImportedUser(UUIDModel):
    """An account that an import made or changed, so that it can be taken back."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="users")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_new = models.BooleanField()
    before = EncryptedJSONField(blank=True, default="", help_text="What the import replaced")
    after = EncryptedJSONField(blank=True, default="", help_text="What it put there")
    stayed = models.CharField(max_length=200, blank=True, default="", help_text="Why, if undone")

    class Meta:
        constraints = [models.UniqueConstraint(name="imported_user_once", fields=["batch", "user"])]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.user_id}"


class SavedMapping(UUIDModel):
    """How a layout was read last time; proposed again when the same layout comes."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ImportBatch.Kind)
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager["SavedMapping"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="mapping_once_per_layout",
                fields=["office", "kind", "fingerprint"],
                condition=~Q(fingerprint=""),
            )
        ]

    def __str__(self) -> str:
        return self.fingerprint
