"""Bringing a case, a report or a person, with all that hangs on it, under the key it belongs to."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from pulih.common.resealing import hanging_on, reseal_rows
from pulih.files.actions.resealing import reseal_files
from pulih.files.models import Attachment
from pulih.inbox.models import CalendarEntry, Notice, Task
from pulih.papers.models import Letter

RESEALED = "the same words under another key; the action that seals has asked its own rule"


def reseal(root: models.Model) -> int:
    """Encrypt anew whatever of a record does not lie under the key it belongs under now.

    Called inside the action that has just set (or taken away) the compartment of the record and
    of its files, letters and tasks; that action has asked its own rule and leaves its own line in
    the trail. Calling it twice changes nothing.

    Args:
        root: a case, a report or a person; of a case the report comes along.

    Returns:
        How many values and files were written anew.

    Source: R-CONF-41, docs/rules/config.md.
    """
    roots = [root, getattr(root, "report", None)]
    count, keys = 0, set[UUID]()
    for rows in (rows for one in roots if one is not None for rows in hanging_on(one)):
        count += reseal_rows(rows)
        keys.update(rows.values_list("pk", flat=True))
    letters = Letter.objects.unscoped(reason=RESEALED).filter(about_key__in=keys)
    count += reseal_rows(letters)
    keys.update(letters.values_list("pk", flat=True))
    for model in (Task, Notice, CalendarEntry):
        count += reseal_rows(model._base_manager.filter(subject_id__in=keys))
    files = Attachment.objects.unscoped(reason=RESEALED).filter(owner_id__in=keys)
    return count + reseal_rows(files) + reseal_files(files)
