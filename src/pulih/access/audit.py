"""Writing the trail, in the same transaction as what it tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from pulih.access import chain
from pulih.access.models import AuditEvent, AuditHead, Office, User
from pulih.common.clock import now
from pulih.common.crypto import chain_mac
from pulih.common.fields import EncryptedTextField


class AuditError(RuntimeError):
    """The trail could not be written as it must be; what it tells of is rolled back."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is to be written.

    Attributes:
        verb: what was done, `noun.past` such as `case.closed`.
        actor: who did it; None only for the system itself.
        kind: the model of the subject, such as `cases.case`.
        key: the key of the subject, or what was typed for it.
        label: the number of the subject, never a name.
        compartment: the compartment of a sealed subject.
        reason: why, in the actor's words; encrypted.
        detail: anything else that JSON can hold; encrypted.
    """

    verb: str
    actor: User | None
    kind: str = ""
    key: str = ""
    label: str = ""
    compartment: Any = None
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


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
    owner = office or (actor.office if actor else None)
    if owner is None:
        raise AuditError(f"{verb} has no office to be recorded for.")
    line = Line(
        verb,
        actor,
        kind=subject._meta.label_lower if subject is not None else "",
        key=str(subject.pk) if subject is not None else "",
        label=str(getattr(subject, "number", "") or ""),
        compartment=getattr(subject, "compartment_id", None),
        reason=reason,
        detail=detail or {},
    )
    return record_lines([line], office=owner)[0]


def record_lines(lines: Sequence[Line], *, office: Office) -> list[AuditEvent]:
    """Add several events to an office's chain, with one statement.

    Raises:
        AuditError: there is no open transaction.

    Source: R-ACC-1, docs/rules/access.md.
    """
    if not connection.in_atomic_block:
        raise AuditError(f"{lines[0].verb} is recorded outside a transaction.")
    # The head is what makes writers of one office follow one another.
    AuditHead.objects.get_or_create(office=office)
    head = AuditHead.objects.select_for_update().get(office=office)
    moment = now()
    events = []
    for line in lines:
        event = AuditEvent(
            office=office,
            sequence=head.sequence + 1,
            at=moment,
            actor=line.actor,
            verb=line.verb,
            subject_kind=line.kind,
            subject_id=line.key,
            subject_label=line.label,
            compartment_id=line.compartment,
            reason=line.reason,
            detail=dict(line.detail) if line.detail else "",
        )
        _tie(event, head)
        events.append(event)
    if len(events) == 1:
        events[0].save(force_insert=True)
    else:
        AuditEvent.objects.bulk_create(events)
    head.seal = chain.seal_of(office, head.sequence, head.mac)
    head.save(update_fields=["sequence", "mac", "seal"])
    return events


def _tie(event: AuditEvent, head: AuditHead) -> None:
    """Give the event its digest and its tie to the one before, and move the head to it."""
    # The digest covers what will lie in the database, so it is encrypted first.
    for column in AuditEvent._meta.concrete_fields:
        if isinstance(column, EncryptedTextField):
            setattr(event, column.attname, column.sealed(event))
    event.digest = chain.digest_of(chain.content_of(event))
    event.mac = chain_mac(head.mac, event.digest)
    head.sequence, head.mac = event.sequence, event.mac


def current_heads() -> dict[str, chain.Point]:
    """Where the chain of every office stands now, by the office's code; kept with each backup."""
    heads = AuditHead.objects.select_related("office").order_by("office__code")
    return {head.office.code: chain.Point(head.sequence, head.mac) for head in heads}
