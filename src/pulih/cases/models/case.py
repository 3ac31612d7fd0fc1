"""A case, the people who work on it, and what happened in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Compartment, Office, Section, Unit, User
from pulih.cases.models.report import Report
from pulih.cases.stages import ENDED, Stage
from pulih.common.fields import EncryptedJSONField, EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.codes import KINDS
from pulih.people.models import Person


class Case(UUIDModel):
    """Work of the office with one person, from the first approach to the follow-up."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    restricted = models.BooleanField(default=False)
    number = models.CharField(max_length=20)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    open_entry = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Sealed cases: the open entry of the same person; the link lives here alone",
    )
    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="case"
    )
    ppks_kind = models.PositiveSmallIntegerField(null=True, blank=True)
    problem = EncryptedTextField(blank=True, default="", help_text="The matter in a sentence")
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.APPROACH)
    stage_since = models.DateField()
    opened_on = models.DateField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager["Case"]()

    class Meta:
        ordering = ["-opened_on", "-number"]
        indexes = [
            models.Index(name="case_office_opened", fields=["office", "-opened_on", "-number"]),
            models.Index(name="case_section_stage", fields=["section", "stage", "-opened_on"]),
        ]
        constraints = [
            models.UniqueConstraint(name="case_number_once", fields=["office", "number"]),
            models.CheckConstraint(
                name="case_ended_iff_terminated",
                condition=Q(stage__in=[Stage.TERMINATION, Stage.FOLLOW_UP], ended_on__isnull=False)
                | (~Q(stage__in=[Stage.TERMINATION, Stage.FOLLOW_UP]) & Q(ended_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_ended(self) -> bool:
        """Has the case been terminated (it still takes follow-up entries)?"""
        return self.stage in ENDED

    @property
    def stage_now(self) -> Stage:
        """The stage as a member of the list."""
        return Stage(self.stage)

    @property
    def is_held_closely(self) -> bool:
        """Is it restricted or sealed, so that reading it is written down?"""
        return self.restricted or self.compartment_id is not None

    @property
    def kind_label(self) -> str:
        """The kind of PPKS in words; a sealed case does not say it."""
        if self.compartment_id is not None:
            return str(_("Sealed"))
        return KINDS.label(str(self.ppks_kind)) if self.ppks_kind else ""


class TeamMember(UUIDModel):
    """Somebody's time on a case's team; it is what gives need-to-know."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_lead = models.BooleanField(default=False)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="case_has_one_lead_now",
                fields=["case"],
                condition=Q(is_lead=True, left_on=None),
            ),
            models.UniqueConstraint(
                name="case_member_once_now", fields=["case", "user"], condition=Q(left_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.case_id}"


class Basis(UUIDModel):
    """Why the office may work with this person: consent, or a basis in law that needs none."""

    class Kind(models.TextChoices):
        CLIENT = "client", _("Consent of the client")
        GUARDIAN = "guardian", _("Consent of parent or guardian")
        DUTY = "duty", _("Legal duty of the office")
        VITAL = "vital", _("Vital interest: the person cannot decide now")
        PUBLIC_TASK = "public_task", _("Public task")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="bases")
    kind = models.CharField(max_length=12, choices=Kind)
    given_on = models.DateField()
    given_by = EncryptedTextField(blank=True, default="", help_text="Who agreed, and as what")
    note = EncryptedTextField(blank=True, default="")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_note = EncryptedTextField(blank=True, default="")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-given_on"]

    def __str__(self) -> str:
        return self.get_kind_display()


class CaseEvent(UUIDModel):
    """One thing that happened in a case, for its timeline; the words are made from the kind.

    `detail` holds the parts of the sentence (numbers, dates, codes, names of staff).
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=40)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: the one who was asked answered a letter, or the clock did it",
    )
    detail = EncryptedJSONField(blank=True, default="")

    class Meta:
        ordering = ["-happened_on", "-recorded_at"]
        indexes = [models.Index(name="case_event_order", fields=["case", "-happened_on"])]

    def __str__(self) -> str:
        return self.kind


class CaseNote(UUIDModel):
    """A note: one part for everyone who may read the case, one for the team alone."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    written_on = models.DateField()
    shared = EncryptedTextField(blank=True, default="", help_text="For every reader of the case")
    private = EncryptedTextField(blank=True, default="", help_text="For the team alone")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-written_on", "-recorded_at"]

    def __str__(self) -> str:
        return str(self.written_on)
