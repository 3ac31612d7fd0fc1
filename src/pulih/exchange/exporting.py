"""The list of imports as it may be exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from pulih.access import lists
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.exchange import queries
from pulih.exchange.models import ImportBatch


def install() -> None:
    """Declare the list of imports."""
    lists.declare(
        lists.ListExport(
            code="impor",
            title=gettext_lazy("Imports"),
            noun="import",
            actions=(Action.IMPORT_RUN, Action.IMPORT_STAFF, Action.IMPORT_STUDENTS),
            personal=True,
            home="exchange:list",
            ask=_ask,
            columns=(
                lists.Column(gettext_lazy("Number"), 16),
                lists.Column(gettext_lazy("File"), 40),
                lists.Column(gettext_lazy("Kind"), 18),
                lists.Column(gettext_lazy("State"), 22),
                lists.Column(gettext_lazy("Rows"), 10),
                lists.Column(gettext_lazy("Taken"), 10),
                lists.Column(gettext_lazy("New"), 10),
                lists.Column(gettext_lazy("Refused"), 10),
                lists.Column(gettext_lazy("By"), 28),
                lists.Column(gettext_lazy("When"), 18),
            ),
            lines=_lines,
        )
    )


def _ask(_params: QueryDict, user: User) -> lists.Asked:
    return lists.Asked(queries.list_batches(user=user), [])


def _lines(batches: Sequence[ImportBatch]) -> Iterable[lists.Line]:
    for batch in batches:
        counts = batch.counts
        yield (
            batch.number,
            str(batch.file_name),
            batch.get_kind_display(),
            batch.get_state_display(),
            *(counts.get(name) for name in ("rows", "taken", "new", "refused")),
            batch.created_by.full_name,
            batch.created_at,
        )
