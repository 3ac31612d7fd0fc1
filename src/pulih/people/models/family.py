"""Kin, and the family card: two facts, because a card does not make people kin."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Compartment, Office
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models.person import Person


class Kinship(UUIDModel):
    """A relative or guardian: another entry of the registry, or a name alone."""

    class Relation(models.TextChoices):
        FATHER = "father", _("Father")
        MOTHER = "mother", _("Mother")
        SPOUSE = "spouse", _("Husband or wife")
        CHILD = "child", _("Child")
        SIBLING = "sibling", _("Brother or sister")
        GRANDPARENT = "grandparent", _("Grandparent")
        GRANDCHILD = "grandchild", _("Grandchild")
        UNCLE_AUNT = "uncle_aunt", _("Uncle or aunt")
        IN_LAW = "in_law", _("In-law")
        GUARDIAN = "guardian", _("Guardian")
        NEIGHBOUR = "neighbour", _("Neighbour")
        OTHER = "other", _("Other")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kin")
    relation = models.CharField(max_length=12, choices=Relation)
    other = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="kin_of"
    )
    other_name = EncryptedTextField(blank=True, default="")
    is_guardian = models.BooleanField(default=False)
    note = EncryptedTextField(blank=True, default="")
    noted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["relation"]
        constraints = [
            models.CheckConstraint(
                name="kin_is_somebody_else",
                condition=Q(other=None) | ~Q(other=models.F("person")),
            ),
            models.CheckConstraint(
                name="kin_is_an_entry_or_a_name",
                condition=Q(other__isnull=False) | ~Q(other_name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_relation_display()


class Household(UUIDModel):
    """People on one family card."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Without an index of its own: nearly all are empty, and the database would walk them all.
    compartment = models.ForeignKey(
        Compartment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    kk_index = models.CharField(max_length=32)

    objects = ScopedManager["Household"]()

    class Meta:
        indexes = [models.Index(name="household_kk", fields=["kk_index", "office"])]

    def __str__(self) -> str:
        return str(self.pk)


class HouseholdMember(UUIDModel):
    """A person's place on a family card."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="households")
    is_head = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="household_member_once_now",
                fields=["household", "person"],
                condition=Q(until=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"
