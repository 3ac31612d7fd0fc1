"""Model fields whose content is encrypted in the database and opened only when it is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from pulih.common import crypto
from pulih.common.sealed_units import unit_of

Connection: TypeAlias = BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """A value as it lies in the database; it opens only through the row it belongs to."""

    token: str


class EncryptedAttribute(DeferredAttribute):
    """Opens the value of one row on first use, and keeps it on the instance."""

    field: EncryptedTextField

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            super().__get__(instance, cls)
        value = instance.__dict__[name]
        if isinstance(value, Ciphertext):
            value = self.field.open(value, instance)
            instance.__dict__[name] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text encrypted with AES-256-GCM, bound to table, column and row.

    The row needs its primary key before it is saved, which a UUID key gives. Filtering,
    `update()` and `bulk_update()` on the column are refused: they would need plaintext in SQL.
    """

    descriptor_class = EncryptedAttribute

    def place(self, instance: models.Model) -> str:
        """Where a value of this row lives; part of what is authenticated."""
        return self.place_of(instance.pk)

    def place_of(self, key: Any) -> str:
        """The same, for the row with this key."""
        return f"{self.model._meta.db_table}|{self.column}|{key}"

    def open(self, value: Ciphertext, instance: models.Model) -> Any:
        """Decrypt for one row."""
        return self.from_text(crypto.decrypt(value.token, place=self.place(instance)))

    def from_text(self, text: str) -> Any:
        """The Python value of a decrypted text."""
        return text

    def to_text(self, value: Any) -> str:
        """The text to encrypt for a Python value."""
        if not isinstance(value, str):
            raise TypeError(f"{self.name} takes text, not {type(value).__name__}.")
        return value

    def from_db_value(self, value: str | None, expression: Any, connection: Connection) -> Any:
        """Wrap what the database gave; nothing is opened yet."""
        return value if value in (None, "") else Ciphertext(str(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Encrypt what was set; leave alone what was never opened."""
        return self.sealed(model_instance)

    def sealed(self, model_instance: models.Model) -> Any:
        """What will lie in the database for this row: ciphertext, empty or null."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or value == "" or isinstance(value, Ciphertext):
            return value
        return self.sealed_under(model_instance, unit_of(model_instance))

    def sealed_under(self, instance: models.Model, unit: UUID | None) -> Any:
        """The value of a row as it would lie in the database under a record's own key."""
        value = getattr(instance, self.attname)
        if value is None or value == "":
            return value
        text, place = self.to_text(value), self.place(instance)
        return Ciphertext(crypto.encrypt(text, place=place, unit=unit))

    def get_prep_value(self, value: Any) -> Any:
        """Let only ciphertext, null and empty through to SQL."""
        if isinstance(value, Ciphertext):
            return value.token
        if value is None or value == "":
            return value
        raise FieldError(f"{self.name} is encrypted: it cannot be filtered or updated in SQL.")

    def get_lookup(self, lookup_name: str) -> Any:
        """Only "is it empty" is asked in SQL; a pattern would send plaintext to the database."""
        return super().get_lookup(lookup_name) if lookup_name in {"exact", "isnull"} else None

    def value_to_string(self, obj: models.Model) -> str:
        """Serialisation would copy secrets out of the database."""
        raise FieldError(f"{self.name} is encrypted and is not serialised.")


class EncryptedJSONField(EncryptedTextField):
    """A JSON value, encrypted as text."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_text(self, text: str) -> Any:
        return json.loads(text)

    def to_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
