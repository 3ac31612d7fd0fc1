"""Reads for joining two entries: the preview, a merge that was made, where an entry leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.scope import protected_models
from pulih.people.merge.fields import FieldRow
from pulih.people.merge.plan import Moves, make_plan
from pulih.people.merge.standing import obstacles_to_merge, obstacles_to_undo
from pulih.people.models import Merge, Person

FARTHEST = 20


@dataclass(frozen=True, slots=True)
class RelationRow:
    """How many rows of a kind go over, and how many the kept entry has already."""

    label: str | Promise
    going: int
    staying: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do, as far as the reader may know it."""

    kept: Person
    absorbed: Person
    obstacles: list[str]
    fields: list[FieldRow]
    relations: list[RelationRow]
    alias: str


def preview(kept: Person, absorbed: Person, choices: Mapping[str, str], *, user: User) -> Preview:
    """What would stay, what would be taken over, and what has to be chosen."""
    obstacles = obstacles_to_merge(kept, absorbed)
    if obstacles:
        return Preview(kept, absorbed, obstacles, [], [], "")
    plan = make_plan(kept, absorbed, choices)
    counted = [_counted(moves, user) for moves in plan.moves]
    relations = [row for row in counted if row.going or row.staying]
    return Preview(kept, absorbed, [], plan.fields, relations, plan.alias)


def _counted(moves: Moves, user: User) -> RelationRow:
    """Rows that the reader may see; the others go over as well and are not spoken of."""
    return RelationRow(
        moves.relation.label,
        _visible(moves, [row.pk for row in moves.going], user),
        _visible(moves, [row.pk for row in moves.staying], user),
    )


def _visible(moves: Moves, keys: list[object], user: User) -> int:
    model = moves.relation.model
    if not keys or model not in protected_models():
        return len(keys)
    return int(model.objects.visible_to(user).filter(pk__in=keys).count())  # type: ignore[attr-defined]


def get_merge(pk: UUID, *, user: User) -> Merge:
    """One merge, or 404."""
    rows = Merge.objects.visible_to(user)
    merge = rows.select_related("kept", "absorbed", "by", "undone_by").filter(pk=pk).first()
    if merge is None:
        raise Http404(_("There is no such merge."))
    return merge


def merges_into(person: Person, *, user: User) -> list[Merge]:
    """The merges that stand in an entry, for who may take them back."""
    if not user.may(Action.PERSON_MERGE):
        return []
    rows = Merge.objects.visible_to(user).filter(kept=person, undone_at=None)
    return list(rows.select_related("absorbed"))


def undo_obstacles(merge: Merge) -> list[str]:
    """Why a merge cannot be taken back, for its page."""
    return obstacles_to_undo(merge)


def standing_entry(person: Person, *, user: User) -> Person:
    """The entry that an absorbed one leads to, through as many merges as there were."""
    for _step in range(FARTHEST):
        if person.merged_into_id is None:
            break
        person = Person.objects.visible_to(user).get(pk=person.merged_into_id)
    return person
