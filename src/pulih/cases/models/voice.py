"""How the client sees it: a rating of a goal by the client, beside that of the worker."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.cases.models.plan import Goal
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel


class ClientRating(UUIDModel):
    """How far a goal is reached in the client's own eyes, from −2 to +2.

    It never enters the score: a worker's rating and a client's are two answers to one question.
    """

    class Mode(models.TextChoices):
        CLIENT = "client", _("The client alone")
        HELPED = "helped", _("The client, with somebody's help")

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="client_ratings")
    rated_on = models.DateField()
    level = models.SmallIntegerField()
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.CLIENT)
    words = EncryptedTextField(blank=True, default="", help_text="In the client's own words")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["rated_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                name="client_rating_on_the_scale", condition=Q(level__gte=-2, level__lte=2)
            )
        ]

    def __str__(self) -> str:
        return f"{self.level:+d}"
