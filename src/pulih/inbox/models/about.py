"""What a task, a notice or an appointment is about, without a key to the apps above."""

from __future__ import annotations

from django.db import models
from django.urls import NoReverseMatch, reverse

from pulih.access.models import Compartment, Office
from pulih.common.models import UUIDModel


class About(UUIDModel):
    """Owner, label, key and page of a record that the inbox itself cannot see.

    `subject_label` is a number such as K-2026-00012, never a name.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject_kind = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.UUIDField(null=True, blank=True)
    subject_label = models.CharField(max_length=60, blank=True, default="")
    url_name = models.CharField(max_length=80, blank=True, default="")
    url_kwargs = models.JSONField(blank=True, default=dict)

    class Meta:
        abstract = True

    @property
    def subject_url(self) -> str:
        """The page of the record, or nothing where it has none."""
        if not self.url_name:
            return ""
        try:
            return reverse(self.url_name, kwargs=self.url_kwargs)
        except NoReverseMatch:
            return ""
