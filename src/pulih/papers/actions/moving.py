"""Letters follow their record into a compartment."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from pulih.access.models import Compartment
from pulih.files.actions.moving import move_files
from pulih.papers.models import Letter

SEALED = "the record is held more closely; its action has asked its own rule"


def restrict_letters(about: Collection[UUID]) -> int:
    """Hold the letters about records as closely as a team does.

    Called inside the action that restricts the records, which has asked its own rule.

    Returns:
        How many letters.
    """
    rows = Letter.objects.unscoped(reason=SEALED).filter(about_key__in=about)
    return rows.update(restricted=True)


def move_letters(about: Collection[UUID], compartment: Compartment) -> int:
    """Put the letters about records into a compartment, with their files.

    Called inside the action that seals the records, which has asked its own rule.

    Returns:
        How many letters.
    """
    letters = Letter.objects.unscoped(reason=SEALED).filter(about_key__in=about)
    move_files(list(letters.values_list("pk", flat=True)), compartment)
    return letters.update(compartment=compartment)
