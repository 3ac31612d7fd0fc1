"""The parts of a backup: who can open it, the archive, the census, the ledger of destructions."""

import datetime as dt
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings as settings_of_tests
from environ import Env

from pulih.common import ledger
from pulih.common.clock import now
from pulih.common.errors import CipherError
from pulih.config.recovery import archive, backup, engines
from pulih.config.recovery.census import Count, census_of_file, differences
from pulih.config.recovery.keeping_keys import escrow, recover
from pulih.config.recovery.recipients import (
    RecoveryError,
    identities,
    new_recipient,
    recipients,
)
from pulih.config.recovery.recipients import path as recipients_path


@pytest.fixture
def own_place(settings, tmp_path):
    """A data folder of the test's own, with its key file beside it."""
    settings.PULIH_DATA = tmp_path / "data"
    settings.PULIH_DATA.mkdir(mode=0o700)
    keys = tmp_path / "keys"
    keys.mkdir()
    shutil.copy(settings.PULIH_KEY_FILE, keys / "pulih.key.json")
    settings.PULIH_KEY_FILE = keys / "pulih.key.json"
    return tmp_path


def two_people(folder):
    """Secret keys of two people, each in a file."""
    files = []
    for name in ("kadis", "sekretaris"):
        file = folder / name
        file.write_text(new_recipient(name))
        files.append(file)
    return files


def test_one_person_alone_is_not_enough(own_place):
    new_recipient("kadis")

    with pytest.raises(RecoveryError, match="at least 2"):
        recipients()


def test_the_secret_key_is_kept_nowhere(own_place):
    secret = new_recipient("kadis")

    assert secret.startswith("AGE-SECRET-KEY-")
    assert secret not in recipients_path().read_text()


def test_a_file_without_a_secret_key_is_said_to_have_none(own_place, tmp_path):
    (tmp_path / "no").write_text("bukan kunci")

    with pytest.raises(RecoveryError, match="no secret key"):
        identities(tmp_path / "no")


@pytest.mark.parametrize("who", [0, 1])
def test_either_of_two_people_opens_an_archive(own_place, tmp_path, who):
    files = two_people(tmp_path)
    target = tmp_path / "a.age"
    archive.write(
        target, lambda tar: archive.add_text(tar, "x.txt", "isi"), recipients=list(recipients())
    )

    archive.extract(target, tmp_path / "out", identities=list(identities(files[who])))

    assert (tmp_path / "out" / "x.txt").read_text() == "isi"
    assert b"isi" not in target.read_bytes()


@pytest.mark.parametrize("place", [0, 40, 0.5, -1])
def test_one_changed_byte_is_found_wherever_it_is(own_place, tmp_path, place):
    files = two_people(tmp_path)
    target = tmp_path / "a.age"
    archive.write(
        target,
        lambda tar: archive.add_text(tar, "x.txt", "isi" * 50_000),
        recipients=list(recipients()),
    )
    content = bytearray(target.read_bytes())
    content[int(len(content) * place) if isinstance(place, float) else place] ^= 1
    target.write_bytes(content)

    with pytest.raises(RecoveryError, match="changed"):
        archive.extract(target, tmp_path / "out", identities=list(identities(files[0])))


def test_a_backup_that_was_cut_short_is_found(own_place, tmp_path):
    files = two_people(tmp_path)
    target = tmp_path / "a.age"
    archive.write(
        target,
        lambda tar: archive.add_text(tar, "x.txt", "isi" * 50_000),
        recipients=list(recipients()),
    )
    target.write_bytes(target.read_bytes()[:-100])

    with pytest.raises(RecoveryError):
        archive.extract(target, tmp_path / "out", identities=list(identities(files[0])))


def test_a_fault_while_it_is_written_leaves_no_half_backup(own_place, tmp_path):
    two_people(tmp_path)

    def fail(tar):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        archive.write(tmp_path / "a.age", fail, recipients=list(recipients()))

    assert not list(tmp_path.glob("*a.age*"))


