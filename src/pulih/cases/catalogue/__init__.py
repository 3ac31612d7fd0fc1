"""The services that every office starts with; afterwards the catalogue is the office's own."""

from pulih.cases.catalogue.entries import SHIPPED, ShippedOffer, in_english

__all__ = ["SHIPPED", "ShippedOffer", "in_english"]
