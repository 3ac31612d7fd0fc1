"""Fields that are held more closely than their record: the one place where they are masked."""

from __future__ import annotations

from django.db import models

from pulih.access import scope
from pulih.access.models import User
from pulih.access.policy import OF_FIELDS, Action

MASK = "••••••"
"""Stands where something is written that the reader does not see; the length tells nothing."""


def sees(user: User, field: Action, record: models.Model) -> bool:
    """Does the user see such fields of this record, or a mask? (R-ACC-140)"""
    if field not in OF_FIELDS:
        raise ValueError(f"{field} is not about a field.")
    return scope.reaches(user, field, record)
