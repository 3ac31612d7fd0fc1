"""Bringing rows under the key they belong under now, one value at a time and never over a writer.

Each value is changed only where the database still holds what was read: whoever writes at the same
moment wins, and their value lies under the right key already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction

from pulih.common import crypto
from pulih.common.fields import Ciphertext, EncryptedTextField
from pulih.common.sealed_units import holdings, unit_of

Change = tuple[UUID, str, str]
"""Row, the ciphertext that was read, and the one to put in its place."""


def encrypted_models() -> Iterator[tuple[type[models.Model], list[EncryptedTextField]]]:
    """Every model with encrypted columns, and the columns."""
    for model in apps.get_models():
        found = [field for field in model._meta.fields if isinstance(field, EncryptedTextField)]
        if found:
            yield model, found


def path_to_holder(model: type[models.Model]) -> str:
    """The lookup from a model to the row that holds the compartment, with `__` at its end."""
    path, holding = "", holdings()[model]
    while holding.on:
        field: Any = model._meta.get_field(holding.on)
        path, model = f"{path}{holding.on}__", field.related_model
        holding = holdings()[model]
    return path


def hanging_on(root: models.Model) -> Iterator[models.QuerySet[models.Model]]:
    """A record, and model by model what hangs on it and shares its key."""
    yield type(root)._base_manager.filter(pk=root.pk)
    for model, holding in holdings().items():
        path, at = "", model
        while holding.on:
            field: Any = at._meta.get_field(holding.on)
            path, at = f"{path}{holding.on}__", field.related_model
            holding = holdings()[at]
            if at is type(root):
                yield model._base_manager.filter(**{f"{path}pk": root.pk})


def reseal_rows(rows: Iterable[models.Model]) -> int:
    """Bring the texts of rows, fresh from the database, under the key they belong under now.

    Returns:
        How many values were written anew.
    """
    count = 0
    for row in rows:
        unit = unit_of(row)
        prefix = crypto.prefix_of(unit)
        for field in row._meta.fields:
            value = row.__dict__.get(field.attname)
            if not isinstance(field, EncryptedTextField) or not isinstance(value, Ciphertext):
                continue
            if not value.token.startswith(prefix):
                place = field.place(row)
                text = crypto.decrypt(value.token, place=place)
                token = crypto.encrypt(text, place=place, unit=unit)
                swap(type(row), field, [(row.pk, value.token, token)])
                count += 1
    return count


def quoted(name: str | None) -> str:
    """The name of a table or column in SQL."""
    return connection.ops.quote_name(name or "")


def swap(model: type[models.Model], field: EncryptedTextField, changes: list[Change]) -> None:
    """Write values anew where the database still holds what was read."""
    table, column = quoted(model._meta.db_table), quoted(field.column)
    statement = (
        f"UPDATE {table} SET {column} = %s"  # noqa: S608 - names of our own models
        f" WHERE {quoted('id')} = %s AND {column} = %s"
    )
    key: Any = model._meta.pk
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [(new, key.get_db_prep_value(pk, connection), old) for pk, old, new in changes],
        )
