"""R-INBOX-1: when the next task of a series is due."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.inbox.models import Task
from pulih.inbox.rules import next_due

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
REPEATING = st.sampled_from([r for r in Task.Recurrence if r != Task.Recurrence.NONE])


def series(recurrence: str, anchor: dt.date, every: int = 10) -> Task:
    return Task(recurrence=recurrence, anchor_on=anchor, due_on=anchor, every_days=every)


@pytest.mark.parametrize(
    ("recurrence", "anchor", "after", "due"),
    [
        ("none", "2026-01-05", "2026-01-05", None),
        ("daily", "2026-01-05", "2026-01-05", "2026-01-06"),
        ("weekly", "2026-01-05", "2026-01-05", "2026-01-12"),
        ("weekly", "2026-01-05", "2026-01-20", "2026-01-26"),
        ("every", "2026-01-05", "2026-01-05", "2026-01-15"),
        ("monthly", "2026-01-31", "2026-01-31", "2026-02-28"),
        ("monthly", "2026-01-31", "2026-02-28", "2026-03-31"),
        ("monthly", "2026-12-15", "2026-12-15", "2027-01-15"),
        ("monthly", "2028-01-30", "2028-01-30", "2028-02-29"),
    ],
)
def test_the_next_date(recurrence, anchor, after, due):
    task = series(recurrence, dt.date.fromisoformat(anchor))

    found = next_due(task, after=dt.date.fromisoformat(after))

    assert found == (dt.date.fromisoformat(due) if due else None)


@given(recurrence=REPEATING, anchor=DAYS, after=DAYS, every=st.integers(1, 60))
def test_the_next_date_is_always_later(recurrence, anchor, after, every):
    due = next_due(series(recurrence, anchor, every), after=after)

    assert due is not None
    assert due > after


@given(anchor=DAYS, after=DAYS, every=st.integers(1, 60))
def test_a_step_of_days_keeps_its_rhythm(anchor, after, every):
    due = next_due(series("every", anchor, every), after=after)

    assert (due - anchor).days % every == 0
    assert (due - max(anchor, after)).days <= every
