"""After a restore: triggers, destructions, sessions, the epoch; and what proves that it opens."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import models, transaction

from pulih.access import audit, chain, triggers
from pulih.access.models import AuditEvent, Office, SyncEpoch
from pulih.cases.actions.shredding import shred_case
from pulih.cases.models import Case
from pulih.common import key_shredding, ledger
from pulih.common.errors import KeyGoneError
from pulih.common.fields import EncryptedTextField
from pulih.config.recovery.recipients import RecoveryError
from pulih.files import store
from pulih.files.models import Attachment

OPENED = 20
"""How many encrypted records a drill opens."""
RESTORED = "a restore looks at every row, whoever may read it"


def settle(
    *, heads: dict[str, Any], environment: dict[str, str] | None = None, drill: bool = False
) -> dict[str, Any]:
    """Run what follows a restore in a process of its own, which sees the restored data alone."""
    words = {"heads": heads, "drill": drill}
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "pulih.config.recovery"],
        input=json.dumps(words),
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RecoveryError(f"The restored data could not be settled: {done.stderr.strip()[-800:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def settled(*, heads: dict[str, Any], drill: bool) -> dict[str, Any]:
    """Settle restored data, or in a drill only look at them.

    A backup of an older version gets the tables of this one first.

    Args:
        heads: the ends of the chains as the manifest tells them.
        drill: look at a copy that is thrown away; nothing is destroyed or ended in it.
    """
    call_command("migrate", interactive=False, verbosity=0)
    triggers.install()
    opened, openable = _open_some()
    report: dict[str, Any] = {
        "trail": [fault for office in Office.objects.all() for fault in _trail(office, heads)],
        "opened": opened,
        "openable": openable,
        "applied": 0,
    }
    if not drill:
        key_shredding.finish()
        report["applied"] = _destroy_again()
        _end_sessions()
    return report


def _trail(office: Office, heads: dict[str, Any]) -> list[str]:
    faults = list(chain.faults(office))
    head = heads.get(str(office.pk))
    if head is None:
        return [*faults, f"the manifest knows no chain of {office.code}"]
    last = AuditEvent.objects.filter(office=office, sequence=head["sequence"]).first()
    if head["sequence"] and (last is None or last.mac != head["mac"]):
        faults.append(f"the chain of {office.code} is not the one that was backed up")
    return faults


def _destroy_again() -> int:
    """Destroy what was destroyed after the backup was made (R-CONF-21)."""
    count = 0
    for entry in ledger.entries():
        rows = Case.objects.unscoped(reason=RESTORED).filter(pk=entry.key)
        for case in rows if entry.kind == Case._meta.label_lower else ():
            shred_case(case=case, by=None)
            count += 1
    return count


@transaction.atomic
def _end_sessions() -> None:
    Session.objects.all().delete()
    UserSession.objects.all().delete()
    epoch = SyncEpoch.bump()
    for office in Office.objects.all():
        audit.record("backup.restored", actor=None, office=office, detail={"epoch": epoch})


def _open_some() -> tuple[int, int]:
    """Open encrypted values and a file at random; a fault stops the drill with its reason.

    Returns:
        How many were opened, and how many there are.
    """
    places = [
        rows
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, EncryptedTextField)
        for rows in [_filled(model, field)]
    ]
    gone = key_shredding.destroyed_units()
    sizes = [rows.count() for _name, rows in places]
    opened, destroyed = 0, 0
    for number in random.sample(range(sum(sizes)), min(sum(sizes), OPENED * 50)):
        if opened >= OPENED:
            break
        if _opens(places, sizes, number, gone):
            opened += 1
        else:
            destroyed += 1
    files = Attachment.objects.unscoped(reason=RESTORED).filter(removed_at=None)
    attachment = files.exclude(owner_id__in=gone).order_by("?").first()
    if attachment is not None:
        store.read(attachment.storage_path, key=attachment.pk)
        opened += 1
    return opened, sum(sizes) - destroyed + files.count()


def _filled(
    model: type[models.Model], field: models.Field[Any, Any]
) -> tuple[str, models.QuerySet[models.Model]]:
    """The rows in which a field holds something."""
    empty = models.Q(**{field.name: ""}) | models.Q(**{f"{field.name}__isnull": True})
    return field.attname, model._base_manager.exclude(empty).order_by("pk")


def _opens(
    places: list[tuple[str, models.QuerySet[models.Model]]],
    sizes: list[int],
    number: int,
    gone: frozenset[UUID],
) -> bool:
    """Does the value with this number, counted through all places, open?

    One whose key was destroyed since must not, and that is no fault.
    """
    for (name, rows), size in zip(places, sizes, strict=True):
        if number < size:
            try:
                getattr(rows[number], name)
            except KeyGoneError as fault:
                if fault.unit in gone:
                    return False
                raise
            return True
        number -= size
    return False
