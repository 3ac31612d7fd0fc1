"""Which rows lie under the key of the sealed record that they belong to."""

from __future__ import annotations

from pulih.common.sealed_units import hold
from pulih.files.models import Attachment


def install() -> None:
    """Tell the encrypted fields."""
    hold(Attachment, key="owner_id")
