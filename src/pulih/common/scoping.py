"""Reads of protected models that say for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models

from pulih.common.errors import UnscopedReadError

if TYPE_CHECKING:
    from collections.abc import Callable

Row = TypeVar("Row", bound=models.Model)


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

    def unscoped(self, *, reason: str) -> models.QuerySet[Row]:
        """Every row, for work that no user looks at; the reason is for the reader of the code."""
        if not reason:
            raise UnscopedReadError("An unscoped read gives its reason.")
        return super().get_queryset()

    def create(self, **values: Any) -> Row:
        """Writing needs no scope."""
        return super().get_queryset().create(**values)

    def bulk_create(self, *args: Any, **options: Any) -> list[Row]:
        """Writing needs no scope."""
        return super().get_queryset().bulk_create(*args, **options)
