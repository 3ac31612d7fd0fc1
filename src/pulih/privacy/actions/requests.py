"""Requests of people on file: received, carried out or refused, within 3×24 hours."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.numbering import next_numbers, sealed_number
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.access.rules import may
from pulih.cases.actions.settling import end_tasks
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.inbox.actions import When, open_task
from pulih.inbox.models import Queue, Subject, Task
from pulih.people.actions.consents import end_consents
from pulih.people.actions.limiting import limit_processing
from pulih.people.models import Person
from pulih.privacy import rules
from pulih.privacy.facts import Asked
from pulih.privacy.models import RightsRequest
from pulih.privacy.models.request import TERM

SERIES = "H"
LIMITING = frozenset({RightsRequest.Kind.RESTRICTION, RightsRequest.Kind.OBJECTION})
LOCKED = "re-read under a lock; may_decide is asked of the row"


@transaction.atomic
def receive_request(*, person: Person, asked: Asked, by: User) -> RightsRequest:
    """Write down what a person, or who speaks for them, asks about the data; the clock starts.

    The head of office gets it as a task that is due when the law's term ends.

    Raises:
        PermissionDenied: `by` does not know the person, or receives no requests.
        RuleError: a part is missing, or the moment lies ahead.

    Source: R-PRI-1, docs/rules/privacy.md (UU 27/2022 art. 5–13).
    """
    may(by, Action.PERSON_READ, person).require()
    may(by, Action.RIGHTS_RECEIVE, person).require()
    _check(asked)
    sealed = person.compartment is not None
    request = RightsRequest.objects.create(
        office=person.office,
        compartment=person.compartment,
        number=sealed_number() if sealed else next_numbers(person.office, SERIES, today().year)[0],
        person=person,
        kind=asked.kind,
        asker=asked.asker,
        asked_by=asked.asked_by.strip(),
        proof=asked.proof.strip(),
        wish=asked.wish.strip(),
        asker_is_suspect=asked.asker_is_suspect,
        received_at=asked.received_at,
        due_at=asked.received_at + TERM,
        received_by=by,
    )
    audit.record("rights.received", actor=by, subject=request, detail={"kind": asked.kind})
    open_task(
        kind="answer_rights",
        title=_("Answer request %(number)s about somebody's data") % {"number": request.number},
        about=Subject.of(request, "privacy:request", pk=request.pk),
        to=_decider(request, by),
        when=When(due_on=request.due_at.astimezone().date(), priority=Task.Priority.URGENT),
        key=f"rights:{request.pk}",
        by=by,
    )
    return request


@transaction.atomic
def grant_request(
    *, request: RightsRequest, answer: str, consents: Collection[UUID] = (), by: User
) -> RightsRequest:
    """Carry a request out: a limit is set, consents are withdrawn; the answer says what was done.

    Args:
        answer: what was done, as the person is told.
        consents: of a withdrawal, which consents end.

    Raises:
        PermissionDenied: `by` does not decide, or wrote the request down.
        RuleError: it is decided already, who asks is suspected of harming the person, no answer
            is written, or no consent is chosen.

    Source: R-PRI-2, R-PRI-3, docs/rules/privacy.md.
    """
    found = _lock(request, by)
    refusal = rules.may_grant(found)
    if not refusal:
        raise RuleError(refusal.reason, rule="R-PRI-3")
    if not answer.strip():
        raise RuleError(_("Write what was done, as the person is told."), rule="R-PRI-2")
    if found.kind in LIMITING:
        limit_processing(person=found.person, reason=found.wish, request_number=found.number, by=by)
    if found.kind == RightsRequest.Kind.WITHDRAWAL:
        _withdraw(found, consents, by)
    return _decide(found, RightsRequest.State.DONE, answer, "rights.granted", by)


@transaction.atomic
def refuse_request(*, request: RightsRequest, ground: str, answer: str, by: User) -> RightsRequest:
    """Refuse a request on one of the law's grounds, with the reason in words.

    Raises:
        PermissionDenied: `by` does not decide, or wrote the request down.
        RuleError: it is decided already, or ground or reason is missing.

    Source: R-PRI-4, docs/rules/privacy.md (refusal where it endangers safety or health).
    """
    found = _lock(request, by)
    if ground not in RightsRequest.Ground.values:
        raise RuleError(_("Choose the ground of the refusal."), rule="R-PRI-4")
    if len(answer.strip()) < 20:
        raise RuleError(
            _("Write the reason in at least 20 characters: the person will read it."),
            rule="R-PRI-4",
        )
    found.ground = ground
    return _decide(found, RightsRequest.State.REFUSED, answer, "rights.refused", by)


def _decider(request: RightsRequest, by: User) -> User | Queue:
    """Who is asked: the head of office; of a sealed person a head who is named with them.

    Where no such head is named, whoever wrote it down has to have one named.
    """
    if request.compartment is None:
        return Queue(Role.HEAD_OF_OFFICE)
    named = User.objects.filter(compartments__compartment=request.compartment, is_active=True)
    for user in named.exclude(pk=by.pk).order_by("pk").distinct():
        if rules.may_decide(user, request):
            return user
    return by


def _check(asked: Asked) -> None:
    problem = ""
    if asked.asker != RightsRequest.Asker.SELF and not asked.asked_by.strip():
        problem = _("Write the name of who asks.")
    elif not asked.proof.strip():
        problem = _("Write how it was shown who asks, such as the identity card seen.")
    elif not asked.wish.strip():
        problem = _("Write what is asked.")
    elif asked.received_at > now():
        problem = _("The moment lies in the future.")
    if problem:
        raise RuleError(problem, rule="R-PRI-1")


def _lock(request: RightsRequest, by: User) -> RightsRequest:
    rows = RightsRequest.objects.unscoped(reason=LOCKED).select_related("person")
    found = rows.select_for_update(of=("self",)).get(pk=request.pk)
    rules.may_decide(by, found).require()
    if not found.is_open:
        raise RuleError(_("This request is answered already."), rule="R-PRI-2")
    return found


def _withdraw(request: RightsRequest, chosen: Collection[UUID], by: User) -> None:
    if not end_consents(person=request.person, chosen=chosen, reason=request.wish, by=by):
        raise RuleError(_("Choose which consents are withdrawn."), rule="R-PRI-2")


def _decide(
    request: RightsRequest, state: RightsRequest.State, answer: str, verb: str, by: User
) -> RightsRequest:
    request.state, request.answer = state, answer.strip()
    request.decided_by, request.decided_at = by, now()
    request.save()
    audit.record(
        verb,
        actor=by,
        subject=request,
        reason=answer,
        detail={"ground": request.ground, "in_time": request.decided_at <= request.due_at},
    )
    end_tasks(request.pk, by)
    return request
