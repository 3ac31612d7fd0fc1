"""R-CONF-40: keys of sealed records lie apart, one a file, and a destroyed one opens nothing."""

import json
from uuid import uuid4

import pytest

from pulih.common import crypto, datakeys, ledger
from pulih.common.errors import CipherError, KeyGoneError
from pulih.common.key_shredding import KIND, destroyed_units, finish
from pulih.common.keyring import add_key, create_key_file, keyring

PLACE = "kasus|catatan|1"


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    """Keys that no other test sees."""
    settings.PULIH_KEY_FILE = tmp_path / "keys" / "pulih.key.json"
    create_key_file(settings.PULIH_KEY_FILE, demo=False)


def key_file(unit):
    return next(datakeys.folder().glob(f"??/{unit.hex}.json"))


def test_a_text_under_a_records_own_key_names_that_record():
    unit = uuid4()

    token = crypto.encrypt("Suminah", place=PLACE, unit=unit)

    assert token.startswith(f"v2.{unit.hex}.")
    assert crypto.decrypt(token, place=PLACE) == "Suminah"


def test_the_key_is_kept_wrapped_and_for_its_owner_alone():
    unit = uuid4()
    crypto.encrypt("x", place=PLACE, unit=unit)

    kept = json.loads(key_file(unit).read_text())

    assert kept["kid"] == "k1"
    assert key_file(unit).stat().st_mode & 0o777 == 0o600
    assert key_file(unit).parent.stat().st_mode & 0o077 == 0


def test_a_destroyed_key_opens_nothing_any_more():
    unit = uuid4()
    token = crypto.encrypt("Suminah", place=PLACE, unit=unit)
    crypto.decrypt(token, place=PLACE)

    assert datakeys.destroy(unit)

    with pytest.raises(KeyGoneError):
        crypto.decrypt(token, place=PLACE)
    assert not datakeys.destroy(unit)


def test_a_key_that_another_process_destroyed_is_not_remembered():
    unit = uuid4()
    token = crypto.encrypt("Suminah", place=PLACE, unit=unit)
    crypto.decrypt(token, place=PLACE)

    key_file(unit).unlink()

    with pytest.raises(KeyGoneError):
        crypto.decrypt(token, place=PLACE)


def test_the_key_of_one_record_opens_nothing_of_another():
    one, other = uuid4(), uuid4()
    token = crypto.encrypt("Suminah", place=PLACE, unit=one)
    crypto.encrypt("x", place=PLACE, unit=other)

    with pytest.raises(CipherError):
        crypto.decrypt(token.replace(one.hex, other.hex), place=PLACE)


def test_a_key_that_was_put_under_another_name_is_refused():
    one, other = uuid4(), uuid4()
    crypto.encrypt("x", place=PLACE, unit=one)
    token = crypto.encrypt("x", place=PLACE, unit=other)
    key_file(other).write_bytes(key_file(one).read_bytes())

    with pytest.raises(CipherError):
        crypto.decrypt(token, place=PLACE)


def test_asking_twice_for_a_key_gives_the_same_key():
    unit = uuid4()
    datakeys.ensure(unit)
    before = key_file(unit).read_bytes()

    datakeys.ensure(unit)

    assert key_file(unit).read_bytes() == before
    assert [one.name for one in key_file(unit).parent.iterdir()] == [key_file(unit).name]


def test_a_new_main_key_wraps_the_keys_anew_and_their_texts_stay(settings):
    unit = uuid4()
    token = crypto.encrypt("Suminah", place=PLACE, unit=unit)

    kid = add_key(settings.PULIH_KEY_FILE)

    assert datakeys.rewrap(unit)
    assert not datakeys.rewrap(unit)
    assert datakeys.wrapped_by(unit) == keyring().current == kid == "k2"
    assert crypto.decrypt(token, place=PLACE) == "Suminah"


def test_a_new_main_key_is_known_at_once_and_the_old_one_still_opens(settings):
    old = crypto.encrypt("lama", place=PLACE)

    add_key(settings.PULIH_KEY_FILE)

    assert crypto.encrypt("baru", place=PLACE).startswith("v1.k2.")
    assert crypto.decrypt(old, place=PLACE) == "lama"
    assert settings.PULIH_KEY_FILE.stat().st_mode & 0o777 == 0o600


def test_a_key_that_the_ledger_calls_destroyed_is_destroyed_when_an_old_copy_brings_it_back():
    unit = uuid4()
    datakeys.ensure(unit)
    ledger.append(KIND, str(unit))

    assert finish() == 1

    assert destroyed_units() == {unit}
    assert not datakeys.exists(unit)


def test_a_key_that_another_process_added_opens_at_once(settings):
    keyring()
    path = settings.PULIH_KEY_FILE
    other = json.loads(path.read_text())
    other["keys"]["k9"] = other["keys"]["k1"]
    path.write_text(json.dumps(other))

    assert keyring("k9").key("k9") == keyring().key("k1")
