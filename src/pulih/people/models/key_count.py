"""How common each search key is among the open people of an office."""

from __future__ import annotations

from django.db import models

from pulih.access.models import Office


class KeyCount(models.Model):
    """People who have a key; the empty key counts all open people. Sealed people never count."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=60, blank=True)
    people = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="key_count_once", fields=["office", "key"])]

    def __str__(self) -> str:
        return f"{self.key}: {self.people}"
