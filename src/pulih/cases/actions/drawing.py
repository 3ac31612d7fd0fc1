"""What a hand adds to the genogram and the ecomap of a case."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.moves import lock_case
from pulih.cases.drawing.figures import CLIENT, MOST_DRAWN, Bond, Figure, Place, Strength, Tie
from pulih.cases.drawing.store import FAMILY, SURROUNDINGS, Sketch
from pulih.cases.models import Case, FamilyChart
from pulih.cases.queries.family import family_of, sketch_of, surroundings_of
from pulih.common.errors import RuleError


@transaction.atomic
def add_figure(
    *, case: Case, figure: Figure, bond: Bond, to: str, as_child: bool = False, by: User
) -> str:
    """Draw somebody whom the registry does not know as kin, joined to somebody who is drawn.

    Args:
        figure: name, sign and age; its key is chosen here.
        bond: what the new one is to the other; with `parent` the new one is the parent.
        to: the key of somebody in the drawing.
        as_child: with `parent`, the other is the parent of the new one.

    Returns:
        The key of the new figure.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: there is no name, too many are drawn, or the other is not in the drawing.

    Source: R-CASE-104, docs/rules/cases.md.
    """
    case, sketch = _opened(case, by)
    if not figure.name.strip():
        raise RuleError(_("Write a name, or what the person is called."), rule="R-CASE-104")
    _check_room(sketch)
    _check_figures(case, sketch, [to], by)
    key = _new_key()
    sketch.figures.append(replace(figure, key=key, name=figure.name.strip(), drawn=True))
    a, b = (to, key) if as_child else (key, to)
    sketch.ties.append(Tie(bond, a, b, drawn=True))
    _keep(case, sketch, "added", by)
    return key


@transaction.atomic
def tie_figures(*, case: Case, tie: Tie, by: User) -> None:
    """Join two people of the genogram; an earlier tie between the two gives way.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it is one person twice, or one of the two is not in the drawing.

    Source: R-CASE-104, docs/rules/cases.md.
    """
    case, sketch = _opened(case, by)
    if tie.a == tie.b:
        raise RuleError(_("Choose two different people."), rule="R-CASE-104")
    _check_figures(case, sketch, [tie.a, tie.b], by)
    pair = {tie.a, tie.b}
    sketch.ties = [one for one in sketch.ties if {one.a, one.b} != pair]
    sketch.ties.append(replace(tie, drawn=True))
    _keep(case, sketch, "joined", by)


@transaction.atomic
def add_place(*, case: Case, name: str, strength: Strength, by: User) -> str:
    """Draw an institution or somebody of the surroundings in the ecomap.

    Returns:
        Its key.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: there is no name, or too many are drawn.

    Source: R-CASE-104, docs/rules/cases.md.
    """
    case, sketch = _opened(case, by)
    if not name.strip():
        raise RuleError(_("Write who or what it is."), rule="R-CASE-104")
    _check_room(sketch)
    key = _new_key()
    sketch.places.append(Place(key, name.strip(), drawn=True))
    sketch.strengths[key] = strength
    _keep(case, sketch, "added", by)
    return key


@transaction.atomic
def judge_tie(*, case: Case, key: str, strength: Strength, by: User) -> None:
    """Say how a tie to the surroundings is.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it is not in the drawing.

    Source: R-CASE-104, docs/rules/cases.md.
    """
    case, sketch = _opened(case, by)
    _check(key, [place.key for place in surroundings_of(case, sketch, user=by)])
    sketch.strengths[key] = strength
    _keep(case, sketch, "judged", by)


@transaction.atomic
def move_drawn(*, case: Case, drawing: str, key: str, x: float, y: float, by: User) -> None:
    """Remember where somebody or something was dragged to.

    Args:
        drawing: `family` or `surroundings`.
        x, y: the place in steps of the grid.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it is not in that drawing.

    Source: R-CASE-104, docs/rules/cases.md.
    """
    case, sketch = _opened(case, by)
    if drawing == FAMILY:
        _check_figures(case, sketch, [key], by)
    elif drawing == SURROUNDINGS:
        places = surroundings_of(case, sketch, user=by)
        _check(key, [CLIENT, *(place.key for place in places)])
    else:
        raise RuleError(_("There is no such drawing."), rule="R-CASE-104")
    sketch.move(drawing, key, x, y)
    _keep(case, sketch, "moved", by)


@transaction.atomic
def order_again(*, case: Case, drawing: str, by: User) -> None:
    """Forget where things were dragged to: the drawing orders itself again.

    Raises:
        PermissionDenied: `by` does not work on the case.

    Source: R-CASE-104, docs/rules/cases.md.
    """
    case, sketch = _opened(case, by)
    sketch.moves[drawing if drawing == SURROUNDINGS else FAMILY] = {}
    _keep(case, sketch, "moved", by)


@transaction.atomic
def remove_drawn(*, case: Case, key: str, by: User) -> None:
    """Take away somebody, something or a tie that was drawn by hand.

    Args:
        key: of a figure, a place, or a tie as `store.tie_key` names it.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it was not drawn by hand.

    Source: R-CASE-104, docs/rules/cases.md.
    """
    case, sketch = _opened(case, by)
    if not sketch.remove(key):
        raise RuleError(
            _("This comes from the registry, a referral or a need: change it there."),
            rule="R-CASE-104",
        )
    _keep(case, sketch, "removed", by)


def _opened(case: Case, by: User) -> tuple[Case, Sketch]:
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    return case, sketch_of(case)


def _keep(case: Case, sketch: Sketch, how: str, by: User) -> None:
    chart = FamilyChart.objects.filter(case=case).first() or FamilyChart(case=case)
    chart.content, chart.changed_by = sketch.as_json(), by
    chart.save()
    audit.record("chart.changed", actor=by, subject=case, detail={"how": how})


def _check_figures(case: Case, sketch: Sketch, keys: Collection[str], by: User) -> None:
    known = [figure.key for figure in family_of(case, sketch, user=by).figures]
    for key in keys:
        _check(key, known)


def _check(key: str, known: Collection[str]) -> None:
    if key not in known:
        raise RuleError(_("This is not in the drawing any more."), rule="R-CASE-104")


def _check_room(sketch: Sketch) -> None:
    if len(sketch.figures) + len(sketch.places) >= MOST_DRAWN:
        raise RuleError(
            _("%(count)s are drawn by hand already.") % {"count": MOST_DRAWN}, rule="R-CASE-104"
        )


def _new_key() -> str:
    return f"x-{uuid.uuid4().hex[:12]}"
