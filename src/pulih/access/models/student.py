"""What is known of a student beside the account: the number, where they study, when they come."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from pulih.access.models.user import User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel


class StudentRecord(UUIDModel):
    """A user who is a student, as the university's list named them."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="student")
    nim = EncryptedTextField()
    nim_index = models.CharField(max_length=32, db_index=True)
    university = models.CharField(max_length=120, blank=True, default="")
    study_programme = models.CharField(max_length=120, blank=True, default="")
    cohort = models.CharField(max_length=20, blank=True, default="", help_text="Angkatan")
    email = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    planned_from = models.DateField(null=True, blank=True)
    planned_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="student_leaves_after_coming",
                condition=Q(planned_from=None)
                | Q(planned_until=None)
                | Q(planned_until__gte=F("planned_from")),
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
