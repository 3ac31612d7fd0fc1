"""`{% load ui %}`: every component and format of the interface, with named arguments.

What each looks like is on the component page (ui/components.html); what it is for, in
docs/design.md.
"""

from __future__ import annotations

from django import template

from pulih.common.models import UUIDModel
from pulih.common.stamps import stamp_of
from pulih.ui import formats
from pulih.ui.components import boxes, fields, words, work

register = template.Library()


@register.filter
def stamp(row: UUIDModel) -> str:
    """The stamp of a record, for a form that is written by hand (R-ACC-162)."""
    return stamp_of(row)


for part in (words, boxes, work, fields):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)

for read in (
    formats.number,
    formats.rupiah,
    formats.day,
    formats.short_day,
    formats.moment,
    formats.due,
    formats.due_tone,
    formats.initials,
):
    register.filter(read.__name__, read)
