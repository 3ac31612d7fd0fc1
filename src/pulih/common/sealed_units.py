"""Under whose key a row's texts lie: that of the sealed record it belongs to, or none of its own.

Each app says in `AppConfig.ready()` which of its models hold a compartment and which hang on such a
row. The field asks here when it writes; when it reads, the ciphertext itself names the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models


@dataclass(frozen=True, slots=True)
class Holding:
    """How the rows of a model stand to a compartment.

    Attributes:
        on: the foreign key towards the row that holds the compartment; empty where it is the row.
        key: the attribute of that row that names the key.
    """

    on: str = ""
    key: str = ""


_holdings: dict[type[models.Model], Holding] = {}


def hold(model: type[models.Model], *, key: str) -> None:
    """Rows of this model carry a compartment; with one, `key` names the key of their texts."""
    _holdings[model] = Holding(key=key)


def hang(model: type[models.Model], *, on: str) -> None:
    """Rows of this model lie under the key of the row that `on` points to."""
    _holdings[model] = Holding(on=on)


def holdings() -> Mapping[type[models.Model], Holding]:
    """Every model that may be sealed; read by re-sealing, by checks and by tests."""
    return _holdings


def unit_of(row: Any) -> UUID | None:
    """The record whose key the texts of a row lie under, None for the key of the key file."""
    while row is not None:
        holding = _holdings.get(type(row))
        if holding is None:
            return None
        if holding.key:
            if row.compartment_id is None:
                return None
            found: UUID = getattr(row, holding.key) or row.compartment_id
            return found
        row = getattr(row, holding.on)
    return None
