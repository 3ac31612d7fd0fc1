"""Writing the trail, in the same transaction as what it tells of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection, models

from pulih.access.models import AuditEvent, AuditHead, Office, User
from pulih.common.clock import now
from pulih.common.crypto import chain_mac


class AuditError(RuntimeError):
    """The trail could not be written as it must be; what it tells of is rolled back."""


def record(
    verb: str,
    *,
    actor: User | None,
    subject: models.Model | None = None,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
    office: Office | None = None,
) -> AuditEvent:
    """Add one event to the office's chain.

    Args:
        verb: what was done, `noun.past` such as `case.closed`.
        actor: who did it; None only for the system itself.
        subject: the row it was done to. Its label is its `number` if it has one, never a name.
        reason: why, in the actor's words; encrypted.
        detail: before and after values or anything else that JSON can hold; encrypted.
        office: whose chain; default the actor's.

    Raises:
        AuditError: there is no open transaction, or no office to write for.

    Source: R-ACC-1, docs/rules/access.md.
    """
    if not connection.in_atomic_block:
        raise AuditError(f"{verb} is recorded outside a transaction.")
    owner = office or (actor.office if actor else None)
    if owner is None:
        raise AuditError(f"{verb} has no office to be recorded for.")
    # The head is what makes writers of one office follow one another.
    AuditHead.objects.get_or_create(office=owner)
    head = AuditHead.objects.select_for_update().get(office=owner)
    event = AuditEvent(
        office=owner,
        sequence=head.sequence + 1,
        at=now(),
        actor=actor,
        verb=verb,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_label=str(getattr(subject, "number", "") or ""),
        compartment_id=getattr(subject, "compartment_id", None),
        reason=reason,
        detail=dict(detail) if detail else "",
    )
    event.digest = _digest(event)
    event.mac = chain_mac(head.mac, event.digest)
    event.save(force_insert=True)
    head.sequence, head.mac = event.sequence, event.mac
    head.save(update_fields=["sequence", "mac"])
    return event


def _digest(event: AuditEvent) -> str:
    """The hash of everything an event says, in one canonical form."""
    content = {
        "office": str(event.office_id),
        "sequence": event.sequence,
        "at": event.at.isoformat(timespec="microseconds"),
        "actor": str(event.actor_id or ""),
        "verb": event.verb,
        "subject": [event.subject_kind, event.subject_id, event.subject_label],
        "compartment": str(event.compartment_id or ""),
        "reason": event.reason or "",
        "detail": event.detail or "",
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def faults(office: Office) -> Iterator[str]:
    """Walk an office's chain and say where it was edited, cut, reordered or deleted from."""
    previous, expected = "", 1
    for event in AuditEvent.objects.filter(office=office).order_by("sequence").iterator():
        if event.sequence != expected:
            yield f"event {expected} is missing before {event.sequence}"
            expected = event.sequence
        if event.digest != _digest(event):
            yield f"event {event.sequence} was edited"
        if event.mac != chain_mac(previous, event.digest):
            yield f"event {event.sequence} does not follow the one before it"
        previous, expected = event.mac, event.sequence + 1
    head = AuditHead.objects.filter(office=office).first()
    if head is not None and (head.sequence != expected - 1 or head.mac != previous):
        yield f"the chain ends at {expected - 1}, its head says {head.sequence}"
