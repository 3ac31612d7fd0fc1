"""Reads of imports, each for a user."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from pulih.access.models import User
from pulih.exchange.models import ExportRun, ImportBatch, RowReport, SavedMapping


def list_batches(*, user: User) -> QuerySet[ImportBatch]:
    """The imports of the office, newest first."""
    return ImportBatch.objects.visible_to(user).select_related("created_by")


def get_batch(key: UUID, *, user: User) -> ImportBatch:
    """One import, or 404."""
    return get_object_or_404(list_batches(user=user), pk=key)


def find_earlier(batch: ImportBatch, *, user: User) -> ImportBatch | None:
    """An earlier import of the very same file that was not undone."""
    return (
        list_batches(user=user)
        .filter(
            file_digest=batch.file_digest,
            kind=batch.kind,
            state=ImportBatch.State.DONE,
            created_at__lt=batch.created_at,
        )
        .first()
    )


def find_saved_mapping(batch: ImportBatch, *, user: User) -> SavedMapping | None:
    """How this layout was read last time."""
    if not batch.fingerprint:
        return None
    return (
        SavedMapping.objects.visible_to(user)
        .filter(kind=batch.kind, fingerprint=batch.fingerprint)
        .first()
    )


def list_reports(batch: ImportBatch, *, verdict: str = "") -> QuerySet[RowReport]:
    """The remarks on the rows of an import that was read in scope."""
    rows = batch.reports.all()
    return rows.filter(verdict=verdict) if verdict else rows


def get_export(key: UUID, *, user: User) -> ExportRun:
    """An export that the reader asked for, or 404: nobody sees another's."""
    return get_object_or_404(ExportRun.objects.visible_to(user), pk=key)
