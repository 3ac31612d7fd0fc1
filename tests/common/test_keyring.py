"""The key file is made once, read by its owner alone, and refused when it is damaged."""

import base64
import json

import pytest

from pulih.common.errors import CipherError
from pulih.common.keyring import create_key_file, read_key_file


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "keys" / "pulih.key.json"
    create_key_file(made, demo=False)
    return made


def rewrite(path, **changes):
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_only_its_owner_reads_it(path):
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_an_existing_file_is_never_touched(path):
    before = path.read_bytes()

    with pytest.raises(FileExistsError):
        create_key_file(path, demo=True)

    assert path.read_bytes() == before


def test_two_files_share_no_key(path, tmp_path):
    other = tmp_path / "other.json"
    create_key_file(other, demo=True)

    assert not set(read_key_file(path).keys.values()) & set(read_key_file(other).keys.values())
    assert read_key_file(other).demo


def test_each_purpose_and_each_key_derive_another_key(path):
    ring = read_key_file(path)

    derived = {ring.derive("field"), ring.derive("audit"), ring.derive("field", kid="d1")}

    assert len(derived) == 3
    assert all(len(key) == 32 for key in derived)
    assert not derived & set(ring.keys.values())


def test_a_missing_key_is_told(path):
    with pytest.raises(CipherError, match="k9"):
        read_key_file(path).derive("field", kid="k9")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CipherError, match="no key file"):
        read_key_file(tmp_path / "none.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"keys": 1}'])
def test_something_else_is_not_a_key_file(path, text):
    path.write_text(text)

    with pytest.raises(CipherError, match="not a key file"):
        read_key_file(path)


def test_a_short_key_is_refused(path):
    short = base64.b64encode(b"x" * 16).decode()
    rewrite(path, keys={"k1": short, "d1": short})

    with pytest.raises(CipherError, match="length"):
        read_key_file(path)


def test_a_name_without_its_key_is_refused(path):
    rewrite(path, current="k2")

    with pytest.raises(CipherError, match="missing"):
        read_key_file(path)
