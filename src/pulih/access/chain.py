"""The chain of the trail: what an event's digest covers, and the walk that finds every fault.

A digest covers the row as it lies in the database, ciphertext included, so that a million events
are verified without opening one. The walk asks the database for each row as one text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from pulih.access.models import AuditEvent, AuditHead, Office
from pulih.common.crypto import chain_key
from pulih.common.fields import Ciphertext

TABLE = "access_auditevent"
# No column holds it: what is joined by it cannot be cut in another way. See `content_of`.
SEPARATOR = "\x1f"
CHUNK = 10_000
COLUMNS = 12
_AT = {
    "sqlite": "CASE WHEN length(at) = 19 THEN at || '.000000' ELSE at || '' END",
    "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
}


class ChainError(ValueError):
    """An event that cannot be tied to the chain."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in an office's chain: what a printed head says."""

    sequence: int
    mac: str


def content_of(event: AuditEvent) -> str:
    """What an event says, as the database will give it back to the walk.

    Raises:
        ChainError: a value holds the separator.
    """
    parts = (
        event.pk.hex,
        event.office_id.hex,
        str(event.sequence),
        event.at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f"),
        event.actor_id.hex if event.actor_id else "-",
        event.verb,
        event.subject_kind,
        event.subject_id,
        event.subject_label,
        event.compartment_id.hex if event.compartment_id else "-",
        _stored(event, "reason"),
        _stored(event, "detail"),
    )
    content = SEPARATOR.join(parts)
    if content.count(SEPARATOR) != COLUMNS - 1:
        raise ChainError(f"{event.verb} holds a character that the trail does not take.")
    return content


def _stored(event: AuditEvent, column: str) -> str:
    value = event.__dict__.get(column) or ""
    return value.token if isinstance(value, Ciphertext) else str(value)


def digest_of(content: str) -> str:
    """The hash of what an event says."""
    return hashlib.sha256(content.encode()).hexdigest()


def seal_of(office: Office, sequence: int, mac: str) -> str:
    """The keyed hash of a head: an older place of the chain cannot be written into it."""
    text = f"head\n{office.pk.hex}\n{sequence}\n{mac}"
    return hmac.digest(chain_key(), text.encode(), "sha256").hex()


def _row_text() -> str:
    """The SQL of one row's content, the twin of `content_of` on this engine."""
    vendor = connection.vendor

    def key(column: str) -> str:
        text = column if vendor == "sqlite" else f"replace({column}::text, '-', '')"
        return f"COALESCE({text}, '-')"

    mark = " || char(31) || " if vendor == "sqlite" else " || chr(31) || "
    number = "sequence" if vendor == "sqlite" else "sequence::text"
    plain = ("verb", "subject_kind", "subject_id", "subject_label")
    return mark.join(
        (
            key("id"),
            key("office_id"),
            number,
            _AT[vendor],
            key("actor_id"),
            *plain,
            key("compartment_id"),
            "COALESCE(reason, '-')",
            "COALESCE(detail, '-')",
        )
    )


def faults(office: Office, *, kept: Point | None = None) -> Iterator[str]:
    """Walk an office's chain and say where it was edited, cut, reordered or deleted from.

    Args:
        kept: a head that was printed or kept elsewhere; the chain must still go through it.
    """
    key = chain_key()
    previous, expected = "", 1
    passed = kept is None or (kept.sequence == 0 and kept.mac == "")
    for sequence, content, digest, mac in _rows(office):
        if sequence != expected:
            yield _gap(expected, sequence)
        if content is None or digest_of(content) != digest:
            yield f"event {sequence} was edited"
        if hmac.digest(key, f"{previous}\n{digest}".encode(), "sha256").hex() != mac:
            yield f"event {sequence} does not follow the one before it"
        if kept is not None and sequence == kept.sequence and short(mac) == short(kept.mac):
            passed = True
        previous, expected = mac, sequence + 1
    yield from _head_faults(office, expected - 1, previous)
    if kept is not None and not passed:
        yield f"the head kept elsewhere, {kept.sequence}, is not in the chain"


def _rows(office: Office) -> Iterator[tuple[int, str | None, str, str]]:
    # Every name in the statement is a constant of this file.
    query = (
        f"SELECT sequence, {_row_text()}, digest, mac FROM {TABLE}"  # noqa: S608
        " WHERE office_id = %s ORDER BY sequence"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, [office.pk.hex])
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _gap(expected: int, found: int) -> str:
    if found < expected:
        return f"event {found} is there twice"
    return f"event {expected} is missing before {found}"


def _head_faults(office: Office, last: int, mac: str) -> Iterator[str]:
    head = AuditHead.objects.filter(office=office).first()
    if head is None:
        if last:
            yield f"the chain ends at {last}, its head is missing"
        return
    if head.sequence != last or head.mac != mac:
        yield f"the chain ends at {last}, its head says {head.sequence}"
    if head.sequence and not hmac.compare_digest(
        head.seal, seal_of(office, head.sequence, head.mac)
    ):
        yield f"the head at {head.sequence} was not written by Pulih"


def short(mac: str) -> str:
    """The part of a mac that is printed: 80 bits, enough to recognise and to copy by hand."""
    return mac[:20]
