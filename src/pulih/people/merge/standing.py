"""What stands in the way of a merge, or of undoing one; each as a sentence for the user."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pulih.people.merge import snapshot
from pulih.people.merge.relations import undeclared
from pulih.people.models import Judgement, Merge, Person


def obstacles_to_merge(kept: Person, absorbed: Person) -> list[str]:
    """Why these two may not become one; empty when they may."""
    if kept.pk == absorbed.pk:
        return [_("This is one and the same entry.")]
    if kept.office_id != absorbed.office_id or kept.compartment_id != absorbed.compartment_id:
        return [_("Entries of different compartments are never joined.")]
    found = [
        _("%(number)s was joined with another entry already.") % {"number": person.number}
        for person in (kept, absorbed)
        if person.merged_into_id is not None
    ]
    if _judged_apart(kept, absorbed):
        found.append(
            _("These two were judged not to be the same person. Change the verdict first.")
        )
    if missing := undeclared():
        found.append(
            _("Nobody has said what a merge does with %(relations)s. Tell the administrator.")
            % {"relations": ", ".join(missing)}
        )
    return found


def _judged_apart(kept: Person, absorbed: Person) -> bool:
    first, second = sorted((kept.pk, absorbed.pk))
    rows = Judgement.objects.unscoped(reason="a verdict on the two stops their merge")
    last = rows.filter(first=first, second=second).order_by("at", "pk").last()
    return last is not None and last.verdict == Judgement.Verdict.NOT_SAME


def obstacles_to_undo(merge: Merge) -> list[str]:
    """Why a merge cannot be taken back as things are now; empty when it can."""
    if merge.undone_at is not None:
        return [_("This merge was undone already.")]
    if later := _later_merges(merge):
        numbers = ", ".join(later)
        return [_("Undo the later merge first: %(numbers)s.") % {"numbers": numbers}]
    if merge.kept.compartment_id != merge.absorbed.compartment_id:
        return [_("One of the two was sealed since.")]
    found = {_built_on(entry) for entry in merge.snapshot["changed"]}
    found |= {_edited_since(entry) for entry in merge.snapshot["made"]}
    return sorted(found - {""})


def _later_merges(merge: Merge) -> list[str]:
    """Merges of the kept entry after this one, by the number of the other entry."""
    rows = Merge.objects.unscoped(reason="later merges stand in the way of an undo")
    standing = rows.filter(undone_at=None).exclude(pk=merge.pk)
    absorbing = standing.filter(kept=merge.kept, at__gte=merge.at)
    absorbed = standing.filter(absorbed=merge.kept)
    return [
        *absorbing.values_list("absorbed__number", flat=True),
        *absorbed.values_list("kept__number", flat=True),
    ]


def _built_on(entry: dict[str, Any]) -> str:
    """Was a row that the merge changed removed, or the changed value changed again?"""
    model = snapshot.model_of(entry["model"])
    compared = [name for name in entry["after"] if name != "updated_at"]
    current = snapshot.read(model, entry["key"], compared)
    # What it was stays unsaid: rows of the apps above may be sealed.
    if current is None:
        return _("Something that came with the merge was removed since.")
    if current != {name: entry["after"][name] for name in compared}:
        return _("Something that the merge changed was changed again since.")
    return ""


def _edited_since(entry: dict[str, Any]) -> str:
    """A name that the merge kept may be gone by now; if it was edited, somebody needs it."""
    model = snapshot.model_of(entry["model"])
    current = snapshot.read(model, entry["key"], entry["after"])
    if current is None or current == entry["after"]:
        return ""
    return _("A name that the merge kept was changed since.")