def test_a_census_tells_a_changed_a_missing_and_a_moved_row(tmp_path):
    def database(name, rows):
        with sqlite3.connect(tmp_path / name) as made:
            made.execute("CREATE TABLE t (a, b)")
            made.executemany("INSERT INTO t VALUES (?, ?)", rows)
        return census_of_file(tmp_path / name)

    one = database("1", [(1, "x"), (2, "y")])

    assert differences(one, database("2", [(2, "y"), (1, "x")])) == []
    assert differences(one, database("3", [(1, "x"), (2, "z")]))
    assert differences(one, database("4", [(1, "x")]))
    assert differences(one, {**one, "u": Count(0, "0")})


def test_the_ledger_tells_what_was_destroyed_once_each(own_place):
    ledger.append("cases.case", "1")
    ledger.append("cases.case", "2")
    ledger.append("cases.case", "1")

    assert [entry.key for entry in ledger.entries()] == ["1", "2"]
    assert oct(ledger.path().stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize("harm", ["edit", "cut", "swap"])
def test_a_changed_ledger_is_found(own_place, harm):
    for key in "123":
        ledger.append("cases.case", key)
    lines = ledger.path().read_text().splitlines()
    if harm == "edit":
        lines[1] = lines[1].replace('"2"', '"9"')
    elif harm == "cut":
        del lines[1]
    else:
        lines[0], lines[1] = lines[1], lines[0]
    ledger.path().write_text("\n".join(lines) + "\n")

    with pytest.raises(CipherError):
        ledger.entries()


def test_two_destructions_at_once_make_one_chain(own_place):
    with ThreadPoolExecutor(4) as together:
        list(together.map(lambda key: ledger.append("cases.case", str(key)), range(40)))

    assert {entry.key for entry in ledger.entries()} == {str(key) for key in range(40)}


def test_a_longer_ledger_comes_back_from_the_keys_own_copy(own_place, tmp_path):
    files = two_people(tmp_path)
    for key in "123":
        ledger.append("cases.case", key)
    copy = escrow(tmp_path / "copy")
    lines = ledger.path().read_text().splitlines(keepends=True)
    ledger.path().write_text("".join(lines[:2]))

    put = recover(
        copy,
        identity_keys=list(identities(files[0])),
        key_file=Path(settings_of_tests.PULIH_KEY_FILE),
    )

    assert put == [ledger.FILE]
    assert len(ledger.entries()) == 3


def test_a_ledger_that_goes_another_way_is_not_overwritten(own_place, tmp_path):
    files = two_people(tmp_path)
    ledger.append("cases.case", "1")
    copy = escrow(tmp_path / "copy")
    ledger.path().unlink()
    ledger.append("cases.case", "9")

    put = recover(
        copy,
        identity_keys=list(identities(files[0])),
        key_file=Path(settings_of_tests.PULIH_KEY_FILE),
    )

    assert put == []
    assert [entry.key for entry in ledger.entries()] == ["9"]


def test_a_last_line_that_the_power_cut_is_passed_over_and_mended(own_place, caplog):
    for key in "12":
        ledger.append("cases.case", key)
    whole = ledger.path().read_text()
    ledger.path().write_text(whole + whole.splitlines()[0][:40])

    assert [entry.key for entry in ledger.entries()] == ["1", "2"]
    assert "never written to its end" in caplog.text
    ledger.append("cases.case", "3")
    assert [entry.key for entry in ledger.entries()] == ["1", "2", "3"]
    assert ledger.path().read_text().startswith(whole)


def test_a_last_line_that_lacks_its_end_alone_counts(own_place):
    for key in "12":
        ledger.append("cases.case", key)
    ledger.path().write_text(ledger.path().read_text().rstrip("\n"))

    assert [entry.key for entry in ledger.entries()] == ["1", "2"]
    ledger.append("cases.case", "3")
    assert [entry.key for entry in ledger.entries()] == ["1", "2", "3"]


def test_a_spoilt_last_line_with_its_end_is_no_power_cut(own_place):
    ledger.append("cases.case", "1")
    ledger.path().write_text(ledger.path().read_text()[:40] + "\n")

    with pytest.raises(CipherError):
        ledger.entries()


def made_days_ago(folder, *days):
    """Backups, and a copy of keys beside them."""
    folder.mkdir(exist_ok=True)
    (folder / "pulih-keys-20200101-000000.age").write_text("x")
    files = []
    for count in days:
        stamp = now() - dt.timedelta(days=count)
        files.append(folder / f"pulih-{stamp:%Y%m%d-%H%M%S}.age")
        files[-1].write_text("x")
    return files


def test_backups_older_than_the_days_to_keep_go(tmp_path):
    young, edge, old = made_days_ago(tmp_path / "b", 1, 13, 15)

    assert backup.thin_out(tmp_path / "b", days=14) == [old]
    assert young.exists()
    assert edge.exists()
    assert (tmp_path / "b" / "pulih-keys-20200101-000000.age").exists()


def test_the_newest_backup_stays_however_old_it_is(tmp_path):
    newest, old = made_days_ago(tmp_path / "b", 100, 200)

    assert backup.thin_out(tmp_path / "b", days=14) == [old]
    assert newest.exists()


def test_a_copy_of_keys_is_never_taken_for_the_newest_backup(tmp_path):
    older, newer = made_days_ago(tmp_path / "b", 3, 2)

    assert backup.newest(tmp_path / "b") == newer
    newer.unlink()
    older.unlink()
    with pytest.raises(RecoveryError, match="no backup"):
        backup.newest(tmp_path / "b")


def test_a_file_removed_while_a_backup_is_made_stays_in_it(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files" / "ab").mkdir(parents=True)
    file = tmp_path / "files" / "ab" / "c"
    file.write_text("isi")

    backup.hold_files(tmp_path / "held")
    file.unlink()
    backup.hold_files(tmp_path / "held")

    assert (tmp_path / "held" / "ab" / "c").read_text() == "isi"


@pytest.mark.parametrize("fault", [FileNotFoundError, PermissionError])
def test_a_file_that_is_gone_before_it_is_held_is_no_fault(settings, tmp_path, monkeypatch, fault):
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files").mkdir()
    file = tmp_path / "files" / "c"
    file.write_text("isi")

    def link(source, target):
        file.unlink()
        raise fault

    monkeypatch.setattr(os, "link", link)

    backup.hold_files(tmp_path / "held")

    assert not (tmp_path / "held" / "c").exists()


def test_a_disk_that_knows_no_second_names_gets_copies(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "c").write_text("isi")

    def link(source, target):
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", link)

    backup.hold_files(tmp_path / "held")

    assert (tmp_path / "held" / "c").read_text() == "isi"


def test_a_disk_that_gives_back_something_else_makes_no_backup(own_place, tmp_path, monkeypatch):
    two_people(tmp_path)
    monkeypatch.setattr(archive, "digest_of", lambda file: "something else")

    with pytest.raises(RecoveryError, match="gives back something else"):
        archive.write(
            tmp_path / "a.age",
            lambda tar: archive.add_text(tar, "x.txt", "isi"),
            recipients=list(recipients()),
        )

    assert not list(tmp_path.glob("*a.age*"))


@pytest.mark.parametrize(
    "parts",
    [{"manifest.json": "{}"}, {"pulih.key.json": "KEY", "other.py": "x"}, {"letters.pem": "x"}],
    ids=["a backup", "something besides", "no key file"],
)
def test_keys_are_put_back_from_a_copy_of_keys_alone(own_place, tmp_path, parts, settings):
    files = two_people(tmp_path)
    key = Path(settings.PULIH_KEY_FILE).read_text()
    archive.write(
        tmp_path / "a.age",
        lambda tar: [
            archive.add_text(tar, name, key if text == "KEY" else text)
            for name, text in parts.items()
        ],
        recipients=list(recipients()),
    )

    with pytest.raises(RecoveryError, match="holds"):
        recover(
            tmp_path / "a.age",
            identity_keys=list(identities(files[0])),
            key_file=tmp_path / "new" / "pulih.key.json",
        )

    assert list((tmp_path / "new").iterdir()) == []


def test_a_password_with_signs_of_an_address_stays_itself():
    settings = {"USER": "dinas", "PASSWORD": "a@b/c:d?e#%", "HOST": "db.local", "PORT": "5433"}

    parsed = Env.db_url_config(engines._address(settings, "uji coba"))

    assert parsed["PASSWORD"] == settings["PASSWORD"]
    assert (parsed["USER"], parsed["HOST"], str(parsed["PORT"])) == ("dinas", "db.local", "5433")
    assert parsed["NAME"] == "uji coba"
