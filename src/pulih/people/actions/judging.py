"""Pairs that may be one person: proposed by the machine, judged by people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.people import pairs as evidence_of
from pulih.people import rules
from pulih.people.models import DuplicatePair, Judgement, Person
from pulih.people.pairs import COMPARED_ROWS, Proposal

__all__ = ["Proposal", "judge_pair", "propose_pairs"]

CHUNK = 200
_RENEWED = ("score", "evidence", "fingerprint", "source", "state", "batch", "proposed_at")

Pair = tuple[UUID, UUID]


@transaction.atomic
def propose_pairs(
    *, pairs: Iterable[Proposal], source: str, batch_id: UUID | None = None, by: User
) -> int:
    """Put pairs on the list of those to be judged; returns how many of them wait for a verdict.

    Left out are pairs with an entry that is sealed, absorbed or of another office, and pairs judged
    before on the same evidence: "not the same" comes back only when something new was learned.

    Args:
        pairs: from registering, from an import or from a search of the registry.
        source: `DuplicatePair.Source`.
        batch_id: the import they come from.
        by: whoever registers, imports or searches.

    Source: R-PEO-45, R-PEO-46, docs/rules.md.
    """
    best: dict[Pair, float] = {}
    for proposal in pairs:
        if proposal.one != proposal.other:
            best[proposal.ordered] = max(proposal.score, best.get(proposal.ordered, 0.0))
    waiting, ordered = 0, iter(sorted(best.items()))
    while chunk := dict(islice(ordered, CHUNK)):
        waiting += _propose(chunk, source, batch_id, by)
    if waiting:
        detail = {"pairs": waiting, "source": source, "batch": str(batch_id or "")}
        audit.record("pairs.proposed", actor=by, detail=detail)
    return waiting


def _propose(scores: Mapping[Pair, float], source: str, batch_id: UUID | None, by: User) -> int:
    people = _open_people({key for pair in scores for key in pair}, by)
    wanted = [pair for pair in scores if people.keys() >= set(pair)]
    existing, judged = _known_pairs(wanted), _last_judgements(wanted)
    fresh, changed = [], []
    for pair in wanted:
        raw = evidence_of.compare(people[pair[0]], people[pair[1]], today=today())
        mark = evidence_of.fingerprint(raw)
        row = existing.get(pair)
        if row is not None and row.fingerprint == mark:
            continue
        if row is None:
            row = DuplicatePair(office=by.office, second_id=pair[1])
            fresh.append(row)
        else:
            changed.append(row)
        # The entry itself: its class decides under which key the evidence lies.
        row.first = people[pair[0]]
        row.state = _state_of(judged.get(pair), mark)
        row.score, row.evidence, row.fingerprint = scores[pair], raw, mark
        row.source, row.batch, row.proposed_at = source, batch_id, now()
    DuplicatePair.objects.bulk_create(fresh)
    for row in changed:
        row.save(update_fields=_RENEWED)
    return sum(row.state == DuplicatePair.State.OPEN for row in (*fresh, *changed))


def _open_people(keys: Iterable[UUID], by: User) -> dict[UUID, Person]:
    rows = Person.objects.unscoped(reason="sealed and absorbed entries are left out of the list")
    free = rows.filter(pk__in=keys, office=by.office_id, compartment=None, merged_into=None)
    return {person.pk: person for person in free.prefetch_related(*COMPARED_ROWS)}


def _known_pairs(pairs: Iterable[Pair]) -> dict[Pair, DuplicatePair]:
    rows = DuplicatePair.objects.unscoped(reason="pairs are written, not shown")
    found = rows.select_for_update().filter(first__in={first for first, _second in pairs})
    return {(row.first_id, row.second_id): row for row in found}


def _last_judgements(pairs: Iterable[Pair]) -> dict[Pair, Judgement]:
    rows = Judgement.objects.unscoped(reason="a verdict decides whether a pair comes back")
    judged = rows.filter(first__in={first for first, _second in pairs}).order_by("at", "pk")
    return {(row.first_id, row.second_id): row for row in judged}


def _state_of(verdict: Judgement | None, mark: str) -> str:
    """A verdict stands as long as it was given on this evidence; new evidence opens the pair."""
    if verdict is None or verdict.fingerprint != mark:
        return DuplicatePair.State.OPEN
    return verdict.verdict


@transaction.atomic
def judge_pair(
    *, first: Person, second: Person, verdict: str, why: str = "", by: User
) -> Judgement:
    """Say of two entries whether they are one person; it is remembered with its evidence.

    Args:
        first, second: two entries that the judge can see, in either order.
        verdict: `Judgement.Verdict`. "The same" joins nothing yet; that is `merge_people`.
        why: in the judge's words.
        by: somebody who may change both entries.

    Raises:
        PermissionDenied: `by` may not change one of them.
        RuleError: it is one entry, or the two are in different compartments.

    Source: R-PEO-45, R-PEO-46, docs/rules.md.
    """
    if first.pk > second.pk:
        first, second = second, first
    if first.pk == second.pk:
        raise RuleError(_("This is one and the same entry."), rule="R-PEO-45")
    rules.may_edit(by, first).require()
    rules.may_edit(by, second).require()
    if first.compartment_id != second.compartment_id:
        raise RuleError(_("These two entries cannot be judged together."), rule="R-PEO-45")

    raw = evidence_of.compare(first, second, today=today())
    judgement = Judgement.objects.create(
        office=first.office,
        compartment=first.compartment,
        first=first,
        second=second,
        verdict=verdict,
        why=why,
        fingerprint=evidence_of.fingerprint(raw),
        by=by,
        at=now(),
    )
    pair = _known_pairs([(first.pk, second.pk)]).get((first.pk, second.pk))
    if pair is not None:
        pair.state, pair.evidence = verdict, raw
        pair.fingerprint = judgement.fingerprint
        pair.save(update_fields=["state", "evidence", "fingerprint"])
    told = {"first": str(first.pk), "second": str(second.pk), "verdict": verdict}
    audit.record("pair.judged", actor=by, subject=first, reason=why, detail=told)
    return judgement
