"""Reads a list for an export, part by part, always again in the scope of whoever asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pulih.access.lists import Asked, ListExport, Said
from pulih.access.models import User
from pulih.common.clock import now
from pulih.exchange.exports.workbook import ListBook

CHUNK = 500
Progress = Callable[[int, int], None]


def ask(export: ListExport, query: str, *, user: User) -> Asked:
    """The list as the filters of an address narrow it for a user."""
    return export.ask(QueryDict(query), user)


def count(asked: Asked, *, most: int) -> int:
    """How many rows there are; counting ends just above the most that may be."""
    return asked.rows.order_by()[: most + 1].count()


def write(
    export: ListExport, query: str, *, most: int, purpose: str, user: User, progress: Progress
) -> tuple[bytes, list[UUID]]:
    """Write the spreadsheet.

    The keys are read first, so that the order stands while others work; each part is then read by
    the same conditions again, so that what has left the reader's scope meanwhile is not written.

    Returns:
        The file, and the keys of the rows that it has.
    """
    asked = ask(export, query, user=user)
    keys: list[UUID] = list(asked.rows.values_list("pk", flat=True)[:most])
    book, written = ListBook(str(export.title), export.columns), []
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        found: dict[UUID, Any] = {row.pk: row for row in asked.rows.filter(pk__in=part)}
        there = [key for key in part if key in found]
        book.add(export.lines([found[key] for key in there]))
        written += there
        progress(min(start + CHUNK, len(keys)), len(keys))
    about = _about(export, asked.said, purpose, book.rows, user)
    moment = date_format(timezone.localtime(now()), "j F Y H.i")
    return book.close(about, mark=f"{user.full_name} · {moment} · {user.office}"), written


def are_all_seen(export: ListExport, query: str, keys: Sequence[UUID], *, user: User) -> bool:
    """May the user still see every one of these rows, by the same conditions asked now?"""
    rows = ask(export, query, user=user).rows.order_by()
    for start in range(0, len(keys), CHUNK):
        part = set(keys[start : start + CHUNK])
        if set(rows.filter(pk__in=part).values_list("pk", flat=True)) != part:
            return False
    return True


def _about(export: ListExport, said: Said, purpose: str, rows: int, user: User) -> Said:
    """What the file is, who has it and for what: it says so wherever it is passed on."""
    moment = date_format(timezone.localtime(now()), "j F Y H.i")
    about = [
        (_("List"), str(export.title)),
        (_("Office"), str(user.office)),
        (_("Made by"), user.full_name),
        (_("Made at"), moment),
        (_("Rows"), str(rows)),
        *said,
    ]
    if export.personal:
        about += [
            (_("Purpose"), purpose),
            (
                _("Please note"),
                _("Personal data. Only for the purpose stated; delete the file afterwards."),
            ),
            (_("Left out"), _("Sealed records never leave with a list.")),
        ]
    return about
