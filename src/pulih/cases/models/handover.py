"""A whole caseload handed from one worker to others, with all signatures it needs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office, Section, User
from pulih.cases.models.case import Case
from pulih.common.fields import EncryptedJSONField, EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager


class CaseloadHandover(UUIDModel):
    """The act: who hands over, why, who countersigned; the cases are its lines."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for signatures")
        DONE = "done", _("Handed over")
        REFUSED = "refused", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Taken back")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    worker_leaves = models.BooleanField(
        default=True, help_text="Does the worker leave the teams as well?"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_on = models.DateField()
    signed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The head who countersigned",
    )
    signed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_note = EncryptedTextField(blank=True, default="", help_text="Why not accepted, withdrawn")

    objects = ScopedManager["CaseloadHandover"]()

    class Meta:
        ordering = ["-started_on", "-number"]
        constraints = [
            models.UniqueConstraint(name="handover_number_once", fields=["office", "number"]),
            models.UniqueConstraint(
                name="handover_one_waiting_of_a_worker",
                fields=["worker", "section"],
                condition=Q(state="waiting"),
            ),
            models.CheckConstraint(
                name="handover_not_signed_by_its_worker",
                condition=Q(signed_by=None) | ~Q(signed_by=models.F("worker")),
            ),
            models.CheckConstraint(
                name="handover_ended_iff_not_waiting",
                condition=Q(state="waiting", ended_on__isnull=True)
                | (~Q(state="waiting") & Q(ended_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_waiting(self) -> bool:
        """Does it still wait for signatures?"""
        return self.state == self.State.WAITING


class HandoverLine(UUIDModel):
    """One case of the caseload: to whom it goes, or that it stays behind."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for the successor")
        ACCEPTED = "accepted", _("Accepted by the successor")
        MOVED = "moved", _("Handed over")
        LEFT = "left", _("Stays behind")

    handover = models.ForeignKey(CaseloadHandover, on_delete=models.CASCADE, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handover_lines")
    successor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    remarks = EncryptedTextField(blank=True, default="", help_text="What the successor must know")
    accepted_on = models.DateField(null=True, blank=True)
    named_for_it = models.BooleanField(
        default=False, help_text="Sealed: the successor was named for this handover"
    )
    summary = EncryptedJSONField(
        blank=True, default="", help_text="How the case stood when it changed hands"
    )

    objects = ScopedManager["HandoverLine"]()

    class Meta:
        ordering = ["case__number"]
        constraints = [
            models.UniqueConstraint(name="handover_case_once", fields=["handover", "case"]),
            models.CheckConstraint(
                name="handover_line_goes_to_somebody",
                condition=Q(state="left") | Q(successor__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.case_id)
