"""Which rows lie under the key of the sealed record that they belong to."""

from __future__ import annotations

from pulih.common.sealed_units import hold
from pulih.papers.models import Letter


def install() -> None:
    """Tell the encrypted fields."""
    hold(Letter, key="about_key")
