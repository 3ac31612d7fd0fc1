"""The same roads on PostgreSQL: a restore proves aside, changes all or nothing, is gone on from."""

import os
import secrets
import shutil
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from tests.config.test_recovery import _STATE, Office
from tests.config.test_restore_faults import KILLED

pytestmark = pytest.mark.skipif(
    not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="no PostgreSQL is named"
)


def server_of_the_tests(database):
    """The address of another database of the server that the tests run on."""
    settings = connection.settings_dict
    who = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
    return f"postgres://{who}@{settings['HOST']}:{settings['PORT'] or 5432}/{database}"


def at_the_server(statement):
    """Make or drop a database."""
    with psycopg.connect(server_of_the_tests("template1"), autocommit=True) as server:
        server.execute(statement)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """An office with a person, a case and two people who can open its backups."""
    name = f"pulih_uji_{secrets.token_hex(4)}"
    at_the_server(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        folder = tmp_path_factory.mktemp("office")
        yield name, PostgresOffice(folder, server_of_the_tests(name))
    finally:
        at_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def installation(built, tmp_path):
    """A copy of it for one test, database and folder."""
    model, office = built
    name = f"{model}_{secrets.token_hex(4)}"
    folder = tmp_path / "office"
    shutil.copytree(office.folder, folder)
    at_the_server(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
    made = PostgresOffice.__new__(PostgresOffice)
    made.folder, made.data, made.backups = folder, folder / "data", folder / "backups"
    made.address, made.environment = server_of_the_tests(name), office.kept
    try:
        yield made
    finally:
        at_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


class PostgresOffice(Office):
    """An installation on PostgreSQL, driven by its own commands."""

    def __init__(self, folder, address):
        self.address = address
        super().__init__(folder)

    @property
    def environment(self):
        return {**self.kept, "DATABASE_URL": self.address}

    @environment.setter
    def environment(self, value):
        self.kept = value

    def rename_case(self):
        self.shell(
            "from pulih.cases.models import Case\n"
            "Case.objects.unscoped(reason='x').update(number='K-2')"
        )

    def number(self):
        return self.shell(
            "from pulih.cases.models import Case\n"
            "print(Case.objects.unscoped(reason='x').get().number)"
        ).strip()

    def restore(self, backup, code=0):
        words = ("restore", str(backup), "--replace", "--identity", str(self.folder / "kadis"))
        return self.run(*words, code=code)


def test_a_backup_comes_back_and_what_was_there_is_kept_as_a_dump(installation):
    backup = installation.backup()
    installation.rename_case()

    installation.restore(backup)

    assert installation.number() == "K-1"
    assert installation.shell(_STATE).split() == ["1", "['rahasia']", "1", "0", "1"]
    [aside] = installation.data.glob("before-restore-*")
    assert (aside / "database.dump").stat().st_size > 1000


def test_a_restore_while_somebody_is_connected_is_refused(installation):
    backup = installation.backup()
    installation.rename_case()

    with psycopg.connect(installation.address):
        done = installation.restore(backup, code=2)

    assert "connected to the database" in done.stderr
    assert installation.number() == "K-2"


@pytest.mark.parametrize("moment", ["after files", "settle", "settled"])
def test_a_restore_that_was_killed_is_finished_at_the_next_start(installation, moment):
    backup = installation.backup()
    installation.rename_case()
    subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{KILLED}"]
        + [str(backup), str(installation.folder / "kadis"), moment],
        env={
            **installation.environment,
            "PULIH_DATA": str(installation.data),
            "DJANGO_SETTINGS_MODULE": "pulih.config.settings.serve",
        },
        check=False,
    )
    assert (installation.data / "restoring.json").exists() is (moment != "settled")

    installation.run("audit", "verify")

    assert installation.number() == "K-1"
    assert not (installation.data / "restoring.json").exists()


def test_a_dump_that_does_not_load_leaves_the_database_as_it_was(installation):
    backup = installation.backup()
    installation.rename_case()
    installation.shell(
        "from pathlib import Path\n"
        "from django.conf import settings\n"
        "from pulih.config.recovery import engines\n"
        "from pulih.config.recovery.recipients import RecoveryError\n"
        "folder = Path(settings.PULIH_DATA)\n"
        "engines.dump_to(folder / 'x.dump')\n"
        "run = engines._run\n"
        "def spoil(tool, arguments, settings):\n"
        "    run(tool, arguments, settings)\n"
        "    if tool == 'pg_restore':\n"
        "        with (folder / 'all.sql').open('a') as script:\n"
        "            script.write('SELECT nothing;')\n"
        "engines._run = spoil\n"
        "try:\n"
        "    engines.replace_all(folder / 'x.dump', folder, mark='x')\n"
        "except RecoveryError:\n"
        "    print('refused')\n"
    )

    assert installation.number() == "K-2"
    assert backup.exists()
