"""Values of rows as they lie in the database, so that an undo puts back the very same bytes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models

from pulih.common.fields import Ciphertext

Model: TypeAlias = type[models.Model]
Values: TypeAlias = dict[str, Any]

_SEALED = "sealed"


def read(model: Model, key: Any, columns: Iterable[str]) -> Values | None:
    """The stored values of one row, None if it is gone. Encrypted ones stay encrypted."""
    names = list(columns)
    # The snapshot holds rows whoever may read them one by one; it is itself encrypted.
    row = model._base_manager.filter(pk=key).values(*names).first()
    return {name: _packed(row[name]) for name in names} if row else None


def all_columns(model: Model) -> list[str]:
    """Every column of a table."""
    return [field.attname for field in model._meta.concrete_fields]


def write(model: Model, key: Any, values: Mapping[str, Any]) -> None:
    """Put values of a snapshot into a row."""
    opened = {name: _unpacked(model, name, value) for name, value in values.items()}
    model._base_manager.filter(pk=key).update(**opened)


def insert(model: Model, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make rows again with the keys they had."""
    made = [
        model(**{name: _unpacked(model, name, value) for name, value in row.items()})
        for row in rows
    ]
    model._base_manager.bulk_create(made)


def pack(values: Mapping[str, Any]) -> Values:
    """Values about to be written, in the form of a snapshot."""
    return {name: _packed(value) for name, value in values.items()}


def model_of(label: str) -> Model:
    """The model of a label that a snapshot names.

    Raises:
        LookupError: an update of the software took the model away.
    """
    return apps.get_model(label)


def _packed(value: Any) -> Any:
    if isinstance(value, Ciphertext):
        return {_SEALED: value.token}
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _unpacked(model: Model, name: str, value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {_SEALED}:
        return Ciphertext(value[_SEALED])
    field = model._meta.get_field(name)
    if field.is_relation:
        field = field.target_field  # type: ignore[union-attr]
    return field.to_python(value)  # type: ignore[union-attr]
