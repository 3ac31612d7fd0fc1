"""Making two entries one, and two again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.people import rules
from pulih.people.merge import snapshot
from pulih.people.merge.plan import Change, Plan, make_plan
from pulih.people.merge.relations import How, declare
from pulih.people.merge.standing import obstacles_to_merge, obstacles_to_undo
from pulih.people.models import Merge, Person, PersonName
from pulih.people.storage import keys

__all__ = ["How", "declare", "merge_people", "undo_merge"]

Values = dict[str, Any]


@transaction.atomic
def merge_people(
    *,
    kept: Person,
    absorbed: Person,
    choices: Mapping[str, str] | None = None,
    why: str = "",
    by: User,
) -> Merge:
    """Let one entry absorb another: its rows go over, its page leads on, nothing is deleted.

    Args:
        kept: the entry that stays.
        absorbed: the entry that becomes a pointer to it.
        choices: for facts in which the two differ, `merge.fields` key to "kept" or "other".
        why: in the user's words.
        by: somebody who may merge both.

    Raises:
        PermissionDenied: `by` may not merge one of them.
        RuleError: they may not meet (compartments, offices), one is absorbed already, they were
            judged not to be the same, or a relation points to people that nobody declared.

    Source: R-PEO-47 to R-PEO-50, docs/rules.md.
    """
    rules.may_merge(by, kept).require()
    rules.may_merge(by, absorbed).require()
    kept, absorbed = _locked(kept, absorbed)
    _refuse(obstacles_to_merge(kept, absorbed))

    plan = make_plan(kept, absorbed, choices or {})
    moment = now()
    pointer = Change(Person, absorbed.pk, {"merged_into_id": kept.pk, "updated_at": moment})
    plan.person.values["updated_at"] = moment
    changed = [_carry_out(change) for change in (*plan.changes, pointer)]
    made = _keep_lost_name(plan)
    _refresh_keys(kept, absorbed)
    merge = Merge.objects.create(
        office=kept.office,
        compartment=kept.compartment,
        kept=kept,
        absorbed=absorbed,
        snapshot={"changed": changed, "made": made},
        by=by,
        at=moment,
    )
    audit.record("person.merged", actor=by, subject=kept, reason=why, detail=_told(merge, plan))
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, why: str, by: User) -> Merge:
    """Take a merge back whole: every row it changed is again as it was.

    What was added to the kept entry since then stays with it.

    Args:
        merge: a merge that stands.
        why: in the user's words.
        by: somebody who may merge the kept entry.

    Raises:
        PermissionDenied: `by` may not merge the kept entry.
        RuleError: it was undone already, or something was built on it that cannot be separated.

    Source: R-PEO-51, docs/rules.md.
    """
    rows = Merge.objects.unscoped(reason="checked by may_merge on its entries")
    merge = rows.select_for_update().get(pk=merge.pk)
    kept, absorbed = _locked(merge.kept, merge.absorbed)
    rules.may_merge(by, kept).require()
    rules.may_merge(by, absorbed).require()
    _refuse(obstacles_to_undo(merge))

    content = merge.snapshot
    for entry in reversed(content["changed"]):
        snapshot.write(snapshot.model_of(entry["model"]), entry["key"], _before(entry))
    for entry in content["made"]:
        model = snapshot.model_of(entry["model"])
        model._base_manager.filter(pk=entry["key"]).delete()
    _refresh_keys(kept, absorbed)
    merge.undone_by, merge.undone_at = by, now()
    merge.save(update_fields=["undone_by", "undone_at"])
    audit.record("merge.undone", actor=by, subject=kept, reason=why, detail=_pair(merge))
    return merge


def _locked(*people: Person) -> list[Person]:
    """The entries read anew and locked, always in the same order against deadlocks."""
    rows = Person.objects.unscoped(reason="checked by may_merge")
    wanted = [person.pk for person in people]
    found = {row.pk: row for row in rows.select_for_update().filter(pk__in=wanted).order_by("pk")}
    return [found[key] for key in wanted]


def _refuse(obstacles: list[str]) -> None:
    if obstacles:
        raise RuleError(" ".join(obstacles), rule="R-PEO-48")


def _carry_out(change: Change) -> Values:
    """Write one change; what the row held before and holds now goes into the snapshot."""
    model, columns = change.model, list(change.values)
    before = snapshot.read(model, change.key, columns)
    after = snapshot.pack(change.values)
    snapshot.write(model, change.key, after)
    return {
        "model": model._meta.label,
        "key": str(change.key),
        "before": before,
        # Read back: the form in which the undo will meet it.
        "after": snapshot.read(model, change.key, columns),
    }


def _before(entry: Values) -> Values:
    """The old values; the moment of the last change only if nothing was changed since."""
    before: Values = dict(entry["before"])
    if "updated_at" in before:
        model = snapshot.model_of(entry["model"])
        current = snapshot.read(model, entry["key"], ["updated_at"])
        if current != {"updated_at": entry["after"]["updated_at"]}:
            del before["updated_at"]
    return before


def _keep_lost_name(plan: Plan) -> list[Values]:
    if not plan.alias:
        return []
    column = "text_sealed" if plan.kept.is_sealed else "text"
    name = PersonName.objects.create(
        person=plan.kept,
        kind=PersonName.Kind.ALIAS,
        source=_("Joined entry %(number)s") % {"number": plan.absorbed.number},
        noted_on=today(),
        **{column: plan.alias},
    )
    columns = snapshot.all_columns(PersonName)
    return [
        {
            "model": PersonName._meta.label,
            "key": str(name.pk),
            "after": snapshot.read(PersonName, name.pk, columns),
        }
    ]


def _refresh_keys(*people: Person) -> None:
    for person in _locked(*people):
        keys.refresh(person)


def _pair(merge: Merge) -> dict[str, str]:
    return {
        "merge": str(merge.pk),
        "kept": str(merge.kept_id),
        "absorbed": str(merge.absorbed_id),
    }


def _told(merge: Merge, plan: Plan) -> Values:
    """What the trail tells; rows of the apps above are not counted, because they may be sealed."""
    own = (moves for moves in plan.moves if moves.relation.model._meta.app_label == "people")
    moved = {moves.relation.model._meta.label: len(moves.going) for moves in own if moves.going}
    facts = {row.key: row.choice for row in plan.fields if row.fate in ("filled", "conflict")}
    return {**_pair(merge), "moved": moved, "facts": facts}
