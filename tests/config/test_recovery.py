"""Backups, restores that bring nothing destroyed back, and drills, by the commands themselves."""

import json
import os
import shutil
import subprocess
import sys

import pytest


class Office:
    """A whole installation on the embedded engine, driven by its own commands."""

    def __init__(self, folder):
        self.folder = folder
        self.data = folder / "data"
        self.backups = folder / "backups"
        names = ("PULIH_", "DJANGO_", "DATABASE_URL")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(names)}
        self.run("migrate")
        self.shell(_SOWN)
        for name in ("kadis", "sekretaris"):
            (folder / name).write_text(self.run("keys", "recipient", name).stdout)

    def run(self, *words, code=0):
        done = subprocess.run(
            [sys.executable, "-m", "pulih.config", *words, "--data", str(self.data)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done

    def shell(self, text):
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{text}"],
            env={
                **self.environment,
                "PULIH_DATA": str(self.data),
                "DJANGO_SETTINGS_MODULE": "pulih.config.settings.serve",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def backup(self):
        self.run("backup", "--to", str(self.backups))
        return sorted(self.backups.glob("*.age"))[-1]


_SOWN = """
import datetime as dt
from pulih.access.models import *
from pulih.people.actions.registration import register_person
from pulih.people.drafts import PersonDraft
from pulih.cases.models import Case
from pulih.cases.stages import Stage
office = Office.objects.create(code="uji", name="Dinas Uji", region_code="35.21")
section = Section.objects.create(office=office, kind="rehabilitation", name="Rehsos")
head = User.objects.create_user("kadis", office=office, full_name="Kadis")
user = User.objects.create_user("kabid", office=office, full_name="Kabid")
RoleGrant.objects.create(user=head, role="head_of_office", valid_from=dt.date(2020, 1, 1))
RoleGrant.objects.create(
    user=user, role="section_head", section=section, valid_from=dt.date(2020, 1, 1)
)
person = register_person(draft=PersonDraft(full_name="Slamet Riyanto"), by=user)
Case.objects.create(
    office=office, number="K-1", section=section, person=person, ppks_kind=11, problem="rahasia",
    stage=Stage.TERMINATION, stage_since=dt.date(2020, 1, 1), opened_on=dt.date(2019, 1, 1),
    opened_by=user, ended_on=dt.date(2020, 1, 1),
)
from django.contrib.sessions.backends.db import SessionStore
SessionStore().create()
"""
_DESTROYED = """
from pulih.access.models import User
from pulih.cases.models import Case
from pulih.privacy.actions.destroying import destroy, propose_destruction
from pulih.privacy.actions.holding import set_retention
from pulih.privacy.facts import Scheduled
head, user = User.objects.get(username="kadis"), User.objects.get(username="kabid")
set_retention(line=Scheduled("ordinary", None, 1, "destroy", "", "Perbup"), by=head)
case = Case.objects.unscoped(reason="test").get()
destroy(proposal=propose_destruction(case=case, by=user), by=head)
"""
_STATE = """
from django.contrib.sessions.models import Session
from pulih.access.models import SyncEpoch
from pulih.cases.models import Case
from pulih.people.models import Person
cases = [case.problem for case in Case.objects.unscoped(reason="test")]
people = Person.objects.unscoped(reason="test").count()
print(len(cases), cases, people, Session.objects.count(), SyncEpoch.current())
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """An installation with a person, a case and two people who can open its backups."""
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def installation(built, tmp_path):
    """A copy of it for one test."""
    folder = tmp_path / "office"
    shutil.copytree(built.folder, folder)
    made = Office.__new__(Office)
    made.folder, made.data, made.backups = folder, folder / "data", folder / "backups"
    made.environment = built.environment
    return made


def test_a_backup_is_restored_with_its_records_and_without_its_sessions(installation):
    backup = installation.backup()
    before = installation.shell(_STATE).split()
    (installation.data / "pulih.sqlite3").unlink()

    installation.run("restore", str(backup), "--identity", str(installation.folder / "sekretaris"))

    after = installation.shell(_STATE).split()
    assert before == ["1", "['rahasia']", "1", "1", "0"]
    assert after == ["1", "['rahasia']", "1", "0", "1"]


def test_a_restore_puts_nothing_over_data_that_are_there(installation):
    backup = installation.backup()

    done = installation.run(
        "restore", str(backup), "--identity", str(installation.folder / "kadis"), code=2
    )

    assert "--replace" in done.stderr
    assert installation.shell(_STATE).split()[0] == "1"


def test_what_was_destroyed_after_a_backup_is_destroyed_again_by_its_restore(installation):
    backup = installation.backup()
    installation.shell(_DESTROYED)

    done = installation.run(
        "restore", str(backup), "--replace", "--identity", str(installation.folder / "kadis")
    )

    assert "1 destructions were applied again" in done.stderr
    assert installation.shell(_STATE).split()[0] == "0"


def test_a_restore_without_the_ledger_is_refused(installation):
    installation.shell(_DESTROYED)
    backup = installation.backup()
    (installation.data / "keys" / "destroyed.ledger").unlink()

    done = installation.run(
        "restore",
        str(backup),
        "--replace",
        "--identity",
        str(installation.folder / "kadis"),
        code=2,
    )

    assert "ledger" in done.stderr


def test_a_drill_is_good_and_its_result_is_kept(installation):
    installation.backup()

    done = installation.run(
        *("drill", "--from", str(installation.backups), "--json"),
        *("--identity", str(installation.folder / "kadis")),
    )

    result = json.loads(done.stdout)
    assert result["good"] is True
    assert result["rows"] > 0
    assert result["opened"] == result["openable"] >= 2
    assert json.loads((installation.data / "drill.json").read_text()) == result
    assert not list(installation.data.glob("backup-*"))


def test_a_drill_with_one_flipped_byte_fails_and_says_so(installation):
    backup = installation.backup()
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)

    done = installation.run(
        *("drill", "--from", str(installation.backups)),
        *("--identity", str(installation.folder / "kadis")),
        code=1,
    )

    assert "changed" in done.stderr
    assert json.loads((installation.data / "drill.json").read_text())["good"] is False


def test_a_drill_whose_key_file_does_not_fit_fails(installation, tmp_path):
    installation.backup()
    other = tmp_path / "other.key.json"
    installation.environment = {**installation.environment, "PULIH_KEY_FILE": str(other)}

    done = installation.run(
        *("drill", "--from", str(installation.backups)),
        *("--identity", str(installation.folder / "kadis")),
        code=1,
    )

    assert "settled" in done.stderr


def test_what_a_killed_backup_left_in_clear_is_swept_by_the_next(installation):
    left = installation.data / "backup-left"
    left.mkdir()
    (left / "database.sqlite3").write_text("in clear")

    installation.backup()

    assert not left.exists()


def test_the_keys_come_back_from_their_own_copy(installation):
    installation.run("keys", "escrow", "--to", str(installation.folder / "elsewhere"))
    [copy] = (installation.folder / "elsewhere").glob("*.age")
    key_file = installation.data / "keys" / "pulih.key.json"
    before = key_file.read_bytes()
    shutil.rmtree(installation.data / "keys")

    installation.run(
        "keys", "recover", str(copy), "--identity", str(installation.folder / "sekretaris")
    )

    assert key_file.read_bytes() == before
    assert oct(key_file.stat().st_mode)[-3:] == "600"


def test_keys_that_are_there_are_never_overwritten(installation):
    installation.run("keys", "escrow", "--to", str(installation.folder / "elsewhere"))
    [copy] = (installation.folder / "elsewhere").glob("*.age")
    key_file = installation.data / "keys" / "pulih.key.json"
    key_file.write_text("{}")

    done = installation.run(
        "keys", "recover", str(copy), "--identity", str(installation.folder / "kadis")
    )

    assert key_file.read_text() == "{}"
    assert "everything was there" in done.stderr
