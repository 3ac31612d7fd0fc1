"""What there is to say about a number that is being typed, and who has it already."""

from __future__ import annotations

import datetime as dt

from jejak.birth import BirthDate
from pulih.access.models import User
from pulih.people import places
from pulih.people.findings import Remark, remarks
from pulih.people.models import Identifier, Person
from pulih.people.storage.numbers import Surroundings, check, index_of, normal_form

MOST_HOLDERS = 5


def remarks_on(
    kind: str,
    text: str,
    *,
    sex: str = "",
    birth: BirthDate | None = None,
    user: User,
    today: dt.date,
) -> list[Remark]:
    """What the checks say of a number beside what else was typed; nothing is refused for it."""
    if not text.strip():
        return []
    around = Surroundings(today, user.office.region_code, places.known_codes())
    return remarks(check(kind, text, around, sex=sex, birth=birth).findings)


def holders_of(kind: str, text: str, *, user: User) -> list[Person]:
    """People with this number whom the user may see; nobody else is hinted at."""
    value = normal_form(kind, text)
    if not value:
        return []
    indexes = [index_of(kind, value, sealed=sealed) for sealed in (False, True)]
    rows = Identifier.objects.visible_to(user).filter(index__in=indexes, kind=kind)
    keys = rows.values_list("person", flat=True)[:MOST_HOLDERS]
    return list(Person.objects.visible_to(user).filter(pk__in=list(keys), merged_into=None))
