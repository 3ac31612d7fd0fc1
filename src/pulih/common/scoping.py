"""Reads of protected models that say for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.db.models.query import ModelIterable

from pulih.common.errors import UnscopedReadError
from pulih.common.loading import telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Row = TypeVar("Row", bound=models.Model)


class _Unseen(ModelIterable[Row], Generic[Row]):
    """Rows that are made without a word to whoever counts readings."""

    def __iter__(self) -> Iterator[Row]:
        rows = super().__iter__()
        while True:
            # Quiet only while a row is made: what its taker then loads is told of as ever.
            with telling(None):
                row = next(rows, None)
            if row is None:
                return
            yield row


class ScopedManager(models.Manager[Row], Generic[Row]):
    """Reads of a protected model name their reader, or give the reason why they need none.

    `objects.filter(...)` raises. `objects.visible_to(user)` gives what the policy lets the user
    see. `objects.unscoped(reason=...)` is for background work and is found by a search for the
    word. Children reached through a parent (`case.team.all()`) are read freely: the parent was
    read through the scope.
    """

    # Set once by pulih.access.scope, which common cannot import.
    narrow: Callable[[Any, Any, Any], Any] | None = None

    def get_queryset(self) -> models.QuerySet[Row]:
        if not hasattr(self, "instance"):
            raise UnscopedReadError(
                f"{self.model.__name__} is protected: read it with visible_to(user),"
                " or unscoped(reason=...)."
            )
        return super().get_queryset()

    def visible_to(self, user: Any, action: Any = None) -> models.QuerySet[Row]:
        """The rows on which the user may do the action (default: the model's read action)."""
        if ScopedManager.narrow is None:
            raise UnscopedReadError("No scope is installed.")
        rows = super().get_queryset()
        return ScopedManager.narrow(rows, user, action)  # type: ignore[no-any-return]

    def unscoped(self, *, reason: str, shown: bool = True) -> models.QuerySet[Row]:
        """Every row, for work that no user looks at; the reason is for the reader of the code.

        Args:
            shown: may what is read reach the page? Where not, its rows are no readings.
        """
        if not reason:
            raise UnscopedReadError("An unscoped read gives its reason.")
        rows = super().get_queryset()
        if not shown:
            rows._iterable_class = _Unseen
        return rows

    def create(self, **values: Any) -> Row:
        """Writing needs no scope."""
        return super().get_queryset().create(**values)

    def bulk_create(self, *args: Any, **options: Any) -> list[Row]:
        """Writing needs no scope."""
        return super().get_queryset().bulk_create(*args, **options)
