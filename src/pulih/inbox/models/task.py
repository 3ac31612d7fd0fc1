"""Something that somebody has to do."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, User
from pulih.access.roles import Role
from pulih.common.fields import EncryptedTextField
from pulih.common.scoping import ScopedManager
from pulih.inbox.models.about import About


class Task(About):
    """A task of one user, or of a queue: a role, in a section where the role has one.

    The title is made from a kind and a number and names no client; what must be told of a
    client stands in the body. Both are encrypted: a title of somebody's own may say more.
    """

    class Priority(models.IntegerChoices):
        URGENT = 1, _("Urgent")
        NORMAL = 2, _("Normal")
        LOW = 3, _("Low")

    class Recurrence(models.TextChoices):
        NONE = "none", _("Once")
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")
        EVERY = "every", _("Every few days")

    class Ending(models.TextChoices):
        DONE = "done", _("Done")
        DROPPED = "dropped", _("No longer needed")

    kind = models.CharField(max_length=40)
    title = EncryptedTextField()
    body = EncryptedTextField(blank=True, default="")

    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    queue_role = models.CharField(max_length=24, choices=Role, blank=True, default="")
    queue_section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    due_on = models.DateField(null=True, blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    recurrence = models.CharField(max_length=8, choices=Recurrence, default=Recurrence.NONE)
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    anchor_on = models.DateField(
        null=True, blank=True, help_text="First due date of a series, so that month ends stay"
    )
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )

    seen_at = models.DateTimeField(null=True, blank=True, help_text="First opened by its holder")
    snoozed_until = models.DateField(null=True, blank=True)
    snooze_reason = EncryptedTextField(blank=True, default="")
    is_waiting = models.BooleanField(default=False)
    waiting_on = EncryptedTextField(blank=True, default="", help_text="Whose answer is awaited")
    is_blocked = models.BooleanField(default=False)
    blocked_reason = EncryptedTextField(blank=True, default="")

    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ending = models.CharField(max_length=8, choices=Ending, blank=True, default="")
    outcome = EncryptedTextField(blank=True, default="")

    key = models.CharField(max_length=120, blank=True, default="")
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager["Task"]()

    class Meta:
        ordering = ["due_on", "priority", "created_at"]
        indexes = [
            # What everybody's list is cut from: the few open tasks among all that ever were.
            models.Index(
                name="task_office_open", fields=["office", "due_on"], condition=Q(done_at=None)
            ),
            models.Index(
                name="task_owner_open", fields=["owner", "due_on"], condition=Q(done_at=None)
            ),
            models.Index(
                name="task_queue_open",
                fields=["queue_role", "queue_section", "due_on"],
                condition=Q(done_at=None),
            ),
            models.Index(
                name="task_creator_open", fields=["created_by", "due_on"], condition=Q(done_at=None)
            ),
            models.Index(name="task_done_by", fields=["done_by", "-done_at"]),
            models.Index(name="task_subject", fields=["subject_id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="task_key_once", fields=["office", "key"], condition=~Q(key="")
            ),
            models.CheckConstraint(
                name="task_has_owner_or_queue",
                condition=Q(owner__isnull=False) | ~Q(queue_role=""),
            ),
            models.CheckConstraint(
                name="task_ending_iff_done",
                condition=Q(done_at__isnull=True, ending="")
                | Q(done_at__isnull=False) & ~Q(ending=""),
            ),
            models.CheckConstraint(
                name="task_every_has_days",
                condition=~Q(recurrence="every") | Q(every_days__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_open(self) -> bool:
        """Is it still to be done?"""
        return self.done_at is None
