"""Replacing the main key: in batches, beside a running server, from wherever it was interrupted.

No step is undone by a kill: a batch is one transaction, a value is changed only where the database
still holds what was read, a file gets a new name before the row points to it, and the old key stays
in the key file. What is left is asked of the data themselves, so there is no progress to lose.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from pulih.access.factors import reseal_factor, waiting_factors
from pulih.common import crypto, datakeys
from pulih.common.errors import CipherError, KeyGoneError
from pulih.common.fields import EncryptedTextField
from pulih.common.keyring import add_key, keyring
from pulih.common.resealing import Change, quoted, reseal_rows, swap
from pulih.config.keys.columns import Table, rotating, sealable
from pulih.config.keys.standing import Left, left, waiting_files
from pulih.files.actions.resealing import reseal_files

BATCH = 500
Tell = Callable[[str], None]


class RotationError(RuntimeError):
    """The main key could not be replaced; the text says why."""


def rotate(*, tell: Tell) -> Left:
    """Replace the main key, or go on with a replacement that was interrupted.

    Args:
        tell: hears what is being done.

    Returns:
        What is left; nothing, unless somebody wrote with the older key at that very moment.

    Raises:
        RotationError: another rotation runs.

    Source: R-CONF-42, docs/rules/config.md.
    """
    with _alone():
        begun = left()
        if begun.total:
            tell(f"going on with key {keyring().current}: {begun.total} left")
        else:
            tell(f"new key {add_key(Path(settings.PULIH_KEY_FILE))}")
        for table in sealable():
            _seal(table)
        for table in rotating():
            if count := _rotate(table):
                tell(f"{table.model._meta.label}: {count} rows")
        for key in waiting_factors():
            reseal_factor(key)
        if waiting := waiting_files():
            tell(f"{reseal_files(waiting)} files")
        _rewrap()
        return left()


def _seal(table: Table) -> None:
    """Bring rows of sealed records, written before there were such keys, under their own."""
    for key in list(table.loose().values_list("pk", flat=True)):
        with transaction.atomic():
            reseal_rows(table.model._base_manager.filter(pk=key))


def _rotate(table: Table) -> int:
    count, after = 0, None
    while batch := _batch(table, after):
        after = batch[-1][0]
        changes: dict[EncryptedTextField, list[Change]] = {}
        for row in batch:
            key = row[0] if isinstance(row[0], UUID) else UUID(str(row[0]))
            for field, token in zip(table.fields, row[1:], strict=True):
                if token and _is_older(token):
                    place = field.place_of(key)
                    new = crypto.encrypt(crypto.decrypt(token, place=place), place=place)
                    changes.setdefault(field, []).append((key, token, new))
        with transaction.atomic():
            for field, made in changes.items():
                swap(table.model, field, made)
        count += len(batch)
    return count


def _batch(table: Table, after: Any) -> list[tuple[Any, ...]]:
    """The next rows with a text under an older key, in the order of their keys."""
    where, values = table.under_older(), []
    if after is not None:
        # The key as the database gave it; so a row that cannot be changed is not read for ever.
        where, values = f"{where.replace('%', '%%')} AND {quoted('id')} > %s", [after]
    columns = ", ".join(quoted(field.column) for field in table.fields)
    statement = (
        f"SELECT {quoted('id')}, {columns} FROM {quoted(table.model._meta.db_table)}"  # noqa: S608
        f" WHERE {where} ORDER BY {quoted('id')} LIMIT {BATCH}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall())


def _is_older(token: str) -> bool:
    own, current = f"{crypto.OF_FILE}.", crypto.prefix_of(None)
    return token.startswith(own) and not token.startswith(current)


def _rewrap() -> None:
    """Wrap the keys of sealed records with the new key; their rows stay as they are."""
    for unit in datakeys.units():
        try:
            datakeys.rewrap(unit)
        except KeyGoneError:
            # Destroyed meanwhile, with its record.
            continue


@contextmanager
def _alone() -> Iterator[None]:
    lock = Path(settings.PULIH_KEY_FILE).with_name(".rotation.lock")
    handle = os.open(lock, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise RotationError("Another rotation of the keys is running.") from None
    except CipherError as fault:
        raise RotationError(
            f"{fault} Nothing was changed there; the older key stays. Look at this row first."
        ) from fault
    finally:
        os.close(handle)
