"""What the office sets once: its letterhead, who signs, and how letters are numbered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office, Section
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel


class Letterhead(UUIDModel):
    """The head of every letter of an office."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="+")
    government = models.CharField(max_length=120, blank=True, default="")
    name = models.CharField(max_length=120, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    contact = models.CharField(max_length=200, blank=True, default="")
    place = models.CharField(max_length=60, blank=True, default="")
    code = models.CharField(max_length=30, blank=True, default="")
    site_url = models.URLField(blank=True, default="", max_length=120)

    def __str__(self) -> str:
        return self.name


class Signatory(UUIDModel):
    """Somebody who signs for the office, in a capacity, from a day until a day."""

    class Capacity(models.TextChoices):
        OWN = "own", _("Holder of the post")
        ON_BEHALF = "on_behalf", _("On behalf of the head (a.n.)")
        TASKED = "tasked", _("Acting for an empty post (Plt.)")
        DAILY = "daily", _("Daily acting while the holder is away (Plh.)")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    rank = models.CharField(max_length=80, blank=True, default="")
    nip = EncryptedTextField(blank=True, default="")
    post = models.CharField(max_length=120, help_text="Such as KEPALA DINAS SOSIAL")
    own_post = models.CharField(max_length=120, blank=True, default="")
    capacity = models.CharField(max_length=10, choices=Capacity, default=Capacity.OWN)
    decree = models.CharField(max_length=80, blank=True, default="")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["post", "-valid_from", "name"]
        constraints = [
            models.CheckConstraint(
                name="signatory_days_in_order",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_capacity(self) -> str:
        """The post with its capacity: `Plt. Kepala Dinas Sosial`."""
        short = {
            self.Capacity.ON_BEHALF: "a.n. ",
            self.Capacity.TASKED: "Plt. ",
            self.Capacity.DAILY: "Plh. ",
        }
        return short.get(self.Capacity(self.capacity), "") + self.post


class NumberSeries(UUIDModel):
    """How the letters of one series of an office are numbered."""

    class Code(models.TextChoices):
        GENERAL = "umum", _("Letters")
        MINUTES = "berita-acara", _("Minutes of handovers")
        RECEIPT = "tanda-terima", _("Receipts of the counter")
        CONFIDENTIAL = "rahasia", _("Confidential letters (of sealed records)")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20, choices=Code)
    pattern = models.CharField(max_length=120)
    padding = models.PositiveSmallIntegerField(default=3)
    start = models.PositiveIntegerField(default=1)
    yearly = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(name="series_once_per_office", fields=["office", "code"])
        ]

    def __str__(self) -> str:
        return str(self.get_code_display())
