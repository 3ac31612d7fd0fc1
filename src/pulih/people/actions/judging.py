"""Pairs that may be one person: proposed by the machine, judged by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from jejak.records import Evidence
from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.people import pairs as evidence_of
from pulih.people import rules
from pulih.people.models import DuplicatePair, Judgement, Person
from pulih.people.pairs import Proposal

CHUNK = 400
_RENEWED = ("score", "evidence", "fingerprint", "source", "state", "batch", "proposed_at")

Pair = tuple[UUID, UUID]


@transaction.atomic
def propose_pairs(
    *, pairs: Iterable[Proposal], source: str, batch_id: UUID | None = None, by: User
) -> int:
    """Put pairs on the list of those to be judged; returns how many wait for a verdict now.

    Left out are pairs with an entry that is sealed, absorbed or of another office, and pairs judged
    before on the same evidence: "not the same" comes back only when something new was learned.

    Args:
        pairs: from registering, from an import or from a search of the registry.
        source: `DuplicatePair.Source`.
        batch_id: the import they come from.
        by: whoever registers, imports or searches.

    Source: R-PEO-45, R-PEO-46, docs/rules.md.
    """
    best: dict[Pair, Proposal] = {}
    for proposal in pairs:
        known = best.get(proposal.ordered)
        if proposal.one != proposal.other and (known is None or proposal.score > known.score):
            best[proposal.ordered] = proposal
    keys = sorted(best)
    waiting = 0
    for start in range(0, len(keys), CHUNK):
        chunk = {key: best[key] for key in keys[start : start + CHUNK]}
        waiting += _propose(chunk, source, batch_id, by)
    if waiting:
        detail = {"pairs": waiting, "source": source, "batch": str(batch_id or "")}
        audit.record("pairs.proposed", actor=by, detail=detail)
    return waiting


def _propose(chunk: dict[Pair, Proposal], source: str, batch_id: UUID | None, by: User) -> int:
    people = _open_people({key for pair in chunk for key in pair}, by)
    wanted = {pair: item for pair, item in chunk.items() if people.issuperset(pair)}
    firsts = {first for first, _second in wanted}
    rows = DuplicatePair.objects.unscoped(reason="pairs are written, not shown")
    found = rows.select_for_update().filter(first__in=firsts)
    existing = {(row.first_id, row.second_id): row for row in found}
    judged = _last_judgements(firsts)
    fresh, changed = [], []
    for pair, proposal in wanted.items():
        raw = evidence_of.stored(proposal)
        mark = evidence_of.fingerprint(raw)
        row = existing.get(pair)
        verdict = judged.get(pair)
        if row is None:
            row = DuplicatePair(office=by.office, first_id=pair[0], second_id=pair[1])
            row.state = _state_of(verdict, mark)
            fresh.append(row)
        elif row.fingerprint == mark:
            continue
        else:
            row.state = _state_of(verdict, mark)
            changed.append(row)
        row.score, row.evidence, row.fingerprint = proposal.score, raw, mark
        row.source, row.batch, row.proposed_at = source, batch_id, now()
    DuplicatePair.objects.bulk_create(fresh)
    for row in changed:
        row.save(update_fields=_RENEWED)
    return sum(row.state == DuplicatePair.State.OPEN for row in (*fresh, *changed))


def _open_people(keys: Iterable[UUID], by: User) -> set[UUID]:
    rows = Person.objects.unscoped(reason="sealed and absorbed entries are left out of the list")
    free = rows.filter(pk__in=keys, office=by.office_id, compartment=None, merged_into=None)
    return set(free.values_list("pk", flat=True))


def _last_judgements(firsts: Iterable[UUID]) -> dict[Pair, Judgement]:
    rows = Judgement.objects.unscoped(reason="a verdict decides whether a pair comes back")
    last: dict[Pair, Judgement] = {}
    for row in rows.filter(first__in=firsts).order_by("at", "pk"):
        last[row.first_id, row.second_id] = row
    return last


def _state_of(verdict: Judgement | None, mark: str) -> str:
    """A verdict stands as long as it was given on this evidence; new evidence opens the pair."""
    if verdict is None or verdict.fingerprint != mark:
        return DuplicatePair.State.OPEN
    return verdict.verdict


@transaction.atomic
def judge_pair(
    *,
    first: Person,
    second: Person,
    verdict: str,
    why: str = "",
    evidence: Sequence[Evidence] = (),
    by: User,
) -> Judgement:
    """Say of two entries whether they are one person; it is remembered with its evidence.

    Args:
        first, second: two entries that the judge can see, in either order.
        verdict: `Judgement.Verdict`. "The same" joins nothing yet; that is `merge_people`.
        why: in the judge's words.
        evidence: what was shown; by default that of the pair on the list.
        by: somebody who may change both entries.

    Raises:
        PermissionDenied: `by` may not change one of them.
        RuleError: it is one entry, or the two are in different compartments.

    Source: R-PEO-45, R-PEO-46, docs/rules.md.
    """
    if first.pk > second.pk:
        first, second = second, first
        evidence = _other_way(evidence)
    if first.pk == second.pk:
        raise RuleError(_("This is one and the same entry."), rule="R-PEO-45")
    rules.may_edit(by, first).require()
    rules.may_edit(by, second).require()
    if first.compartment_id != second.compartment_id:
        raise RuleError(_("These two entries cannot be judged together."), rule="R-PEO-45")

    rows = DuplicatePair.objects.unscoped(reason="its entries were checked by may_edit")
    pair = rows.select_for_update().filter(first=first, second=second).first()
    mark = evidence_of.fingerprint(
        evidence_of.stored(Proposal(first.pk, second.pk, 0.0, tuple(evidence)))
    )
    if not mark and pair is not None:
        mark = pair.fingerprint
    judgement = Judgement.objects.create(
        office=first.office,
        compartment=first.compartment,
        first=first,
        second=second,
        verdict=verdict,
        why=why,
        fingerprint=mark,
        by=by,
        at=now(),
    )
    if pair is not None:
        pair.state = verdict
        pair.save(update_fields=["state"])
    audit.record("pair.judged", actor=by, subject=first, reason=why, detail=_told(judgement))
    return judgement


def _other_way(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The same evidence with the two entries in the other order."""
    low, high = UUID(int=0), UUID(int=1)
    return evidence_of.opened(evidence_of.stored(Proposal(high, low, 0.0, tuple(evidence))))


def _told(judgement: Judgement) -> dict[str, str]:
    return {
        "first": str(judgement.first_id),
        "second": str(judgement.second_id),
        "verdict": judgement.verdict,
    }
