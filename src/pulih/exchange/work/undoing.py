"""Takes an import back, part by part, when nothing was built on what it wrote."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pulih.access.denials import ON_RECORDS
from pulih.access.models import AuditEvent
from pulih.cases.models import Case, Report
from pulih.exchange.models import ImportBatch
from pulih.people.actions.withdrawing import withdraw_history, withdraw_people
from pulih.people.models import Merge, Person

CHUNK = 200
SHOWN = 10
WHY = "what stands in the way of taking an import back"
# Looking at an entry builds nothing on it.
LOOKS = ("person.read", "person.listed", *ON_RECORDS)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that was built on the import."""

    text: str


def obstacles(batch: ImportBatch) -> list[Obstacle]:
    """What was built on the people of an import since it was written (R-EXC-7)."""
    mine = {"person__import_batch": batch.pk}
    found = []
    cases = Case.objects.unscoped(reason=WHY).filter(**mine).count()
    reports = Report.objects.unscoped(reason=WHY).filter(**mine).count()
    if cases + reports:
        found.append(
            Obstacle(_("Cases or reports are about %d of these people.") % (cases + reports))
        )
    merges = Merge.objects.unscoped(reason=WHY).filter(undone_at=None)
    if (
        merges.filter(kept__import_batch=batch.pk).exists()
        or merges.filter(absorbed__import_batch=batch.pk).exists()
    ):
        found.append(Obstacle(_("Entries of this import were merged. Undo the merge first.")))
    if changed := _changed(batch):
        numbers = ", ".join(changed[:SHOWN])
        found.append(Obstacle(_("These entries were changed after the import: %s") % numbers))
    return found


def _changed(batch: ImportBatch) -> list[str]:
    """Numbers of entries of the import that somebody changed afterwards, from the trail."""
    since = batch.finished_at or batch.created_at
    touched = (
        AuditEvent.objects.filter(office=batch.office, at__gt=since, subject_kind="people.person")
        .exclude(verb__in=LOOKS)
        .values_list("subject_id", flat=True)
        .distinct()
    )
    people = Person.objects.unscoped(reason=WHY).filter(import_batch=batch.pk, pk__in=list(touched))
    return list(people.values_list("number", flat=True))


def undo_next(batch: ImportBatch) -> bool:
    """Take back one part; True while there is more.

    Each part is a short transaction of its own, so that others can work meanwhile.
    """
    by = batch.undone_by
    if by is None:
        raise ValueError("an import is taken back by somebody")
    waiting = Person.objects.unscoped(reason=WHY).filter(import_batch=batch.pk)
    keys = list(waiting.values_list("pk", flat=True)[:CHUNK])
    if keys:
        batch.progress_done += withdraw_people(people=keys, batch_id=batch.pk, by=by)
        batch.save(update_fields=["progress_done"])
        return True
    withdraw_history(batch_id=batch.pk, by=by)
    # Sealed reports stay with those who hold them; their rows are remembered, so that the same list
    # does not report them twice.
    batch.imported.exclude(person=None).delete()
    return False
