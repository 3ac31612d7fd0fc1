"""A service of the catalogue: what the office offers, to whom, on what terms, with what result."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, Unit
from pulih.common.models import UUIDModel


class ServiceOffer(UUIDModel):
    """One service of a section or unit, as data that the office edits.

    `requirements` is a list of {key, label, needed}; `fields` a list of {key, label, kind, needed,
    choices}; `steps` a list of sentences; `letters` the codes of letter templates.
    """

    class Kind(models.TextChoices):
        COUNTER = "counter", _("Served at the counter")
        REPORT = "report", _("Taken as a report")
        SEALED_REPORT = "sealed_report", _("Taken as a sealed report")

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="offers")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.COUNTER)
    who_may_ask = models.TextField(max_length=500)
    requirements = models.JSONField(default=list)
    fields = models.JSONField(default=list, blank=True)
    steps = models.JSONField(default=list, blank=True)
    promised_days = models.PositiveSmallIntegerField(default=0)
    result = models.TextField(max_length=500)
    letters = models.JSONField(default=list, blank=True)
    statement = models.TextField(
        max_length=1000, blank=True, help_text="What a statement of the office says, in Indonesian"
    )
    purpose = models.CharField(
        max_length=200, blank=True, help_text="What the letter is for, or what it asks"
    )
    addressed_to = models.CharField(
        max_length=200, blank=True, help_text="Who the letter goes to, where it goes to somebody"
    )
    ppks_kind = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True, help_text="Since then it is not offered")

    EDITED = (
        "unit",
        "name",
        "kind",
        "who_may_ask",
        "requirements",
        "fields",
        "steps",
        "promised_days",
        "result",
        "letters",
        "statement",
        "purpose",
        "addressed_to",
        "ppks_kind",
    )

    class Meta:
        ordering = ["section", "position", "name"]
        constraints = [
            models.UniqueConstraint(name="offer_once_per_section", fields=["section", "code"])
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Is it offered today?"""
        return self.closed_on is None
