"""How the keys stand: what is left under an older key, and where each key is in use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from pulih.access.factors import waiting_factors
from pulih.common import datakeys
from pulih.common.clock import now
from pulih.common.errors import KeyGoneError
from pulih.common.keyring import keyring
from pulih.common.sealed_units import unit_of
from pulih.config.keys.columns import file_kids, keeping, rotating, sealable
from pulih.files import store
from pulih.files.models import Attachment

KEPT = "keys are looked at, no content is"


@dataclass(slots=True)
class Left:
    """What does not lie under the key it belongs under now."""

    rows: dict[str, int] = field(default_factory=dict)
    sealed: dict[str, int] = field(default_factory=dict)
    factors: int = 0
    files: int = 0
    record_keys: int = 0

    @property
    def total(self) -> int:
        """Everything that a rotation still has to do."""
        counted = sum(self.rows.values()) + sum(self.sealed.values())
        return counted + self.factors + self.files + self.record_keys


def left() -> Left:
    """What a rotation still has to do."""
    found = Left(factors=len(waiting_factors()), files=len(waiting_files()))
    for table in rotating():
        if count := table.count(table.under_older()):
            found.rows[table.model._meta.label] = count
    for table in sealable():
        if count := table.loose().count():
            found.sealed[table.model._meta.label] = count
    current = keyring().current
    for unit in datakeys.units():
        try:
            found.record_keys += datakeys.wrapped_by(unit) != current
        except KeyGoneError:
            # Destroyed while we looked.
            continue
    return found


def waiting_files() -> list[Attachment]:
    """The files that do not lie under the key they belong under now."""
    rows = Attachment.objects.unscoped(reason=KEPT).filter(removed_at=None).order_by("pk")
    return [one for one in rows.iterator() if not store.is_under(one.storage_path, unit_of(one))]


def uses(kid: str) -> int:
    """How many rows of the database, the trail among them, hold a text under this key."""
    return sum(table.count(table.under(kid)) for table in (*rotating(), *keeping()))


def in_use() -> dict[str, int]:
    """The keys of the key file that encrypt texts, and how many rows each is needed for."""
    return {kid: uses(kid) for kid in file_kids()}


def age_of_current() -> int:
    """For how many days the current key has been in use."""
    made = keyring().made.get(keyring().current)
    stamp = Path(settings.PULIH_KEY_FILE).stat().st_mtime
    # A key file from before the days were written down is at least as old as its last change.
    since = dt.date.fromisoformat(made) if made else dt.datetime.fromtimestamp(stamp, dt.UTC).date()
    return (now().astimezone(dt.UTC).date() - since).days
