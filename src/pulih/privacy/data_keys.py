"""Which rows lie under the key of a sealed person, or of their compartment."""

from __future__ import annotations

from pulih.common.sealed_units import hang, hold
from pulih.privacy.models import Destruction, LegalHold, RightsRequest


def install() -> None:
    """Tell the encrypted fields."""
    hang(RightsRequest, on="person")
    hang(LegalHold, on="case")
    # It outlives the case, and the case's key.
    hold(Destruction, key="compartment_id")
