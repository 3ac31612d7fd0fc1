"""Words of the drawings: labels in short lines, and each drawing as a list of sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.cases.drawing.figures import Bond, Family, Figure, Place, Sign, Strength

SIGNS: Mapping[Sign, Promise] = {
    Sign.MAN: gettext_lazy("man"),
    Sign.WOMAN: gettext_lazy("woman"),
    Sign.UNKNOWN: gettext_lazy("sex not known"),
}

BONDS: Mapping[Bond, Promise] = {
    Bond.MARRIED: gettext_lazy("%(a)s and %(b)s are a married couple."),
    Bond.TOGETHER: gettext_lazy("%(a)s and %(b)s live together."),
    Bond.SEPARATED: gettext_lazy("%(a)s and %(b)s live apart."),
    Bond.DIVORCED: gettext_lazy("%(a)s and %(b)s are divorced."),
    Bond.PARENT: gettext_lazy("%(a)s is a parent of %(b)s."),
    Bond.SIBLING: gettext_lazy("%(a)s and %(b)s are brothers or sisters."),
    Bond.OTHER: gettext_lazy("%(a)s belongs to the family of %(b)s."),
}

STRENGTHS: Mapping[Strength, Promise] = {
    Strength.STRONG: gettext_lazy("strong tie"),
    Strength.PLAIN: gettext_lazy("tie not judged yet"),
    Strength.WEAK: gettext_lazy("weak tie"),
    Strength.STRESSED: gettext_lazy("tie under stress"),
}


def lines_of(text: str, width: int, most: int) -> tuple[str, ...]:
    """A name in at most so many short lines."""
    return tuple(textwrap.wrap(text, width, max_lines=most, placeholder="…")) or ("—",)


def spoken_of(figure: Figure) -> str:
    """Somebody of a genogram in words, for a reader who does not see the symbol."""
    parts = [figure.name]
    if figure.is_client:
        parts.append(_("the client"))
    elif figure.note:
        parts.append(_low(figure.note))
    parts.append(str(SIGNS[figure.sign]))
    if figure.age:
        parts.append(_("%(age)s years") % {"age": figure.age})
    if figure.is_dead:
        parts.append(_("has died"))
    if figure.at_home:
        parts.append(_("on the same family card"))
    return ", ".join(parts)


def spoken_place(place: Place) -> str:
    """Something of an ecomap in words."""
    note = f" ({_low(place.note)})" if place.note else ""
    return f"{place.name}{note}: {STRENGTHS[place.strength]}"


def _low(note: str) -> str:
    """Inside a sentence; an abbreviation further on keeps its capitals."""
    return note[:1].lower() + note[1:]


def tell_family(family: Family) -> Iterator[str]:
    """A genogram in sentences: who there is, then who belongs to whom."""
    for figure in family.figures:
        yield f"{spoken_of(figure)}."
    names = {figure.key: figure.name for figure in family.figures}
    for tie in family.ties:
        if tie.a in names and tie.b in names:
            yield str(BONDS[tie.bond]) % {"a": names[tie.a], "b": names[tie.b]}


def tell_places(places: Sequence[Place]) -> Iterator[str]:
    """An ecomap in sentences."""
    for place in places:
        yield f"{spoken_place(place)}."
