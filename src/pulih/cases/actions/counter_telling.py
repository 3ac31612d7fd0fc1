"""The task that follows a counter service until its promised day; called inside an action."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.cases.actions.settling import end_tasks
from pulih.cases.models import CounterService
from pulih.inbox.actions import When, open_task
from pulih.inbox.models import Subject

FINISH_SERVICE = "finish_counter_service"


def service_waits(service: CounterService, by: User) -> None:
    """Ask whoever began it to finish it by the promised day; a service of one visit needs none."""
    if not service.offer.promised_days and not service.missing:
        return
    open_task(
        kind=FINISH_SERVICE,
        title=_("Finish counter service %(number)s") % {"number": service.number},
        about=Subject.of(service, "counter:service", number=service.number),
        to=by,
        when=When(service.due_on),
        by=by,
    )


def service_ended(service: CounterService, by: User) -> None:
    """Nothing is due any more."""
    end_tasks(service.pk, by)
