"""How Pulih opens SQLite (R-CONF-31)."""

from __future__ import annotations

import sqlite3

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, connections

from pulih.config import health

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone"),
    pytest.mark.django_db,
]


@pytest.fixture
def open_file(tmp_path):
    """Opens a database file of its own with the office's options, some of them changed."""
    opened = []

    def open_with(name="office.sqlite3", **options):
        own = connections.create_connection("default")
        changed = {**own.settings_dict["OPTIONS"], **options}
        own.settings_dict = {
            **own.settings_dict, "NAME": str(tmp_path / name), "OPTIONS": changed
        }  # fmt: skip
        opened.append(own)
        own.ensure_connection()
        return own

    yield open_with
    for one in opened:
        one.close()


def test_every_connection_writes_through_to_the_disk(open_file):
    level = open_file().connection.execute("PRAGMA synchronous").fetchone()[0]

    assert level == 2


@pytest.mark.parametrize("level", ["OFF", "NORMAL"])
def test_a_connection_that_a_power_cut_could_betray_is_refused(open_file, level):
    with pytest.raises(ImproperlyConfigured, match="synchronous"):
        open_file(init_command=f"PRAGMA journal_mode=WAL; PRAGMA synchronous={level};")


def test_a_server_whose_file_is_gone_makes_no_empty_one(open_file, tmp_path):
    with pytest.raises(OperationalError):
        open_file(must_exist=True)

    assert list(tmp_path.iterdir()) == []


def test_a_server_opens_the_file_that_is_there(open_file, tmp_path):
    name = "kantor #1 100%?.sqlite3"
    sqlite3.connect(tmp_path / name).execute("CREATE TABLE here (id)")

    rows = open_file(name, must_exist=True).connection.execute("SELECT name FROM sqlite_master")

    assert [row[0] for row in rows] == ["here"]


def test_check_prints_that_writes_are_durable():
    (finding,) = [one for one in health.findings() if one.name == "durable writes"]

    assert (finding.good, finding.text) == (True, "synchronous=FULL on every connection")
