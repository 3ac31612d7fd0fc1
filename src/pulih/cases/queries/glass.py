"""Reading broken glasses: who opened what in an emergency, and what came of it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from pulih.access.models import User
from pulih.access.policy import Action
from pulih.cases.models import BrokenGlass, Case
from pulih.common.clock import now


def list_glasses(*, user: User) -> QuerySet[BrokenGlass]:
    """The broken glasses that the user watches over, the newest first."""
    rows = BrokenGlass.objects.visible_to(user, Action.GLASS_READ)
    return rows.select_related("case", "user", "judged_by")


def get_glass(key: UUID, *, user: User) -> BrokenGlass:
    """One broken glass, or 404."""
    return get_object_or_404(list_glasses(user=user), pk=key)


def broken_now(case: Case) -> list[BrokenGlass]:
    """Who has the case open by a broken glass now; the case was read for its reader."""
    return list(case.broken.filter(until_at__gt=now()).select_related("user"))
