"""A restore beside a server, one that fails, one that is killed: nothing is lost by any of them."""

import json
import signal
import subprocess
import sys

import pytest

from tests.config.test_recovery import _STATE, built, installation

__all__ = ["built", "installation"]

HELD = """
import sys
from pathlib import Path
from pulih.config import holding
holding.share(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""
SERVED = """
import pulih.config.wsgi
print("held", flush=True)
import sys
sys.stdin.read()
"""
KILLED = """
import os, sys
from pathlib import Path
from pulih.config import holding
from pulih.config.recovery import finishing, restoring
import pulih.config.recovery.settling
def die(*arguments, **words):
    os.kill(os.getpid(), 9)
def change(new, present, aside, real=finishing._change_places):
    if sys.argv[3] == f"before {present.name}":
        die()
    real(new, present, aside)
    if sys.argv[3] == f"after {present.name}":
        die()
finishing._change_places = change
if sys.argv[3] == "settle":
    finishing.settle = die
if sys.argv[3] == "settled":
    finishing.shutil = type("no", (), {"rmtree": die})
holding.take_alone(Path(os.environ["PULIH_DATA"]))
restoring.restore(
    Path(sys.argv[1]), identity=Path(sys.argv[2]), replace=True, tell=lambda words: None
)
"""


def start_using(office, text):
    """Another process that uses the data folder until it is ended."""
    process = subprocess.Popen(
        [sys.executable, "-c", text, str(office.data)],
        env={
            **office.environment,
            "PULIH_DATA": str(office.data),
            "DJANGO_SETTINGS_MODULE": "pulih.config.settings.serve",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    return process


def end(process):
    process.kill()
    process.communicate()


def restore_words(office, backup):
    return ("restore", str(backup), "--replace", "--identity", str(office.folder / "kadis"))


@pytest.mark.parametrize("user", [HELD, SERVED], ids=["a command", "a server"])
def test_a_restore_beside_somebody_who_uses_the_data_is_refused(installation, user):
    backup = installation.backup()
    other = start_using(installation, user)

    try:
        done = installation.run(*restore_words(installation, backup), code=2)
    finally:
        end(other)

    assert "Stop it first" in done.stderr
    assert not list(installation.data.glob("before-restore-*"))
    installation.run(*restore_words(installation, backup))


def test_a_server_does_not_start_while_a_restore_was_cut_short(installation):
    (installation.data / "restoring.json").write_text("{}")

    with pytest.raises(AssertionError, match="cut short"):
        installation.shell("import pulih.config.wsgi")


def test_a_restore_that_fails_leaves_the_old_data_in_place(installation, tmp_path):
    backup = installation.backup()
    before = (installation.data / "pulih.sqlite3").read_bytes()
    other = tmp_path / "other.key.json"
    installation.environment = {**installation.environment, "PULIH_KEY_FILE": str(other)}

    done = installation.run(*restore_words(installation, backup), code=2)

    assert "settled" in done.stderr
    assert (installation.data / "pulih.sqlite3").read_bytes() == before
    assert not [*installation.data.glob("before-*"), *installation.data.glob("restore-*")]
    assert not (installation.data / "restoring.json").exists()


@pytest.mark.parametrize(
    "moment", ["before files", "after files", "before pulih.sqlite3", "after pulih.sqlite3"]
)
def test_a_restore_that_was_killed_is_finished_at_the_next_start(installation, moment):
    assert_finished_after_a_kill(installation, moment)


@pytest.mark.parametrize("moment", ["settle", "settled"])
def test_settling_that_was_killed_is_gone_on_from(installation, moment):
    assert_finished_after_a_kill(installation, moment)


def assert_finished_after_a_kill(installation, moment):
    backup = installation.backup()
    rows = "from pulih.cases.models import Case\nrows = Case.objects.unscoped(reason='x')\n"
    installation.shell(f"{rows}rows.update(number='K-2')")
    killed = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{KILLED}"]
        + [str(backup), str(installation.folder / "kadis"), moment],
        env={
            **installation.environment,
            "PULIH_DATA": str(installation.data),
            "DJANGO_SETTINGS_MODULE": "pulih.config.settings.serve",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    installation.run("audit", "verify")

    assert installation.shell(_STATE).split() == ["1", "['rahasia']", "1", "0", "1"]
    assert installation.shell(f"{rows}print(rows.get().number)") == "K-1\n"
    [aside] = installation.data.glob("before-restore-*")
    assert (aside / "pulih.sqlite3").exists()
    assert not (installation.data / "restoring.json").exists()
    installation.run("backup", "--to", str(installation.backups))
    assert not list(installation.data.glob("restore-*"))


def test_a_backup_of_a_newer_version_is_refused_by_name(installation):
    installation.shell(
        "from django.db.migrations.recorder import MigrationRecorder as R\n"
        "from django.db import connection\n"
        "R(connection).record_applied('cases', '9999_of_tomorrow')"
    )
    backup = installation.backup()

    done = installation.run(*restore_words(installation, backup), code=2)

    assert "9999_of_tomorrow" in done.stderr


def test_a_backup_of_before_a_migration_gets_the_tables_of_now(installation):
    installation.shell(
        "from django.db.migrations.recorder import MigrationRecorder as R\n"
        "from django.db import connection\n"
        "cursor = connection.cursor()\n"
        "cursor.execute('DROP TABLE django_session')\n"
        "R(connection).record_unapplied('sessions', '0001_initial')"
    )
    backup = installation.backup()

    installation.run(*restore_words(installation, backup))

    assert installation.shell(_STATE).split()[3] == "0"


def test_the_drill_tells_how_many_records_there_were_to_open(installation):
    installation.backup()

    done = installation.run(
        *("drill", "--from", str(installation.backups)),
        *("--identity", str(installation.folder / "kadis")),
    )

    result = json.loads((installation.data / "drill.json").read_text())
    assert f"{result['opened']} of {result['openable']} encrypted records" in done.stderr


def test_two_backups_at_once_do_not_sweep_each_other_away(installation):
    other = start_using(
        installation,
        "import sys\nfrom pathlib import Path\nfrom pulih.config import holding\n"
        "with holding.copying(Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n    sys.stdin.read()\n",
    )

    try:
        done = installation.run("backup", "--to", str(installation.backups), code=2)
    finally:
        end(other)

    assert "Another backup or drill" in done.stderr
