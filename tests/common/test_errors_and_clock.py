"""An error carries its rule, and the day is that of the office's wall."""

import datetime as dt

import time_machine

from pulih.common.clock import now, today
from pulih.common.errors import RuleError


def test_a_refusal_carries_words_and_rule():
    refusal = RuleError("Belum boleh.", rule="R-CASE-7")

    assert (refusal.message, refusal.rule, str(refusal)) == (
        "Belum boleh.",
        "R-CASE-7",
        "Belum boleh.",
    )


def test_the_day_starts_at_midnight_of_the_office():
    with time_machine.travel(dt.datetime(2026, 1, 1, 17, 30, tzinfo=dt.UTC), tick=False):
        assert today() == dt.date(2026, 1, 2)
        assert now() == dt.datetime(2026, 1, 1, 17, 30, tzinfo=dt.UTC)
