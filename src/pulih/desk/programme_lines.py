"""The lines of the work programme's page: plan beside what was given, for one reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from pulih.access.models import Activity, User
from pulih.access.policy import Action
from pulih.access.programme_queries import Line, Tree
from pulih.cases.queries.programme import Realised, realised_by_activity


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the table.

    Attributes:
        realised: in the measure of the target; None for a reader who sees no services at all,
            and for a line whose figures stand on its parts.
    """

    activity: Activity
    depth: int
    budget: int | None
    months: str
    has_parts: bool
    realised: int | None

    @property
    def share(self) -> int | None:
        """How much of the target is reached, in whole per cent."""
        if self.realised is None or not self.activity.target:
            return None
        return round(100 * self.realised / self.activity.target)


@dataclass(frozen=True, slots=True)
class ShownTree:
    """A programme with its lines, from the top down."""

    tree: Tree
    lines: list[Shown]


def lines_of(trees: list[Tree], *, user: User) -> list[ShownTree]:
    """The programmes as the reader sees them.

    A line that was taken out stands there only while the reader sees something given for it.
    """
    given: Mapping[UUID, Realised] | None = None
    if user.may(Action.CASE_READ):
        keys = [line.activity.pk for tree in trees for line in _walk(tree.lines)]
        given = realised_by_activity(keys, user=user)
    return [ShownTree(tree, list(_shown(tree.lines, given, 0))) for tree in trees]


def _walk(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _walk(line.parts)


def _shown(lines: list[Line], given: Mapping[UUID, Realised] | None, depth: int) -> Iterator[Shown]:
    for line in lines:
        parts = list(_shown(line.parts, given, depth + 1))
        realised = _realised(line.activity, given)
        if line.activity.dropped_on and not realised and not parts:
            continue
        yield Shown(
            line.activity,
            depth,
            line.budget,
            line.months,
            bool(parts),
            None if parts and not realised else realised,
        )
        yield from parts


def _realised(activity: Activity, given: Mapping[UUID, Realised] | None) -> int | None:
    if given is None:
        return None
    return given.get(activity.pk, Realised()).in_measure(activity.measure)
