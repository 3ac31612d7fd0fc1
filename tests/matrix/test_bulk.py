"""Many at once with one forbidden among them: all or nothing; the forbidden looks absent."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from pulih.access.lists import declared
from pulih.cases.actions.gathering import hold_session
from pulih.cases.facts import Given, SessionFacts
from pulih.cases.models import Case, GroupSession, ServiceRecord
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.exchange.exports import reading
from pulih.inbox.actions import read_notices
from pulih.inbox.models import Notice
from pulih.people.actions.merging import merge_people
from pulih.people.models import Merge, Person

pytestmark = pytest.mark.django_db

REFUSALS = (PermissionDenied, RuleError)


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _count(*models: type) -> list[int]:
    return [model._base_manager.count() for model in models]


def _absent_case(world) -> Case:
    """A case that is nowhere."""
    found = Case._base_manager.get(pk=world.rows["open"]["case"].pk)
    found.pk, found.number = uuid.uuid4(), "K-2026-70000"
    return found


def _forbidden(world) -> dict[str, Case]:
    """Cases on which the worker of another section does not work."""
    return {
        "restricted": world.rows["restricted"]["case"],
        "sealed": world.rows["sealed"]["case"],
        "of another office": world.abroad.rows["open"]["case"],
    }


def _hold(world, cases: list[Case], by):
    return hold_session(
        facts=SessionFacts("Senam", world.rows["open"]["section"]),
        given=Given("F", today(), Decimal(1)),
        cases=cases,
        by=by,
    )


@pytest.mark.parametrize("which", ["restricted", "sealed", "of another office"])
def test_a_session_with_one_forbidden_case_is_not_held_for_any(world, which):
    by = world.users["social_worker", "team"]
    own = [world.rows["open"]["case"], world.rows["health"]["case"]]
    # The worker of "team" works on every case of the office but for the one from which they go.
    forbidden = _forbidden(world)[which]
    with _undone():
        forbidden.team.filter(user=by).delete()
        before = _count(GroupSession, ServiceRecord)

        with pytest.raises(REFUSALS), transaction.atomic():
            _hold(world, [own[0], forbidden, own[1]], by)

        assert _count(GroupSession, ServiceRecord) == before


@pytest.mark.parametrize("which", ["sealed", "of another office"])
def test_a_forbidden_case_of_a_session_is_refused_in_the_words_of_an_absent_one(world, which):
    by = world.users["social_worker", "unit"]
    said = []
    for case in (_forbidden(world)[which], _absent_case(world)):
        with pytest.raises(REFUSALS) as refusal, transaction.atomic():
            _hold(world, [case], by)
        said.append((type(refusal.value), str(refusal.value)))

    assert said[0] == said[1]


def test_people_are_not_joined_when_one_of_the_two_is_sealed_to_the_user(world):
    by = world.users["data_officer", "none"]
    kept, sealed = world.rows["open"]["open_person"], world.rows["sealed"]["person"]
    before = _count(Merge)

    for first, second in ((kept, sealed), (sealed, kept)):
        with pytest.raises(REFUSALS), transaction.atomic():
            merge_people(kept=first, absorbed=second, why="Orang yang sama", by=by)

    assert _count(Merge) == before
    assert not Person._base_manager.filter(pk=sealed.pk).exclude(merged_into=None).exists()


def test_of_notices_only_ones_own_are_read(world):
    by, other = world.users["social_worker", "team"], world.users["section_head", "team"]
    with _undone():
        unread = Notice._base_manager.filter(read_at=None)
        own, foreign = unread.filter(user=by).first(), unread.filter(user=other).first()
        assert own is not None
        assert foreign is not None

        assert read_notices(notices=[own, foreign], by=by) == 1
        foreign.refresh_from_db()
        assert foreign.read_at is None


def test_an_export_with_one_row_that_may_no_longer_be_seen_is_not_handed_out(world):
    by = world.users["data_officer", "none"]
    people, seen = declared()["orang"], world.rows["open"]["open_person"]
    sealed, abroad = world.rows["sealed"]["person"], world.abroad.rows["open"]["person"]

    def all_seen(*rows: Person) -> bool:
        return reading.are_all_seen(people, "", [row.pk for row in rows], user=by)

    assert all_seen(seen)
    assert not all_seen(seen, sealed)
    assert not all_seen(seen, abroad)
