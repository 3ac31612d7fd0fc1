"""What is asked about a letter, of whom, and what came back; and what the letter became."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Compartment, User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.desk.models.letter import IncomingLetter


class Instruction(models.TextChoices):
    """The ready phrases of a disposition sheet."""

    FOLLOW_UP = "follow_up", _("Follow up")
    STUDY = "study", _("Study and examine")
    ADVISE = "advise", _("Give your opinion")
    COORDINATE = "coordinate", _("Coordinate with those concerned")
    ATTEND = "attend", _("Attend or stand in for me")
    DRAFT_ANSWER = "draft_answer", _("Prepare an answer")
    DISCUSS = "discuss", _("Talk to me about it")
    REPORT_BACK = "report_back", _("Report the result")
    KNOW = "know", _("For your information")
    FILE = "file", _("File it")


class Disposition(UUIDModel):
    """One step of the chain: a letter is handed on to one colleague, whose answer is awaited."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Taken back")

    letter = models.ForeignKey(
        IncomingLetter, on_delete=models.CASCADE, related_name="dispositions"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="forwarded"
    )
    sender = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    instructions = models.JSONField(default=list)
    note = EncryptedTextField(blank=True, default="")
    sent_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField(blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = EncryptedTextField(blank=True, default="")

    objects = ScopedManager["Disposition"]()

    class Meta:
        ordering = ["sent_at"]
        indexes = [
            models.Index(name="disposition_receiver", fields=["receiver", "state", "due_on"]),
            models.Index(name="disposition_sender", fields=["sender", "state", "due_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="disposition_answered_iff_moment",
                condition=Q(state="answered", answered_at__isnull=False)
                | (~Q(state="answered") & Q(answered_at__isnull=True)),
            ),
            models.UniqueConstraint(
                name="disposition_waits_once",
                fields=["letter", "receiver"],
                condition=Q(state="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} · {self.receiver}"

    @property
    def is_waiting(self) -> bool:
        """Does it still wait for its answer?"""
        return self.state == self.State.WAITING

    @property
    def phrases(self) -> list[str]:
        """The ready phrases in words."""
        return [str(Instruction(code).label) for code in self.instructions]


class LetterOutcome(UUIDModel):
    """What a letter became. A sealed record is told only to those who are named to know of it."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        REFERRAL = "referral", _("Incoming referral")
        EVENT = "event", _("Appointment")
        TASK = "task", _("Task")

    letter = models.ForeignKey(IncomingLetter, on_delete=models.CASCADE, related_name="outcomes")
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    subject_id = models.UUIDField()
    label = models.CharField(max_length=200, help_text="Words and a number, never a name")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ScopedManager["LetterOutcome"]()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.label

    @property
    def number(self) -> str:
        """Labels it in the trail: the letter's number, but not beside what became sealed."""
        return "" if self.compartment_id else self.letter.number

    @property
    def is_report(self) -> bool:
        """Did the letter become a report, or a referral, which is one?"""
        return self.kind in (self.Kind.REPORT, self.Kind.REFERRAL)
