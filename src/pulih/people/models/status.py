"""Dated facts about a person: the kinds of need they fall under, and what lists said of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models.person import Person


class PpksStatus(UUIDModel):
    """One of the 26 PPKS kinds, from a day, under a scheme version; never an eternal label."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="statuses")
    kind = models.PositiveSmallIntegerField()
    scheme_version = models.CharField(max_length=20)
    is_primary = models.BooleanField(default=False)
    subtype = models.CharField(max_length=40, blank=True)
    disability = models.CharField(max_length=20, blank=True)
    status_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    note = EncryptedTextField(blank=True, default="")
    import_batch = models.UUIDField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager["PpksStatus"]()

    class Meta:
        ordering = ["-is_primary", "-status_on", "-recorded_at"]
        indexes = [
            models.Index(name="ppks_kind_person", fields=["kind", "person"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="ppks_kind_is_one_of_the_scheme", condition=Q(kind__gte=1, kind__lte=99)
            ),
            models.CheckConstraint(
                name="ppks_ends_after_it_starts",
                condition=Q(ended_on=None)
                | Q(status_on=None)
                | Q(ended_on__gte=models.F("status_on")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.kind)


class PersonFact(UUIDModel):
    """What a list or a paper said of a person on a day; history, decides nothing by itself.

    `code` is the short form that can be counted (`pbi-jk`, `4`, `A`), `detail` the words.
    """

    class Kind(models.TextChoices):
        INSURANCE = "insurance", _("Health insurance")
        DECILE = "decile", _("DTSEN decile")
        AID = "aid", _("Aid received")
        SERVICE = "service", _("Service received")
        DISABILITY = "disability", _("Disability")
        CONDITION = "condition", _("Condition")
        NOTE = "note", _("Remark")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=30, blank=True)
    detail = EncryptedTextField(blank=True, default="")
    period = models.CharField(max_length=20, blank=True)
    fact_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    import_batch = models.UUIDField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["kind", "-fact_on", "-period", "-recorded_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
