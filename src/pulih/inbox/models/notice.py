"""Something that happened, told to one user."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pulih.access.models import User
from pulih.common.fields import EncryptedTextField
from pulih.common.scoping import ScopedManager
from pulih.inbox.models.about import About


class Notice(About):
    """A notice; it asks nothing, and is read once."""

    kind = models.CharField(max_length=40)
    title = EncryptedTextField()
    body = EncryptedTextField(blank=True, default="")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    read_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=120, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager["Notice"]()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(name="notice_unread", fields=["user"], condition=Q(read_at=None)),
            models.Index(name="notice_of_user", fields=["user", "-created_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="notice_key_once", fields=["user", "key"], condition=~Q(key="")
            )
        ]

    def __str__(self) -> str:
        return str(self.title)
