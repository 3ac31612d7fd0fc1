"""Telling those who watch that somebody keeps looking for what is closed to them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.access.roles import Role
from pulih.cases.queries.staff import heads_of, holders
from pulih.inbox.actions import notify
from pulih.inbox.models import Notice, Subject


@transaction.atomic
def warn_of_denials(*, user: User, on: dt.date, times: int, by: User | None) -> list[Notice]:
    """Tell the user's head of section and the auditors, once a day, that records were refused.

    Whoever has no section is the head of office's business, as is a head's own behaviour.

    Args:
        user: who was refused.
        times: how often on that day.
        by: None: the clock tells it.

    Source: R-ACC-192, docs/rules/access.md.
    """
    office = user.office
    heads: set[User] = set()
    for grant in user.current_grants:
        if grant.section is not None:
            heads |= set(heads_of(grant.section, grant.unit).exclude(pk=user.pk))
    told = heads or set(holders(office, Role.HEAD_OF_OFFICE))
    told |= set(holders(office, Role.AUDITOR))
    return notify(
        kind="denied_often",
        title=_("%(who)s was refused closed records %(times)s times today")
        % {"who": user.full_name, "times": times},
        about=Subject(office=office, label=user.username[:60]),
        to=sorted(told - {user}, key=lambda one: one.full_name),
        body=_("What was looked for stands in the trail. Ask what it was about."),
        key=f"denied:{user.pk}:{on.isoformat()}",
        by=by,
    )
