"""Ages and births in words, with how well they are known."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pulih.people.models import Person


def age_text(person: Person, on: dt.date) -> str:
    """The age on a day: "34 years", "about 40–45 years", or empty."""
    birth = person.birth
    if birth is None:
        return ""
    end = min(person.died_on, on) if person.died_on else on
    lowest, highest = birth.age_on(end)
    if person.estimated_on and person.birth_year_from and person.birth_year_to:
        # An estimate grows by whole years: the day on which it was made is no birthday.
        lowest, highest = end.year - person.birth_year_to, end.year - person.birth_year_from
    lowest, highest = max(lowest, 0), max(highest, 0)
    if birth.is_exact:
        return _("%(age)s years") % {"age": lowest}
    if lowest == highest:
        return _("about %(age)s years") % {"age": lowest}
    return _("about %(lowest)s–%(highest)s years") % {"lowest": lowest, "highest": highest}


def birth_text(person: Person) -> str:
    """The birth as it is known: a date, a year, or the years of an estimate and its day."""
    if person.birth_date is not None:
        return date_format(person.birth_date, "j F Y")
    if person.birth_precision == Person.BirthPrecision.YEAR:
        return _("in %(year)s") % {"year": person.birth_year_from}
    if person.estimated_on is None:
        return ""
    return _("about %(first)s–%(last)s, estimated on %(day)s") % {
        "first": person.birth_year_from,
        "last": person.birth_year_to,
        "day": date_format(person.estimated_on, "j M Y"),
    }
