"""The lists of the registry that may be exported: people, possible duplicates, joined entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.access import lists
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.people import places
from pulih.people.ages import age_text, birth_text
from pulih.people.codes import KINDS
from pulih.people.forms.searching import ListFilterForm
from pulih.people.models import Address, DuplicatePair, Identifier, Person
from pulih.people.queries import duplicates, list_people
from pulih.people.queries.limits import limited
from pulih.people.rules import OPEN_KINDS

PEOPLE = (
    lists.Column(gettext_lazy("Register number"), 16),
    lists.Column(gettext_lazy("Name"), 32),
    lists.Column(gettext_lazy("Temporary code"), 24),
    lists.Column(gettext_lazy("NIK (hidden)"), 20),
    lists.Column(gettext_lazy("Sex"), 12),
    lists.Column(gettext_lazy("Age"), 20),
    lists.Column(gettext_lazy("Birth"), 26),
    lists.Column(gettext_lazy("Place of birth"), 18),
    lists.Column(gettext_lazy("Place"), 30),
    lists.Column(gettext_lazy("Hamlet (dusun)"), 18),
    lists.Column(gettext_lazy("RT"), 6),
    lists.Column(gettext_lazy("RW"), 6),
    lists.Column(gettext_lazy("PPKS kind"), 34),
    lists.Column(gettext_lazy("State"), 16),
    lists.Column(gettext_lazy("Registered at"), 18),
)
PAIRS = (
    lists.Column(gettext_lazy("Number of one entry"), 18),
    lists.Column(gettext_lazy("One entry"), 30),
    lists.Column(gettext_lazy("Number of the other entry"), 18),
    lists.Column(gettext_lazy("Other entry"), 30),
    lists.Column(gettext_lazy("Agrees"), 34),
    lists.Column(gettext_lazy("Differs"), 34),
    lists.Column(gettext_lazy("Likelihood (%)"), 14),
    lists.Column(gettext_lazy("Verdict"), 18),
    lists.Column(gettext_lazy("Found by"), 20),
    lists.Column(gettext_lazy("Found at"), 18),
)
MERGES = (
    lists.Column(gettext_lazy("Number of the entry that stayed"), 18),
    lists.Column(gettext_lazy("Entry that stayed"), 30),
    lists.Column(gettext_lazy("Number of the absorbed entry"), 18),
    lists.Column(gettext_lazy("Absorbed"), 30),
    lists.Column(gettext_lazy("Joined by"), 26),
    lists.Column(gettext_lazy("When"), 18),
)
SEALED_NOT = {"first__compartment": None, "second__compartment": None}


def install() -> None:
    """Declare the lists of the registry."""
    lists.declare(
        lists.ListExport(
            code="orang",
            title=gettext_lazy("People"),
            noun="person",
            actions=(Action.PERSON_READ,),
            personal=True,
            home="people:list",
            ask=_people,
            columns=PEOPLE,
            lines=_people_lines,
        )
    )
    lists.declare(
        lists.ListExport(
            code="ganda",
            title=gettext_lazy("Possible duplicates"),
            noun="pair",
            actions=(Action.PERSON_MERGE,),
            personal=True,
            home="people:duplicates",
            ask=_pairs,
            columns=PAIRS,
            lines=_pair_lines,
        )
    )
    lists.declare(
        lists.ListExport(
            code="gabungan",
            title=gettext_lazy("Joined entries"),
            noun="merge",
            actions=(Action.PERSON_MERGE,),
            personal=True,
            home="people:duplicates",
            ask=_merges,
            columns=MERGES,
            lines=_merge_lines,
        )
    )


def _people(params: QueryDict, user: User) -> lists.Asked:
    form = ListFilterForm(params)
    rows = list_people(user=user, narrowed=form.narrowed(), today=today())
    # Whoever asked for a limit leaves in no list (R-PEO-30).
    rows = rows.filter(~limited(), compartment=None)
    return lists.Asked(rows, lists.said_by(form))


def _people_lines(people: Sequence[Person]) -> Iterable[lists.Line]:
    keys = [person.pk for person in people]
    names = places.names([code for person in people if (code := _place(person))])
    numbers, homes = _numbers(keys), _homes(keys)
    for person in people:
        home = homes.get(person.pk)
        kind = person.main_kind if person.main_kind in OPEN_KINDS else None
        yield (
            person.number,
            person.own_name,
            person.temporary_code,
            numbers.get(person.pk, ""),
            person.get_sex_display(),
            age_text(person, today()),
            birth_text(person),
            person.birth_place,
            names.get(_place(person), ""),
            home.hamlet if home else "",
            home.rt if home else "",
            home.rw if home else "",
            KINDS.label(str(kind)) if kind else "",
            person.get_status_display(),
            person.created_at,
        )


def _place(person: Person) -> str:
    return person.home_code or person.found_in_id or ""


def _numbers(people: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = Identifier.objects.unscoped(reason="masked numbers of people who were read in scope")
    found: dict[UUID, list[str]] = {}
    for row in rows.filter(person__in=people, kind=Identifier.Kind.NIK):
        found.setdefault(row.person_id, []).append(row.masked)
    return {key: ", ".join(dict.fromkeys(masked)) for key, masked in found.items()}


def _homes(people: Sequence[UUID]) -> Mapping[UUID, Address]:
    rows = Address.objects.filter(person__in=people, is_current=True, kind=Address.Kind.HOME)
    return {row.person_id: row for row in rows}


def _pairs(params: QueryDict, user: User) -> lists.Asked:
    asked = params.get("status", "")
    state = DuplicatePair.State.OPEN
    if asked in DuplicatePair.State.values:
        state = DuplicatePair.State(asked)
    rows = duplicates.list_pairs(user=user, state=state).filter(**SEALED_NOT)
    return lists.Asked(rows, [(_("Verdict"), str(state.label))])


def _pair_lines(pairs: Sequence[DuplicatePair]) -> Iterable[lists.Line]:
    for told in duplicates.summaries(pairs):
        pair = told.pair
        yield (
            pair.first.number,
            pair.first.name,
            pair.second.number,
            pair.second.name,
            ", ".join(told.agrees),
            ", ".join(told.differs),
            told.percent,
            pair.get_state_display(),
            pair.get_source_display(),
            pair.proposed_at,
        )


def _merges(_params: QueryDict, user: User) -> lists.Asked:
    rows = duplicates.list_merges(user=user)
    return lists.Asked(rows.filter(kept__compartment=None, absorbed__compartment=None), [])


def _merge_lines(merges: Sequence[Any]) -> Iterable[lists.Line]:
    for merge in merges:
        yield (
            merge.kept.number,
            merge.kept.name,
            merge.absorbed.number,
            merge.absorbed.name,
            merge.by.full_name,
            merge.at,
        )
