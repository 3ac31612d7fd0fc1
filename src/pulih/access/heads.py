"""The daily head: a line that can be printed or mailed, and holds the chain to what it was.

Whoever holds database and keys could cut the tail of the trail and write another head. They cannot
change a sheet of paper in the auditor's drawer.
"""

from __future__ import annotations

import re

from django.db import transaction

from pulih.access import chain
from pulih.access.models import AuditHead, DailyHead, Office
from pulih.common.clock import today

_TEXT = re.compile(r"\s*(\d+)[\s-]+([0-9a-f]{4}(?:[\s-]?[0-9a-f]{4}){4})\s*", re.IGNORECASE)


class HeadError(ValueError):
    """What was typed is no head."""


def text_of(point: chain.Point) -> str:
    """A head as it is printed: the number of the last event, and 80 bits in groups of four."""
    mac = chain.short(point.mac) or "0" * 20
    groups = " ".join(mac[start : start + 4] for start in range(0, len(mac), 4))
    return f"{point.sequence} {groups}"


def read(text: str) -> chain.Point:
    """A head that was typed or scanned from paper.

    Raises:
        HeadError: it is none.
    """
    found = _TEXT.fullmatch(text)
    if found is None:
        raise HeadError("A head is a number and five groups of four: 1234 ab12 cd34 ef56 ab78 cd90")
    return chain.Point(int(found[1]), re.sub(r"[\s-]", "", found[2]).lower())


@transaction.atomic
def keep_daily_head(office: Office) -> DailyHead:
    """Keep where the office's chain stands today, and whether it is whole; once a day.

    Source: R-ACC-172, docs/rules/access.md.
    """
    head = AuditHead.objects.filter(office=office).first()
    kept, _made = DailyHead.objects.get_or_create(
        office=office,
        kept_on=today(),
        defaults={
            "sequence": head.sequence if head else 0,
            "mac": head.mac if head else "",
            "verified": next(chain.faults(office), None) is None,
        },
    )
    return kept
