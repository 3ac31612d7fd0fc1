"""Models of people."""

from pulih.people.models.appearance import Belonging, Mark
from pulih.people.models.consent import Consent
from pulih.people.models.duplicate import DuplicatePair, DuplicateScan
from pulih.people.models.family import Household, HouseholdMember, Kinship
from pulih.people.models.identity import Contact, Identifier, PersonName, SearchKey
from pulih.people.models.judgement import Judgement
from pulih.people.models.key_count import KeyCount
from pulih.people.models.limit import ProcessingLimit
from pulih.people.models.merge import Merge
from pulih.people.models.person import Person
from pulih.people.models.place import Address
from pulih.people.models.region import Region
from pulih.people.models.status import PersonFact, PpksStatus

__all__ = [
    "Address",
    "Belonging",
    "Consent",
    "Contact",
    "DuplicatePair",
    "DuplicateScan",
    "Household",
    "HouseholdMember",
    "Identifier",
    "Judgement",
    "KeyCount",
    "Kinship",
    "Mark",
    "Merge",
    "Person",
    "PersonFact",
    "PersonName",
    "PpksStatus",
    "ProcessingLimit",
    "Region",
    "SearchKey",
]
