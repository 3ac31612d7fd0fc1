"""Changes to the facts on the entry itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.changes import check_unchanged
from pulih.access.models import User
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people import places
from pulih.people.birth_columns import birth_columns
from pulih.people.drafts import Facts
from pulih.people.models import Person, PersonFact, PersonName
from pulih.people.storage import keys
from pulih.people.storage.locking import lock_entry


@transaction.atomic
def edit_person(*, person: Person, facts: Facts, seen: str | None = None, by: User) -> Person:
    """Change the facts of an entry; what stood there before is kept in the trail.

    Args:
        person: the entry; locked and read anew here.
        facts: all facts as they shall be.
        seen: the stamp of the form they were typed into (R-ACC-162).
        by: whoever changes.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: the entry was joined with another one, or an identified person loses the name.

    Source: R-PEO-2, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    check_unchanged(entry, seen)
    if not facts.full_name.strip() and entry.own_name:
        raise RuleError(_("A name that is known is not taken away; correct it."), rule="R-PEO-2")
    changes = _apply(entry, facts)
    if not changes:
        return entry
    entry.save()
    keys.refresh(entry)
    audit.record("person.edited", actor=by, subject=entry, detail=changes)
    return entry


@transaction.atomic
def identify_person(
    *, person: Person, facts: Facts, how: str, seen: str | None = None, by: User
) -> Person:
    """Give somebody unknown their name; the temporary code stays on the entry.

    Args:
        person: an entry that is not identified.
        facts: all facts as they shall be, the name among them.
        how: by which evidence, and who confirmed it.
        by: whoever records it.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: the person is identified already, or the name or the evidence is missing.

    Source: R-PEO-8, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    if entry.status != Person.Status.UNIDENTIFIED:
        raise RuleError(_("This person is identified already."), rule="R-PEO-8")
    check_unchanged(entry, seen)
    if not facts.full_name.strip() or not how.strip():
        raise RuleError(
            _("An identification needs the name and how it was confirmed."), rule="R-PEO-8"
        )
    called = entry.own_name
    changes = _apply(entry, facts)
    entry.status = Person.Status.IDENTIFIED
    entry.save()
    if called and called != entry.own_name:
        _keep_name(entry, called)
    PersonFact.objects.create(
        person=entry,
        kind=PersonFact.Kind.NOTE,
        code="identified",
        detail=how.strip(),
        fact_on=today(),
        recorded_by=by,
    )
    keys.refresh(entry)
    audit.record("person.identified", actor=by, subject=entry, reason=how, detail=changes)
    return entry


@transaction.atomic
def record_death(*, person: Person, died_on: dt.date | None, source: str, by: User) -> Person:
    """Record that a person has died.

    Args:
        person: the entry; locked and read anew here.
        died_on: the day, None when nobody knows it.
        source: who says so, or which paper.
        by: whoever records it.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: the day lies in the future or before the birth, or the source is missing.

    Source: R-PEO-10, docs/rules.md.
    """
    entry = lock_entry(person, by=by)
    if not source.strip():
        raise RuleError(_("Write who says so, or which paper."), rule="R-PEO-10")
    if died_on and died_on > today():
        raise RuleError(_("The day of death lies in the future."), rule="R-PEO-10")
    if died_on and entry.birth and died_on < entry.birth.earliest:
        raise RuleError(_("The day of death lies before the birth."), rule="R-PEO-10")
    entry.status, entry.died_on = Person.Status.DECEASED, died_on
    entry.save()
    audit.record(
        "person.died",
        actor=by,
        subject=entry,
        reason=source,
        detail={"on": died_on.isoformat() if died_on else ""},
    )
    return entry


def _apply(entry: Person, facts: Facts) -> dict[str, list[str]]:
    """Put the facts on the entry; returns before and after of what changed."""
    name = facts.full_name.strip()
    wanted: dict[str, Any] = {
        "full_name_sealed" if entry.is_sealed else "full_name": name,
        "sex": facts.sex,
        **birth_columns(facts.birth),
        "birth_place": facts.birth_place,
        "religion": facts.religion,
        "nationality": facts.nationality,
        "language": facts.language,
        "found_in_id": facts.found_region if places.existing([facts.found_region]) else None,
        "found_text": facts.found_text,
        "found_on": facts.found_on,
    }
    changes = {}
    for field, value in wanted.items():
        before = getattr(entry, field)
        if before != value:
            changes[field] = [str(before or ""), str(value or "")]
            setattr(entry, field, value)
    if not entry.is_sealed:
        entry.sort_name = keys.sort_name(name) if name else entry.temporary_code.casefold()
    return changes


def _keep_name(entry: Person, called: str) -> None:
    """Keep what an unknown person was called until now."""
    PersonName.objects.create(
        person=entry,
        kind=PersonName.Kind.REPORTED,
        text="" if entry.is_sealed else called,
        text_sealed=called if entry.is_sealed else "",
        noted_on=today(),
    )
