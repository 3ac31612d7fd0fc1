"""What becomes of imported rows when two entries of the registry become one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pulih.exchange.models import ImportedRow
from pulih.people.actions import merging


def install() -> None:
    """Declare every relation of this app to a person."""
    # The row made the absorbed entry; that stays true, and the entry leads on to the kept one.
    merging.declare(ImportedRow, "person", merging.How.LEAVE, label=_("Imported rows"))
