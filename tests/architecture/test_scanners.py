"""What the scan of the code lets pass: only what is waived with a reason, until a day."""

import datetime as dt
import re
import tomllib
from collections import Counter

import pytest

from benchmarks.security.scanners import RULES, WAIVERS, judge

TODAY = dt.date(2026, 11, 25)
FOUND = ("bandit", "B101", "src/pulih/a.py")


def waiver(**changes):
    """A waiver of one finding."""
    usual = {"tool": "bandit", "rule": "B101", "until": dt.date(2027, 5, 25), "reason": "x"}
    return {**usual, "paths": {"src/pulih/a.py": 1}, **changes}


def test_what_is_waived_is_no_finding():
    assert judge(Counter([FOUND]), [waiver()], TODAY) == []


def test_what_nobody_waived_is_open():
    assert judge(Counter([FOUND]), [], TODAY) == ["bandit B101 src/pulih/a.py: 1 open"]


def test_one_more_than_waived_in_the_same_file_is_open():
    assert judge(Counter([FOUND, FOUND]), [waiver()], TODAY) == [
        "bandit B101 src/pulih/a.py: 1 open"
    ]


def test_a_waiver_past_its_day_waives_nothing():
    left = judge(Counter([FOUND]), [waiver(until=dt.date(2026, 11, 24))], TODAY)

    assert len(left) == 2
    assert "its day was 2026-11-24" in left[0]


@pytest.mark.parametrize("changes", [{"reason": " "}, {"paths": {"src/pulih/gone.py": 1}}])
def test_a_waiver_without_a_reason_or_without_a_finding_is_a_finding(changes):
    assert judge(Counter([FOUND]), [waiver(), waiver(**changes)], TODAY)


def test_every_waiver_of_ours_has_a_reason_and_a_day_within_a_year():
    for entry in tomllib.loads(WAIVERS.read_text())["waiver"]:
        assert len(entry["reason"]) > 20
        assert entry["until"] < dt.datetime.now(dt.UTC).date() + dt.timedelta(days=366)


def test_every_rule_of_ours_has_a_sample():
    rules = {
        rule
        for name in ("python", "templates")
        for rule in re.findall(r"- id: (\S+)", (RULES / f"{name}.yml").read_text())
    }
    samples = set(re.findall(r"^([a-z-]+):", (RULES / "samples.yml").read_text(), re.M))

    assert rules == samples
