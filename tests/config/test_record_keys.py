"""R-CONF-43: the keys of sealed records have one copy beside the backups, without a history."""

from uuid import uuid4

import pytest

from pulih.common import datakeys, ledger
from pulih.common.key_shredding import KIND
from pulih.common.keyring import create_key_file
from pulih.config.recovery.backup import newest
from pulih.config.recovery.recipients import RecoveryError, identities, new_recipient
from pulih.config.recovery.record_keys import FILE, copy_record_keys, put_back_record_keys


@pytest.fixture
def place(settings, tmp_path):
    """Keys of their own, two people who can open copies, and a folder of backups."""
    settings.PULIH_DATA = tmp_path
    settings.PULIH_KEY_FILE = tmp_path / "keys" / "pulih.key.json"
    create_key_file(settings.PULIH_KEY_FILE, demo=False)
    (tmp_path / "kadis").write_text(new_recipient("kadis"))
    new_recipient("sekretaris")
    (tmp_path / "backups").mkdir()
    return tmp_path


def put_back(place):
    work = place / f"work-{uuid4().hex}"
    work.mkdir()
    keys = list(identities(place / "kadis"))
    return put_back_record_keys(place / "backups", work, identities=keys)


def test_a_lost_key_comes_back_from_the_copy(place):
    unit = uuid4()
    datakeys.ensure(unit)
    before = datakeys.derive(unit, "x")
    copy_record_keys(place / "backups")
    datakeys.destroy(unit)

    assert put_back(place) == 1

    assert datakeys.derive(unit, "x") == before


def test_a_destroyed_key_does_not_come_back_from_an_older_copy(place):
    unit = uuid4()
    datakeys.ensure(unit)
    copy_record_keys(place / "backups")
    ledger.append(KIND, str(unit))
    datakeys.destroy(unit)

    assert put_back(place) == 0

    assert not datakeys.exists(unit)


def test_the_next_copy_holds_a_destroyed_key_no_more(place):
    gone, kept = uuid4(), uuid4()
    datakeys.ensure(gone)
    datakeys.ensure(kept)
    assert copy_record_keys(place / "backups") == 2
    datakeys.destroy(gone)

    assert copy_record_keys(place / "backups") == 1

    assert [file.name for file in (place / "backups").iterdir()] == [FILE]


def test_a_key_that_is_there_is_never_overwritten_from_the_copy(place):
    unit = uuid4()
    datakeys.ensure(unit)
    copy_record_keys(place / "backups")
    datakeys.destroy(unit)
    datakeys.ensure(unit)
    present = datakeys.wrapped_text(unit)

    assert put_back(place) == 0

    assert datakeys.wrapped_text(unit) == present


def test_the_copy_is_never_taken_for_a_backup(place):
    copy_record_keys(place / "backups")

    with pytest.raises(RecoveryError):
        newest(place / "backups")
