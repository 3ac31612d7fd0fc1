"""The encrypted columns of the database, and how much lies in them under which key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from pulih.access.models import AuditEvent
from pulih.common import crypto
from pulih.common.fields import EncryptedTextField
from pulih.common.keyring import keyring
from pulih.common.resealing import encrypted_models, path_to_holder, quoted
from pulih.common.sealed_units import holdings

KEEPS_ITS_KEY = (AuditEvent,)
"""The chain of the trail is made over the ciphertext: another one would break it (ADR 10)."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with encrypted columns that rotate."""

    model: type[models.Model]
    fields: list[EncryptedTextField]

    def under_older(self) -> str:
        """The condition for rows with a text under an older key of the key file."""
        old, current = f"{crypto.OF_FILE}.%", f"{crypto.prefix_of(None)}%"
        return _any(f"({one} LIKE '{old}' AND {one} NOT LIKE '{current}')" for one in self.names())

    def under(self, kid: str) -> str:
        """The condition for rows with a text under this key of the key file."""
        return _any(f"{one} LIKE '{crypto.OF_FILE}.{kid}.%'" for one in self.names())

    def under_file(self) -> str:
        """The condition for rows with a text under any key of the key file."""
        return _any(f"{one} LIKE '{crypto.OF_FILE}.%'" for one in self.names())

    def names(self) -> list[str]:
        """The quoted columns."""
        table = quoted(self.model._meta.db_table)
        return [f"{table}.{quoted(field.column)}" for field in self.fields]

    def count(self, condition: str) -> int:
        """How many rows meet a condition."""
        table = quoted(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {condition}")  # noqa: S608
            return int(cursor.fetchone()[0])

    def loose(self) -> models.QuerySet[models.Model]:
        """Rows of sealed records whose texts do not lie under the record's own key yet."""
        path = path_to_holder(self.model)
        rows: models.QuerySet[Any] = self.model._base_manager.filter(
            **{f"{path}compartment__isnull": False}
        )
        return rows.extra(where=[self.under_file().replace("%", "%%")])  # noqa: S610


def rotating() -> Iterator[Table]:
    """Every table whose texts are brought under the current key."""
    for model, fields in encrypted_models():
        if model not in KEEPS_ITS_KEY:
            yield Table(model, fields)


def keeping() -> Iterator[Table]:
    """The tables whose texts keep the key they were written with."""
    for model, fields in encrypted_models():
        if model in KEEPS_ITS_KEY:
            yield Table(model, fields)


def sealable() -> Iterator[Table]:
    """The tables with rows that may belong to a sealed record."""
    return (table for table in rotating() if table.model in holdings())


def file_kids() -> list[str]:
    """The keys of the key file that encrypt texts."""
    ring = keyring()
    return [kid for kid in ring.keys if kid != ring.digest]


def _any(conditions: Iterator[str]) -> str:
    return "(" + " OR ".join(conditions) + ")"
