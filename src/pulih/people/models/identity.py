"""What a person is called and the numbers that papers give them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models.person import Person


class PersonName(UUIDModel):
    """A name that somebody gave or used, beside the one on the entry itself."""

    class Kind(models.TextChoices):
        LEGAL = "legal", _("Name on papers")
        CALLED = "called", _("Called")
        ALIAS = "alias", _("Alias")
        REPORTED = "reported", _("Reported by others")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=120, blank=True)
    text_sealed = EncryptedTextField(blank=True, default="")
    source = models.CharField(max_length=120, blank=True)
    noted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "noted_on"]
        constraints = [
            models.CheckConstraint(
                name="person_name_open_or_sealed", condition=Q(text="") | Q(text_sealed="")
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def value(self) -> str:
        """The name, wherever it is kept."""
        return self.text or str(self.text_sealed)


class Identifier(UUIDModel):
    """A number of a person, found again by equality only; the same number may be on two people.

    The index of a sealed person's number is made with another key, so that the two never meet.
    """

    class Kind(models.TextChoices):
        NIK = "nik", _("NIK")
        KK = "kk", _("Family card number (KK)")
        BPJS = "bpjs", _("Health insurance number (BPJS)")
        OTHER = "other", _("Other number")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=8, choices=Kind)
    value = EncryptedTextField()
    index = models.CharField(max_length=32)
    sealed = models.BooleanField(default=False)
    findings = models.JSONField(
        default=list, blank=True, help_text="What the checks said: level, code, parameters"
    )
    note = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = ScopedManager["Identifier"]()

    class Meta:
        ordering = ["kind", "recorded_at"]
        indexes = [models.Index(name="identifier_index", fields=["index"])]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def masked(self) -> str:
        """The number as a page may show it before it is revealed."""
        value = str(self.value)
        if len(value) < 8:
            return "*" * len(value)
        return f"{value[:4]}{'*' * (len(value) - 8)}{value[-4:]}"


class Contact(UUIDModel):
    """A way to reach a person or somebody who answers for them."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        WHATSAPP = "whatsapp", _("WhatsApp")
        EMAIL = "email", _("E-mail")
        OTHER = "other", _("Other")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    value = EncryptedTextField()
    index = models.CharField(max_length=32)
    owner = EncryptedTextField(blank=True, default="", help_text="Whose it is, if not the person's")
    is_safe = models.BooleanField(default=True, help_text="May be called without danger")

    objects = ScopedManager["Contact"]()

    class Meta:
        ordering = ["kind"]
        indexes = [models.Index(name="contact_index", fields=["index"])]

    def __str__(self) -> str:
        return self.get_kind_display()


class SearchKey(models.Model):
    """A key under which an open person is found; never written for a sealed one.

    The keys of one person stand in `Person.search_keys`, therefore this table is asked by key alone
    and holds nothing else: it is the largest one, and an import writes it in the order of its keys.
    """

    pk = models.CompositePrimaryKey("key", "person_id")
    key = models.CharField(max_length=60)
    # No constraint in the database: removing a person would look for it here, where no index helps.
    person = models.ForeignKey(
        Person,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    objects = ScopedManager["SearchKey"]()

    def __str__(self) -> str:
        return self.key
