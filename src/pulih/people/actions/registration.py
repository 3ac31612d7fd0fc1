"""New entries of the registry, one by hand or many from a file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import Compartment, User
from pulih.access.numbering import next_numbers, sealed_number
from pulih.access.policy import Action
from pulih.common.clock import now, today
from pulih.people import places, rules
from pulih.people.built import BuiltEntries
from pulih.people.drafts import PersonDraft
from pulih.people.models import Person
from pulih.people.storage import keys
from pulih.people.storage.numbers import Surroundings
from pulih.people.storage.writer import EntryBuilder

SERIES = "P"
CHUNK = 500
FOUND_AT_ONCE = 10_000


@transaction.atomic
def register_person(
    *, draft: PersonDraft, compartment: Compartment | None = None, by: User
) -> Person:
    """Add one person to the registry; nothing is refused for being untidy.

    Args:
        draft: what is known. Somebody unknown and without a name gets a temporary code.
        compartment: where a person first met through a sealed case lives; None for everybody.
        by: whoever registers.

    Raises:
        PermissionDenied: `by` may not register, or is not named in the compartment.

    Source: R-PEO-1, R-PEO-3, R-PEO-5, docs/rules.md.
    """
    builder = _builder([draft], compartment=compartment, batch_id=None, by=by)
    if compartment is None:
        number = next_numbers(by.office, SERIES, today().year)[0]
    else:
        number = sealed_number()
    code = _temporary_code(draft, sealed=compartment is not None, by=by)
    builder.add(draft, temporary_code=code)
    built = builder.built()
    built.insert(numbers=[number], office_id=by.office_id, compartment=compartment)
    person = Person.objects.unscoped(reason="the entry just written").get(pk=UUID(built.people[0]))
    rules.may_register(by, person).require()
    if person.search_keys:
        keys.publish({person.pk: person.search_keys}, office_id=by.office_id)
        person.is_findable = True
    audit.record(
        "person.registered", actor=by, subject=person, detail={"findings": built.findings[0]}
    )
    return person


@transaction.atomic
def register_people(*, drafts: Sequence[PersonDraft], batch_id: UUID, by: User) -> list[UUID]:
    """Add many open people from a list; keys come back in the order of the drafts.

    The caller commits in its own pieces: one call with at most 500 drafts is one short transaction.

    Args:
        drafts: the people, checked for duplicates by the caller.
        batch_id: the import, by which all of it can be undone.
        by: whoever imports.

    Raises:
        PermissionDenied: `by` may not register people.

    Source: R-PEO-6, docs/rules/people.md.
    """
    made: list[UUID] = []
    waiting = iter(drafts)
    while chunk := list(islice(waiting, CHUNK)):
        built = build_people(drafts=chunk, batch_id=batch_id, user=by)
        made += register_built(built=built, batch_id=batch_id, by=by)
    while make_findable(batch_id=batch_id, by=by):
        pass
    return made


def build_people(*, drafts: Sequence[PersonDraft], batch_id: UUID, user: User) -> BuiltEntries:
    """Make the rows of open people without writing any; a process of its own may do it ahead.

    Args:
        drafts: the people, checked for duplicates by the caller.
        batch_id: the import.
        user: whoever imports.
    """
    builder = _builder(drafts, compartment=None, batch_id=batch_id, by=user)
    for draft in drafts:
        builder.add(draft)
    return builder.built()


@transaction.atomic
def register_built(*, built: BuiltEntries, batch_id: UUID, by: User) -> list[UUID]:
    """Write what `build_people` made; the people are found by name after `make_findable`.

    Args:
        built: at most 500 people, so that the transaction stays short.
        batch_id: the import, by which all of it can be undone.
        by: whoever imports.

    Raises:
        PermissionDenied: `by` may not register people.

    Source: R-PEO-6, docs/rules/people.md.
    """
    if not by.may(Action.PERSON_REGISTER):
        raise PermissionDenied(_("Your role does not register people."))
    if not built.people:
        return []
    numbers = next_numbers(by.office, SERIES, today().year, count=len(built.people))
    built.insert(numbers=numbers, office_id=by.office_id, compartment=None)
    audit.record(
        "person.imported",
        actor=by,
        detail={"batch": str(batch_id), "people": len(built.people), "from": numbers[0]},
    )
    return [UUID(key) for key in built.people]


@transaction.atomic
def make_findable(*, batch_id: UUID, by: User) -> int:
    """Let people of an import be found by name; some thousand at once, in the order of their keys.

    One by one each person's keys would touch a dozen pages of the largest table; in their order
    thousands share a page. Who was edited meanwhile is findable already and is left alone; the
    others are locked, so that nobody edits them between the reading and the writing of their keys.

    Args:
        batch_id: the import.
        by: whoever imports.

    Raises:
        PermissionDenied: `by` may not register people.

    Returns:
        How many people became findable; 0 when there is none left.

    Source: R-PEO-6, docs/rules/people.md.
    """
    if not by.may(Action.PERSON_REGISTER):
        raise PermissionDenied(_("Your role does not register people."))
    rows = Person.objects.unscoped(reason="people of an import, which only their keys concern")
    waiting = rows.filter(import_batch=batch_id, is_findable=False, compartment=None)
    named = waiting.exclude(search_keys="").order_by("pk").select_for_update()
    people = dict(named.values_list("pk", "search_keys")[:FOUND_AT_ONCE])
    if people:
        keys.publish(people, office_id=by.office_id)
        audit.record(
            "person.made_findable",
            actor=by,
            detail={"batch": str(batch_id), "people": len(people)},
        )
    return len(people)


def _builder(
    drafts: Sequence[PersonDraft],
    *,
    compartment: Compartment | None,
    batch_id: UUID | None,
    by: User,
) -> EntryBuilder:
    codes = {place.region_code for draft in drafts for place in draft.addresses}
    codes |= {draft.found_region for draft in drafts}
    numbered = any(draft.numbers for draft in drafts)
    return EntryBuilder(
        by=by,
        moment=now(),
        around=Surroundings(
            today=today(),
            home_regency=by.office.region_code,
            known_regions=places.known_codes() if numbered else None,
        ),
        regions=places.existing(codes),
        compartment=compartment,
        batch_id=batch_id,
    )


def _temporary_code(draft: PersonDraft, *, sealed: bool, by: User) -> str:
    """A code such as X-PARON-20210112-01 for somebody whom nobody can name (R-PEO-3)."""
    if draft.status != Person.Status.UNIDENTIFIED:
        return ""
    day = draft.found_on or today()
    place = places.district_word(draft.found_region) or by.office.code.upper()[:12]
    stem = f"X-{place}-{day:%Y%m%d}-"
    if sealed:
        return stem + sealed_number()[-4:]
    rows = Person.objects.unscoped(reason="the next free code of the day")
    taken = rows.filter(
        office=by.office, compartment=None, temporary_code__startswith=stem
    ).values_list("temporary_code", flat=True)
    last = max((int(code[len(stem) :]) for code in taken), default=0)
    return f"{stem}{last + 1:02d}"
