"""`{% load ui %}`: every component and format of the interface, with named arguments.

What each looks like is on the component page (ui/components.html); what it is for, in
docs/design.md.
"""

from __future__ import annotations

from django import template

from pulih.ui import formats
from pulih.ui.components import boxes, fields, words, work

register = template.Library()

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
