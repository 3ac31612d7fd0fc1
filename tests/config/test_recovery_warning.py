"""The administrator is warned of backups that nobody proved; others cannot do anything about it."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from pulih.common.clock import now
from pulih.config import health


@pytest.fixture
def place(settings, tmp_path):
    """A data folder without a drill."""
    settings.PULIH_DATA = tmp_path
    settings.PULIH_DEMO = False
    return tmp_path


def drilled(place, *, good=True, hours=1):
    """Keep the result of a drill of some hours ago."""
    at = (now() - dt.timedelta(hours=hours)).isoformat(timespec="seconds")
    result = {"at": at, "good": good, "backup": "x.age", "seconds": 1.0, "faults": []}
    (place / "drill.json").write_text(json.dumps({**result, "tables": 1, "rows": 1, "opened": 1}))


def page_of(client, user):
    client.force_login(user)
    return client.get(reverse("access:profile")).content.decode()


def test_an_administrator_is_told_that_no_backup_was_ever_proven(client, make_user, place):
    assert "belum pernah dibuktikan" in page_of(client, make_user("administrator"))


def test_nobody_else_is(client, make_user, place):
    assert "belum pernah dibuktikan" not in page_of(client, make_user("head_of_office"))


def test_a_good_drill_of_today_ends_the_warning(client, make_user, place):
    drilled(place)

    assert "Cadangan" not in page_of(client, make_user("administrator"))


@pytest.mark.parametrize(("good", "hours"), [(False, 1), (True, 25)])
def test_a_failed_or_an_old_drill_brings_it_back(client, make_user, place, good, hours):
    drilled(place, good=good, hours=hours)

    assert "Cadangan" in page_of(client, make_user("administrator"))


def test_check_tells_the_age_of_the_drill_and_who_can_open_backups(db, place):
    found = {line.name: line for line in health.findings()}

    assert not found["drill"].good
    assert not found["recovery keys"].good
    drilled(place)
    assert {line.name: line for line in health.findings()}["drill"].good


def test_serve_refuses_without_the_second_factor(db, settings):
    settings.PULIH_SECOND_FACTOR = False
    assert any("second factor" in reason for reason in health.refusals())

    settings.PULIH_SECOND_FACTOR = True
    assert not any("second factor" in reason for reason in health.refusals())
