"""The roles of the office and of the programme: code, and what each is for in a sentence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Every role; a user may hold several, each for a time."""

    FRONT_DESK = "front_desk", _("Front desk")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    SECTION_HEAD = "section_head", _("Section head")
    HEAD_OF_OFFICE = "head_of_office", _("Head of office")
    DATA_OFFICER = "data_officer", _("Data officer")
    STUDENT = "student", _("Student on placement")
    FIELD_SUPERVISOR = "field_supervisor", _("Field supervisor")
    ACADEMIC_SUPERVISOR = "academic_supervisor", _("Academic supervisor")
    EXAMINER = "examiner", _("Examiner")
    PROGRAMME_COORDINATOR = "programme_coordinator", _("Programme coordinator")
    AUDITOR = "auditor", _("Auditor and data-protection officer")
    ADMINISTRATOR = "administrator", _("Technical administrator")


SECTION_ROLES = frozenset({Role.SOCIAL_WORKER, Role.SECTION_HEAD, Role.FIELD_SUPERVISOR})
"""Roles whose grant names a section."""

ACTING_ROLES = frozenset({Role.SECTION_HEAD, Role.HEAD_OF_OFFICE})
"""Roles in which somebody may act for the holder, by letter and until a day."""
