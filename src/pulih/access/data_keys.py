"""Which rows lie under the key of a compartment itself."""

from __future__ import annotations

from pulih.access.models import CompartmentMember
from pulih.common.sealed_units import hold


def install() -> None:
    """Tell the encrypted fields."""
    hold(CompartmentMember, key="compartment_id")
