"""Models of the law's duties."""

from pulih.privacy.models.breach import Breach, BreachedPerson
from pulih.privacy.models.officer import ProtectionOfficer
from pulih.privacy.models.request import RightsRequest
from pulih.privacy.models.retention import Destruction, LegalHold, RetentionRule

__all__ = [
    "Breach",
    "BreachedPerson",
    "Destruction",
    "LegalHold",
    "ProtectionOfficer",
    "RetentionRule",
    "RightsRequest",
]
