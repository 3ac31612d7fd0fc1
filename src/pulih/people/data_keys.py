"""Which rows lie under the key of a sealed person."""

from __future__ import annotations

from pulih.common.sealed_units import hang, hold
from pulih.people import models

ON_PERSON = (
    models.Mark,
    models.Belonging,
    models.Consent,
    models.Kinship,
    models.PersonName,
    models.Identifier,
    models.Contact,
    models.ProcessingLimit,
    models.Address,
    models.PpksStatus,
    models.PersonFact,
)


def install() -> None:
    """Tell the encrypted fields."""
    hold(models.Person, key="pk")
    for model in ON_PERSON:
        hang(model, on="person")
    # Of two entries both are in the same compartment.
    hang(models.DuplicatePair, on="first")
    hang(models.Judgement, on="first")
    hang(models.Merge, on="kept")
