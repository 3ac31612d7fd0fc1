"""After a restore: triggers, destructions, sessions, the epoch; and what proves that it opens."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction

from pulih.access import audit, chain, triggers
from pulih.access.models import AuditEvent, Office, SyncEpoch
from pulih.cases.actions.shredding import shred_case
from pulih.cases.models import Case
from pulih.common import key_shredding, ledger
from pulih.common.errors import KeyGoneError
from pulih.common.fields import EncryptedTextField
from pulih.files import store
from pulih.files.models import Attachment

OPENED = 20
"""How many encrypted records a drill opens."""
RESTORED = "a restore looks at every row, whoever may read it"


def settled(*, heads: dict[str, Any], drill: bool) -> dict[str, Any]:
    """Settle restored data, or in a drill only look at them.

    Args:
        heads: the ends of the chains as the manifest tells them.
        drill: change nothing.
    """
    triggers.install()
    report: dict[str, Any] = {
        "trail": [fault for office in Office.objects.all() for fault in _trail(office, heads)],
        "opened": _open_some(),
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


def _open_some() -> int:
    """Open some encrypted records and files at random; a fault stops the drill with its reason."""
    places = [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, EncryptedTextField)
    ]
    gone = key_shredding.destroyed_units()
    opened = 0
    for _try in range(OPENED * len(places)):
        if opened >= OPENED - 1:
            break
        model, field = random.choice(places)  # noqa: S311 - a sample, no secret
        row = _random_row(model, field)
        if row is not None:
            opened += _opens(row, field, gone)
    files = Attachment.objects.unscoped(reason=RESTORED).filter(removed_at=None)
    attachment = files.exclude(owner_id__in=gone).order_by("?").first()
    if attachment is not None:
        store.read(attachment.storage_path, key=attachment.pk)
        opened += 1
    return opened


def _opens(row: models.Model, field: EncryptedTextField, gone: frozenset[UUID]) -> bool:
    """Does a value open? One whose key was destroyed since must not, and that is no fault."""
    try:
        getattr(row, field.attname)
    except KeyGoneError as fault:
        if fault.unit in gone:
            return False
        raise
    return True


def _random_row(model: type[models.Model], field: models.Field[Any, Any]) -> models.Model | None:
    rows = model._base_manager.all()
    count = rows.count()
    start = random.randrange(count) if count else 0  # noqa: S311 - a sample, no secret
    filled = (
        row for row in rows.order_by("pk")[start : start + 50] if row.__dict__.get(field.attname)
    )
    return next(filled, None)
