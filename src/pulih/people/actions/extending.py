"""What a list says of people who are in the registry already: dated history, added in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.clock import now
from pulih.people.codes import KINDS
from pulih.people.drafts import FactDraft, PersonDraft, StatusDraft
from pulih.people.models import Person, PersonFact, PpksStatus


@transaction.atomic
def extend_people(
    *, additions: Sequence[tuple[UUID, PersonDraft]], batch_id: UUID, by: User
) -> int:
    """Add the kinds and dated facts of drafts to people who are known; nothing is overwritten.

    What a person's entry says already is not said twice, so the same list again changes nothing.

    Args:
        additions: the key of each person and what the list says; other parts of the draft
            (name, address, numbers) are left to the one who edits the entry.
        batch_id: the import, by which all of it can be undone.
        by: whoever imports.

    Raises:
        PermissionDenied: `by` may not change one of the people.

    Returns:
        How many rows of history were added.

    Source: R-PEO-6, docs/rules/people.md.
    """
    people = _people_of(additions, by)
    statuses = _known_kinds(people)
    facts = _known_facts(people)
    new_statuses: list[PpksStatus] = []
    new_facts: list[PersonFact] = []
    for key, draft in additions:
        person = people[key]
        for status in draft.statuses:
            if status.kind not in statuses[key]:
                new_statuses.append(_status(person, status, statuses[key], batch_id, by))
                statuses[key].add(status.kind)
        for fact in draft.facts:
            mark = _mark(fact)
            if mark not in facts[key]:
                new_facts.append(_fact(person, fact, batch_id, by))
                facts[key].add(mark)
    PpksStatus.objects.bulk_create(new_statuses, batch_size=200)
    PersonFact.objects.bulk_create(new_facts, batch_size=200)
    added = len(new_statuses) + len(new_facts)
    if added:
        audit.record(
            "person.extended",
            actor=by,
            detail={"batch": str(batch_id), "people": len(people), "rows": added},
        )
    return added


def _people_of(additions: Iterable[tuple[UUID, PersonDraft]], by: User) -> dict[UUID, Person]:
    keys = {key for key, draft in additions}
    found = Person.objects.visible_to(by, Action.PERSON_EDIT).in_bulk(list(keys))
    if found.keys() != keys:
        raise PermissionDenied(_("Your role does not change one of these people."))
    return found


def _known_kinds(people: dict[UUID, Person]) -> defaultdict[UUID, set[int]]:
    known: defaultdict[UUID, set[int]] = defaultdict(set)
    rows = PpksStatus.objects.unscoped(reason="of people who were read in scope")
    for person, kind in rows.filter(person__in=people, ended_on=None).values_list("person", "kind"):
        known[person].add(kind)
    return known


def _known_facts(people: dict[UUID, Person]) -> defaultdict[UUID, set[tuple[str, ...]]]:
    known: defaultdict[UUID, set[tuple[str, ...]]] = defaultdict(set)
    for row in PersonFact.objects.filter(person__in=people):
        known[row.person_id].add(
            (row.kind, row.code, row.period, str(row.fact_on or ""), str(row.detail or ""))
        )
    return known


def _mark(fact: FactDraft) -> tuple[str, ...]:
    return (fact.kind, fact.code[:30], fact.period[:20], str(fact.fact_on or ""), fact.detail)


def _status(
    person: Person, status: StatusDraft, known: set[int], batch_id: UUID, by: User
) -> PpksStatus:
    return PpksStatus(
        person=person,
        kind=status.kind,
        scheme_version=KINDS.scheme,
        is_primary=not known,
        subtype=status.subtype,
        disability=status.disability,
        status_on=status.status_on,
        source=status.source,
        note=status.note,
        import_batch=batch_id,
        recorded_by=by,
        recorded_at=now(),
    )


def _fact(person: Person, fact: FactDraft, batch_id: UUID, by: User) -> PersonFact:
    return PersonFact(
        person=person,
        kind=fact.kind,
        code=fact.code[:30],
        detail=fact.detail,
        period=fact.period[:20],
        fact_on=fact.fact_on,
        source=fact.source,
        import_batch=batch_id,
        recorded_by=by,
        recorded_at=now(),
    )
