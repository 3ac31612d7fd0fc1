"""What becomes of cases and reports when two entries of the registry become one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pulih.cases.models import Case, CounterService, Report
from pulih.people.actions import merging


def install() -> None:
    """Declare every relation of this app to a person."""
    merging.declare(Case, "person", merging.How.MOVE, label=_("Cases"))
    merging.declare(Case, "open_entry", merging.How.MOVE, label=_("Cases"))
    merging.declare(Report, "person", merging.How.MOVE, label=_("Reports"))
    merging.declare(CounterService, "person", merging.How.MOVE, label=_("Counter services"))
