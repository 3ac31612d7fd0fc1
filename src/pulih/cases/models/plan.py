"""The plan: versions, goals with scaled outcomes, and the services that shall reach them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.cases.models.case import Case
from pulih.common.fields import EncryptedJSONField, EncryptedTextField
from pulih.common.models import UUIDModel


class Plan(UUIDModel):
    """One version of a case's plan; only a draft is changed, an approved one is superseded."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned for changes")
        SUPERSEDED = "superseded", _("Replaced by a later version")

    class AgreedBy(models.TextChoices):
        CLIENT = "client", _("The client")
        GUARDIAN = "guardian", _("Parent or guardian")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    summary = EncryptedTextField(blank=True, default="")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    writers = models.ManyToManyField(
        User, related_name="+", help_text="Everybody who wrote in this version; none approves it"
    )
    created_on = models.DateField()
    agreed_by = models.CharField(max_length=10, choices=AgreedBy, blank=True, default="")
    agreed_name = EncryptedTextField(blank=True, default="")
    agreed_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = EncryptedTextField(blank=True, default="")

    EDITED = (
        "summary",
        "state",
    )

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(name="plan_version_once", fields=["case", "version"]),
            models.UniqueConstraint(
                name="plan_one_approved_now", fields=["case"], condition=Q(state="approved")
            ),
            models.UniqueConstraint(
                name="plan_one_in_work_now",
                fields=["case"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
            ),
            models.CheckConstraint(
                name="plan_never_approved_by_its_author",
                condition=~Q(state="approved") | ~Q(decided_by=models.F("author")),
            ),
            models.CheckConstraint(
                name="plan_agreement_is_whole",
                condition=Q(agreed_by="", agreed_on__isnull=True)
                | (~Q(agreed_by="") & Q(agreed_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def is_editable(self) -> bool:
        """May its goals and services still be changed?"""
        return self.state in {self.State.DRAFT, self.State.RETURNED}


class Goal(UUIDModel):
    """A goal with five described outcomes from −2 to +2 (goal attainment scaling)."""

    class Area(models.TextChoices):
        PHYSICAL = "physical", _("Physical")
        MENTAL = "mental", _("Mental")
        SOCIAL = "social", _("Social")
        SKILLS = "skills", _("Skills")
        FAMILY = "family", _("Family")
        LIVELIHOOD = "livelihood", _("Livelihood")
        RIGHTS = "rights", _("Papers and rights")
        SAFETY = "safety", _("Safety")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=20, choices=Area)
    text = EncryptedTextField()
    anchors = EncryptedJSONField(help_text="Five texts, for −2, −1, 0, +1 and +2")
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    baseline = models.SmallIntegerField(default=-1)
    due_on = models.DateField(null=True, blank=True)

    EDITED = (
        "area",
        "text",
        "anchors",
        "weight",
        "baseline",
        "due_on",
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="goal_baseline_on_the_scale", condition=Q(baseline__gte=-2, baseline__lte=2)
            ),
            models.CheckConstraint(
                name="goal_weight_1_to_5", condition=Q(weight__gte=1, weight__lte=5)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} · {self.position}"


class GoalRating(UUIDModel):
    """How far a goal was reached on a day, from −2 to +2."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    rated_on = models.DateField()
    level = models.SmallIntegerField()
    note = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["rated_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                name="goal_rating_on_the_scale", condition=Q(level__gte=-2, level__lte=2)
            )
        ]

    def __str__(self) -> str:
        return f"{self.level:+d}"


class PlannedService(UUIDModel):
    """A service that the plan promises."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="services")
    goal = models.ForeignKey(
        Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="services"
    )
    kind = models.CharField(max_length=1, help_text="A to K, the eleven kinds")
    atensi = models.PositiveSmallIntegerField(null=True, blank=True)
    text = EncryptedTextField(blank=True, default="")
    form_version = models.CharField(max_length=10, blank=True, default="")
    details = EncryptedJSONField(
        blank=True, default="", help_text="What the short form of the kind asks when it is planned"
    )
    frequency = models.CharField(max_length=80, blank=True, default="")
    planned_from = models.DateField(null=True, blank=True)
    planned_until = models.DateField(null=True, blank=True)
    responsible = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=1)

    EDITED = (
        "kind",
        "atensi",
        "text",
        "goal",
        "frequency",
        "planned_from",
        "planned_until",
        "responsible",
        "details",
    )

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.kind
