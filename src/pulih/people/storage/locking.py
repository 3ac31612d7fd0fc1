"""The one way to an entry that is about to change."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.common.errors import RuleError
from pulih.people import rules
from pulih.people.models import Person


def lock_entry(person: Person, *, by: User) -> Person:
    """The entry, locked and read anew, if the user may change it; inside a transaction.

    Raises:
        PermissionDenied: the user may not change the entry.
        RuleError: the entry was joined with another; that one is changed instead (R-PEO-2). Or its
            import was taken back a moment ago (R-PEO-6).
    """
    rules.may_edit(by, person).require()
    rows = Person.objects.unscoped(reason="checked by may_edit just before")
    fresh = rows.select_for_update().filter(pk=person.pk).first()
    if fresh is None:
        raise RuleError(_("This entry is gone: its import was taken back."), rule="R-PEO-6")
    if fresh.merged_into_id is not None:
        raise RuleError(
            _("This entry was joined with another one; change that one."), rule="R-PEO-2"
        )
    return fresh
