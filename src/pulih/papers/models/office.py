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
    government = models.CharField(_("government"), max_length=120, blank=True, default="")
    name = models.CharField(_("name of the office"), max_length=120, blank=True, default="")
    address = models.CharField(_("address"), max_length=200, blank=True, default="")
    contact = models.CharField(_("phone, e-mail, site"), max_length=200, blank=True, default="")
    place = models.CharField(_("place before the date"), max_length=60, blank=True, default="")
    code = models.CharField(_("code of the office"), max_length=30, blank=True, default="")
    site_url = models.URLField(_("address of Pulih"), blank=True, default="", max_length=120)

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
    name = models.CharField(_("name"), max_length=120)
    rank = models.CharField(_("rank and grade"), max_length=80, blank=True, default="")
    nip = EncryptedTextField(_("NIP"), blank=True, default="")
    post = models.CharField(
        _("post that is signed for"), max_length=120, help_text=_("Such as KEPALA DINAS SOSIAL")
    )
    own_post = models.CharField(_("own post"), max_length=120, blank=True, default="")
    capacity = models.CharField(
        _("capacity"), max_length=10, choices=Capacity, default=Capacity.OWN
    )
    decree = models.CharField(_("number of the decree"), max_length=80, blank=True, default="")
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

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


class NumberSeries(UUIDModel):
    """How the letters of one series of an office are numbered."""

    class Code(models.TextChoices):
        GENERAL = "umum", _("Letters")
        MINUTES = "berita-acara", _("Minutes")
        RECEIPT = "tanda-terima", _("Receipts of the counter")
        CONFIDENTIAL = "rahasia", _("Confidential letters (of sealed records)")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20, choices=Code)
    pattern = models.CharField(_("pattern"), max_length=120)
    padding = models.PositiveSmallIntegerField(_("digits"), default=3)
    start = models.PositiveIntegerField(_("first number"), default=1)
    yearly = models.BooleanField(_("begins again every year"), default=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(name="series_once_per_office", fields=["office", "code"])
        ]

    def __str__(self) -> str:
        return str(self.get_code_display())
