"""Telling those who may know of a sealed person that an open entry has the same number."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.inbox.actions.opening import open_task
from pulih.inbox.models import Subject
from pulih.people.models import Person
from pulih.people.queries.custody import custodians_of, sealed_twins


@transaction.atomic
def tell_custodians(*, person: Person, by: User | None) -> int:
    """Give a task to everybody who may know a sealed person with the number of an open one.

    Whoever registered learns nothing of it: this runs in the background for every registration,
    match or not.

    Args:
        person: the open entry that was just written or given a number.
        by: None: the system itself asks.

    Returns:
        How many tasks there are now; a second run opens none twice.

    Source: R-PEO-14, docs/rules/people.md.
    """
    told = 0
    for sealed in sealed_twins(person):
        for user in custodians_of(sealed):
            open_task(
                kind="sealed_duplicate",
                title=_("%(number)s may be %(sealed)s: the number is the same")
                % {"number": person.number, "sealed": sealed.number},
                about=Subject.of(sealed, "people:detail", pk=sealed.pk),
                to=user,
                key=f"sealed-duplicate:{sealed.pk.hex}:{person.pk.hex}:{user.pk.hex[:16]}",
                by=by,
            )
            told += 1
        audit.record(
            "person.matched",
            actor=by,
            subject=sealed,
            detail={"open": person.number},
            office=sealed.office,
        )
    return told
