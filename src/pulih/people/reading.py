"""Which readings of people are written down: those of people in a compartment."""

from __future__ import annotations

from pulih.access.readings import watch_part, watch_root
from pulih.people.models import (
    Address,
    Belonging,
    Consent,
    Contact,
    HouseholdMember,
    Identifier,
    Kinship,
    Mark,
    Merge,
    Person,
    PersonFact,
    PersonName,
    PpksStatus,
    ProcessingLimit,
)

_OF_PERSON = (
    *(Address, Belonging, Consent, Contact, HouseholdMember, Identifier, Kinship, Mark),
    *(PersonFact, PersonName, PpksStatus, ProcessingLimit),
)


def install() -> None:
    """Say that people in a compartment are closely held, and what hangs on a person."""
    watch_root(
        Person,
        noun="person",
        fields=("compartment_id",),
        is_closed=lambda row: row.compartment_id is not None,
    )
    for part in _OF_PERSON:
        watch_part(part, "person")
    watch_part(Merge, "kept")
