"""Nothing is overwritten unseen: who saved a record last, and the no to an older form."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pulih.access.models import AuditEvent
from pulih.common.models import UUIDModel
from pulih.common.stamps import ChangedError, stamp_of

LOOKED_THROUGH = 40
"""Lines of the trail of a case that are searched for the row that was changed."""


def check_unchanged(
    row: UUIDModel | None, seen: str | None, *, trail_of: models.Model | None = None
) -> None:
    """Refuse a form whose writer saw another content than stands there now.

    Args:
        row: the record, read anew under its lock; None where nothing was written yet.
        seen: the stamp that came with the form; None for who writes without one, such as another
            action that has just read the row itself.
        trail_of: the record under whose key the trail tells of it; default the row.

    Raises:
        ChangedError: somebody else saved it meanwhile; the message says who and when.
    """
    if seen is None or seen == stamp_of(row):
        return
    event = _last_change(row, trail_of or row)
    if event is None or event.actor is None:
        said = _(
            "This was changed while you were writing. Nothing is overwritten: what you typed stands"
            " below. Compare it with what stands there now, then save again."
        )
    else:
        said = _(
            "%(who)s saved this at %(at)s, while you were writing. Nothing is overwritten: what"
            " you typed stands below. Compare it with what stands there now, then save again."
        ) % {
            "who": event.actor.full_name,
            "at": date_format(timezone.localtime(event.at), "j F Y H.i"),
        }
    raise ChangedError(said, beside=_("Now stands here: %(words)s"), empty=_("nothing"))


def _last_change(row: UUIDModel | None, subject: models.Model | None) -> AuditEvent | None:
    """The last line of the trail that tells of a change of the row, else of its case."""
    if subject is None:
        return None
    rows = AuditEvent.objects.filter(subject_id=str(subject.pk)).exclude(verb__endswith=".read")
    events = list(rows.select_related("actor").order_by("-sequence")[:LOOKED_THROUGH])
    if row is not None and row.pk != subject.pk:
        named = {str(row.pk), str(getattr(row, "number", "") or row.pk)}
        for event in events:
            if named & _said(event):
                return event
    return next(iter(events), None)


def _said(event: AuditEvent) -> set[str]:
    detail = event.detail
    return {str(value) for value in detail.values()} if isinstance(detail, dict) else set()
