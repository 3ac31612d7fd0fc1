"""Telling users what happened."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import now
from pulih.inbox.actions.once import once
from pulih.inbox.models import Notice, Subject

ONE_KEY = "a key tells a user once"


@transaction.atomic
def notify(
    *,
    kind: str,
    title: str,
    about: Subject,
    to: Collection[User],
    body: str = "",
    key: str = "",
    by: User | None,
) -> list[Notice]:
    """Tell users that something happened; with one key each is told once.

    A notice about a sealed record is seen only by those named to know of it.

    Args:
        title: words and a number, never a client's name.
        to: whom; users of another office are left out.
        body: more words, encrypted.

    Source: R-INBOX-9, docs/rules/inbox.md.
    """
    told = []
    for user in to:
        if user.office_id != about.office.pk:
            continue

        def find(user: User = user) -> Notice | None:
            if not key:
                return None
            return Notice.objects.unscoped(reason=ONE_KEY).filter(user=user, key=key).first()

        def make(user: User = user) -> Notice:
            row = Notice(kind=kind, title=title, body=body, user=user, key=key)
            about.describe(row)
            row.save(force_insert=True)
            return row

        notice, is_new = once(find, make)
        if is_new:
            audit.record("notice.sent", actor=by, subject=notice, office=about.office)
            told.append(notice)
    return told


@transaction.atomic
def read_notices(*, notices: Collection[Notice], by: User) -> int:
    """Mark notices of one's own as read; those of others are left alone.

    Args:
        notices: as they were listed.

    Source: R-INBOX-9, docs/rules/inbox.md.
    """
    own = Notice.objects.visible_to(by).filter(
        pk__in=[notice.pk for notice in notices], user=by, read_at=None
    )
    count = own.update(read_at=now())
    if count:
        audit.record("notice.read", actor=by, detail={"count": count})
    return count
