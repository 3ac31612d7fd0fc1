"""Short letters of sections and units, as they stand in the number of a letter."""

from __future__ import annotations

from pulih.access.models import Section, Unit

OF_SECTION = {
    Section.Kind.REHABILITATION: "REHSOS",
    Section.Kind.SECURITY: "JAMSOS",
    Section.Kind.EMPOWERMENT: "DAYASOS",
    Section.Kind.PROTECTION: "LINSOS",
}


def letters_of_section(section: Section | None) -> str:
    """Such as `REHSOS`; nothing for a letter of the whole office."""
    return OF_SECTION[Section.Kind(section.kind)] if section else ""


def letters_of_unit(unit: Unit | None) -> str:
    """The unit's code in capitals."""
    return unit.code.upper() if unit else ""
