"""A named grant: somebody outside the team reads one case, for a purpose, between two days."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from pulih.access.models import CompartmentMember, User
from pulih.access.roles import Role
from pulih.cases.models.case import Case
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel


class CaseGrant(UUIDModel):
    """Somebody may read one case from a day until a day; a student under a supervisor's eyes.

    It opens nothing while the supervisor is not on the team of the case.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=Role, help_text="In which capacity they read")
    supervisor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = EncryptedTextField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    member = models.OneToOneField(
        CompartmentMember,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Sealed cases: the dated name in the compartment, which a second one confirms",
    )
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = EncryptedTextField(blank=True, default="")

    class Meta:
        ordering = ["-granted_at"]
        constraints = [
            models.UniqueConstraint(
                name="case_grant_once_now", fields=["case", "user"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="case_grant_ends_after_it_starts",
                condition=Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="case_grant_of_a_student_has_a_supervisor",
                condition=~Q(role=Role.STUDENT) | Q(supervisor__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.valid_from} – {self.valid_until}"
