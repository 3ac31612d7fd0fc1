"""From lines of the trail to the people whom they touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.db import models

from pulih.access.denials import ON_RECORDS
from pulih.access.models import AuditEvent
from pulih.people.models import Person
from pulih.privacy.models import Breach

PATHS = ("person", "case__person", "report__case__person", "person_entry")
"""How a record may lead to a person, tried in this order."""


def events_of(breach: Breach) -> models.QuerySet[AuditEvent]:
    """The lines of the trail of the breach's time, of its account where it names one."""
    events = AuditEvent.objects.filter(
        office=breach.office, at__gte=breach.since, at__lte=breach.until
    )
    return events.filter(actor=breach.account) if breach.account_id else events


def touched_by(events: models.QuerySet[AuditEvent]) -> Counter[UUID]:
    """How many lines touch each person, by the person's key.

    A line about a person counts for them; one about a case, and whatever hangs on a case or a
    person, for the client; one about a letter or a file for whom its record leads to.
    """
    found: Counter[UUID] = Counter()
    subjects: dict[str, Counter[UUID]] = {}
    # Who was refused has learned nothing.
    shown = events.exclude(subject_id="").exclude(verb__in=ON_RECORDS)
    rows = shown.values_list("subject_kind", "subject_id")
    for kind, subject in rows.iterator():
        subjects.setdefault(kind, Counter())[UUID(subject)] += 1
    for kind, counts in subjects.items():
        for key, person in _people_of(kind, list(counts)):
            found[person] += counts[key]
    return found


def lists_that_left(events: models.QuerySet[AuditEvent]) -> list[dict[str, str]]:
    """The exports among the lines: who, when, which list; its rows are told by the list itself."""
    left = events.filter(verb__endswith=".exported").select_related("actor")
    return [
        {
            "verb": event.verb,
            "at": event.at.isoformat(timespec="minutes"),
            "by": str(event.actor or ""),
        }
        for event in left
    ]


def _people_of(kind: str, keys: list[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """Pairs of a record's key and the person it leads to."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return
    if model is Person:
        yield from ((key, key) for key in keys)
        return
    for owner_kind, owner_key in (("owner_kind", "owner_id"), ("about_kind", "about_key")):
        if _has(model, owner_kind):
            yield from _through(model, keys, owner_kind, owner_key)
            return
    path = next((path for path in PATHS if _leads(model, path)), None)
    if path is not None:
        for start in range(0, len(keys), 500):
            rows = model._base_manager.filter(pk__in=keys[start : start + 500])
            yield from rows.exclude(**{path: None}).values_list("pk", path)


def _through(
    model: type[models.Model], keys: list[UUID], kind: str, key: str
) -> Iterator[tuple[UUID, UUID]]:
    """A file or a letter leads to whom the record leads to that it belongs to."""
    rows = model._base_manager.filter(pk__in=keys).values_list("pk", kind, key)
    for pk, owner_kind, owner_key in rows:
        for _owner, person in _people_of(owner_kind, [owner_key]):
            yield pk, person


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())


def _leads(model: type[models.Model], path: str) -> bool:
    current: type[models.Model] = model
    for name in path.split("__"):
        if not _has(current, name):
            return False
        related = current._meta.get_field(name).related_model
        if not isinstance(related, type) or not issubclass(related, models.Model):
            return False
        current = related
    return current is Person
