"""A person as a letter of the office names them; letters are in Indonesian, whoever reads."""

from __future__ import annotations

from django.utils.translation import override

from pulih.access.models import User
from pulih.common.clock import today
from pulih.people import places
from pulih.people.ages import age_text, birth_text
from pulih.people.models import Address, Identifier, Person
from pulih.people.queries.people import get_person

PAPER_LANGUAGE = "id"


def person_on_paper(person: Person, *, user: User) -> dict[str, str]:
    """Name, NIK, birth, sex and address for a letter; what is not known is left out.

    Args:
        user: who writes the letter; must be able to see the person.
    """
    person = get_person(person.pk, user=user)
    with override(PAPER_LANGUAGE):
        facts = {
            "name": person.name,
            "nik": _number(person, user),
            "birth": _birth(person),
            "sex": str(person.get_sex_display()),
            "address": _address(person),
        }
    return {key: value for key, value in facts.items() if value}


def _number(person: Person, user: User) -> str:
    rows = Identifier.objects.visible_to(user).filter(person=person, kind=Identifier.Kind.NIK)
    found = rows.first()
    return str(found.value) if found else ""


def _birth(person: Person) -> str:
    born = birth_text(person) or age_text(person, today())
    return ", ".join(part for part in (person.birth_place, born) if part)


def _address(person: Person) -> str:
    found = person.addresses.filter(is_current=True).select_related("region__parent").first()
    return _written(found) if found else ""


def _written(address: Address) -> str:
    ways = (
        str(address.street),
        f"Dusun {address.hamlet}" if address.hamlet else "",
        f"RT {address.rt}" if address.rt else "",
        f"RW {address.rw}" if address.rw else "",
        places.full_name(address.region) if address.region else address.typed_place,
    )
    return ", ".join(part for part in ways if part)
