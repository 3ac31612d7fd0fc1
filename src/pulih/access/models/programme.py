"""The work programme of a section for a year: programme, activity, sub-activity."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from pulih.access.models.office import Office, Section, Unit
from pulih.access.models.user import User
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager


class WorkProgramme(UUIDModel):
    """A programme of a section in one year, as it stands in the budget document."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="programmes")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40, blank=True, default="", help_text="Budget code")
    name = models.CharField(max_length=200)
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["WorkProgramme"]()

    EDITED = (
        "name",
        "code",
    )

    class Meta:
        ordering = ["-year", "section", "code", "name"]
        constraints = [
            models.UniqueConstraint(
                name="programme_once_a_year", fields=["section", "year", "name"]
            ),
            models.CheckConstraint(
                name="programme_year_has_four_digits", condition=Q(year__gte=2000, year__lte=2100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class Activity(UUIDModel):
    """An activity, or a sub-activity below one: its target, its months, its owner, its budget.

    The figures stand on the lowest line: an activity that has sub-activities sums them.
    """

    class Measure(models.TextChoices):
        PERSON = "person", pgettext_lazy("measure", "people")
        FAMILY = "family", pgettext_lazy("measure", "families")
        SERVICE = "service", pgettext_lazy("measure", "services")
        VISIT = "visit", pgettext_lazy("measure", "visits")
        SESSION = "session", pgettext_lazy("measure", "sessions")
        GROUP = "group", pgettext_lazy("measure", "groups")
        PACKAGE = "package", pgettext_lazy("measure", "packages")
        DOCUMENT = "document", pgettext_lazy("measure", "documents")

    programme = models.ForeignKey(
        WorkProgramme, on_delete=models.CASCADE, related_name="activities"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts"
    )
    code = models.CharField(max_length=40, blank=True, default="", help_text="Budget code")
    name = models.CharField(max_length=200)
    target = models.PositiveIntegerField(null=True, blank=True)
    measure = models.CharField(max_length=10, choices=Measure, default=Measure.PERSON)
    months = models.JSONField(default=list, blank=True, help_text="Months planned, 1 to 12")
    unit = models.ForeignKey(
        Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    budget = models.PositiveBigIntegerField(null=True, blank=True, help_text="Whole rupiah")
    dropped_on = models.DateField(null=True, blank=True, help_text="Since then nothing counts here")

    EDITED = (
        "code",
        "name",
        "target",
        "measure",
        "months",
        "unit",
        "owner",
        "budget",
        "dropped_on",
    )

    class Meta:
        ordering = ["code", "name"]
        constraints = [
            models.UniqueConstraint(
                name="activity_once_a_programme",
                fields=["programme", "name"],
                condition=Q(parent=None, dropped_on=None),
            ),
            models.UniqueConstraint(
                name="activity_once_a_parent",
                fields=["parent", "name"],
                condition=Q(parent__isnull=False, dropped_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()
