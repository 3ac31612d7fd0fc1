"""Taking back what an import wrote, while nothing was built upon it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.people.models import Person, PersonFact, PpksStatus
from pulih.people.storage import keys

WHY = "rows of an import that is taken back"


@transaction.atomic
def withdraw_people(*, people: Sequence[UUID], batch_id: UUID, by: User) -> int:
    """Remove people whom an import registered; the caller made sure that nothing hangs on them.

    Args:
        people: keys of entries of this import; others are left alone.
        batch_id: the import.
        by: whoever takes it back.

    Raises:
        PermissionDenied: `by` may not change one of the entries.
        ProtectedError: something that must not be lost was built on one of them.

    Returns:
        How many entries were removed.

    Source: R-PEO-6, docs/rules/people.md.
    """
    rows = Person.objects.visible_to(by, Action.PERSON_EDIT)
    mine = rows.filter(pk__in=people, import_batch=batch_id)
    chosen = list(mine.values_list("pk", flat=True))
    # Locked before their keys are read: the table of keys would keep what an edit puts there then.
    entries = Person.objects.unscoped(reason=WHY).filter(pk__in=chosen).order_by("pk")
    locked = entries.select_for_update().values_list("pk", "search_keys", "is_findable")
    findable = {key: own for key, own, is_findable in locked if is_findable}
    keys.withdraw(findable, office_id=by.office_id)
    mine.filter(pk__in=chosen).delete()
    audit.record(
        "person.withdrawn", actor=by, detail={"batch": str(batch_id), "people": len(chosen)}
    )
    return len(chosen)


@transaction.atomic
def withdraw_history(*, batch_id: UUID, by: User) -> int:
    """Remove the kinds and facts that an import added to people who were known before.

    Args:
        batch_id: the import.
        by: whoever takes it back.

    Returns:
        How many rows of history were removed.

    Source: R-PEO-6, docs/rules/people.md.
    """
    statuses = PpksStatus.objects.unscoped(reason=WHY).filter(
        import_batch=batch_id, person__office=by.office
    )
    facts = PersonFact.objects.filter(import_batch=batch_id, person__office=by.office)
    removed = statuses.delete()[0] + facts.delete()[0]
    audit.record("person.history_withdrawn", actor=by, detail={"batch": str(batch_id)})
    return removed
