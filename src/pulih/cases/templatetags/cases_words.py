"""What templates of cases say of records that hold codes."""

from __future__ import annotations

from django import template

from pulih.cases.models import PlannedService, ServiceRecord
from pulih.cases.service_forms import Told, told_parts

register = template.Library()


@register.filter
def told(record: ServiceRecord | PlannedService) -> list[Told]:
    """The answers of a record's short form in words."""
    return told_parts(record.kind, record.form_version, record.details or None)
