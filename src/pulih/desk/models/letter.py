"""A letter that came in, as the agenda keeps it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pulih.access.models import Office, User
from pulih.common.fields import EncryptedJSONField, EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager


class IncomingLetter(UUIDModel):
    """One line of the agenda.

    Sender and subject of an ordinary letter are readable in the database, because the agenda is
    searched by them; those of a secret letter are encrypted and found only by its readers.
    """

    class Nature(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary")
        IMPORTANT = "important", _("Important")
        URGENT = "urgent", pgettext_lazy("letter", "Urgent")
        SECRET = "secret", _("Secret")

    class State(models.TextChoices):
        NEW = "new", _("Not handed on yet")
        IN_HAND = "in_hand", _("In hand")
        DONE = "done", _("Done")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, help_text="Of the agenda")
    nature = models.CharField(max_length=10, choices=Nature, default=Nature.ORDINARY)
    letter_number = models.CharField(max_length=80, blank=True, default="")
    sender_open = models.CharField(max_length=160, blank=True, default="")
    subject_open = models.CharField(max_length=240, blank=True, default="")
    secret_facts = EncryptedJSONField(blank=True, default=dict)
    dated_on = models.DateField(null=True, blank=True)
    received_on = models.DateField()
    summary = EncryptedTextField(blank=True, default="")
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    settled_on = models.DateField(null=True, blank=True)
    settling_note = EncryptedTextField(blank=True, default="")

    objects = ScopedManager["IncomingLetter"]()

    EDITED = (
        "nature",
        "letter_number",
        "sender_open",
        "subject_open",
        "secret_facts",
        "dated_on",
        "received_on",
        "summary",
    )

    class Meta:
        ordering = ["-received_on", "-received_at"]
        indexes = [
            models.Index(name="letter_office_received", fields=["office", "-received_on"]),
            models.Index(name="letter_office_state", fields=["office", "state", "-received_on"]),
        ]
        constraints = [
            models.UniqueConstraint(name="incoming_number_once", fields=["office", "number"]),
            models.CheckConstraint(
                name="letter_secret_is_not_readable",
                condition=~Q(nature="secret")
                | Q(sender_open="", subject_open="", letter_number=""),
            ),
            models.CheckConstraint(
                name="letter_done_iff_settled",
                condition=Q(state="done", settled_on__isnull=False)
                | (~Q(state="done") & Q(settled_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_secret(self) -> bool:
        """Is it for its readers alone?"""
        return self.nature == self.Nature.SECRET

    def _fact(self, name: str, plain: str) -> str:
        facts: Any = self.secret_facts if self.is_secret else None
        return str(facts.get(name, "")) if facts else plain

    @property
    def sender(self) -> str:
        """Who wrote it."""
        return self._fact("sender", self.sender_open)

    @property
    def subject(self) -> str:
        """What it is about, as the letter says it."""
        return self._fact("subject", self.subject_open)

    @property
    def their_number(self) -> str:
        """The number that the sender gave it."""
        return self._fact("letter_number", self.letter_number)
