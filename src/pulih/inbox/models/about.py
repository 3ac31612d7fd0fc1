"""What a task, a notice or an appointment is about, without a key to the apps above."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse

from pulih.access.models import Compartment, Office, Section
from pulih.access.roles import Role
from pulih.common.models import UUIDModel


@dataclass(frozen=True, slots=True)
class Subject:
    """The record of an app above that something is about, in words that need no key upwards.

    Attributes:
        label: its number, never a name.
        url_name, url_kwargs: its page.
    """

    office: Office
    compartment: Compartment | None = None
    kind: str = ""
    id: uuid.UUID | None = None
    label: str = ""
    url_name: str = ""
    url_kwargs: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Any, url_name: str = "", **url_kwargs: object) -> Subject:
        """The subject for a row with office, and compartment and number where it has them."""
        return cls(
            office=row.office,
            compartment=getattr(row, "compartment", None),
            kind=row._meta.label_lower,
            id=row.pk,
            label=str(getattr(row, "number", "") or ""),
            url_name=url_name,
            url_kwargs={name: str(value) for name, value in url_kwargs.items()},
        )

    def describe(self, row: About) -> None:
        """Fill the columns of a new row with what it is about."""
        row.office = self.office
        row.compartment = self.compartment
        row.subject_kind = self.kind
        row.subject_id = self.id
        row.subject_label = self.label
        row.url_name = self.url_name
        row.url_kwargs = dict(self.url_kwargs)


@dataclass(frozen=True, slots=True)
class Queue:
    """Whoever holds a role now, in a section where the role has one."""

    role: Role
    section: Section | None = None


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
    def number(self) -> str:
        """The subject's number; it labels this row in the trail."""
        return self.subject_label

    @property
    def subject_url(self) -> str:
        """The page of the record, or nothing where it has none."""
        if not self.url_name:
            return ""
        try:
            return reverse(self.url_name, kwargs=self.url_kwargs)
        except NoReverseMatch:
            return ""
