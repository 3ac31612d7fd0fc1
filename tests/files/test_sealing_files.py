"""R-FILE-5: a file on the disk opens only whole, unchanged and for its own attachment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.common.errors import CipherError
from pulih.files import sealing, store

STEP = sealing.CHUNK + sealing.TAG


@pytest.mark.parametrize(
    "size", [0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 3 * sealing.CHUNK]
)
def test_a_sealed_file_opens_to_what_it_was(size):
    content = b"x" * size

    assert sealing.unseal(sealing.seal(content, place="a"), place="a") == content


def test_it_opens_for_no_other_attachment():
    with pytest.raises(CipherError):
        sealing.unseal(sealing.seal(b"isi", place="a|content"), place="b|content")


def test_a_thumbnail_does_not_open_as_the_content():
    with pytest.raises(CipherError):
        sealing.unseal(sealing.seal(b"isi", place="a|thumbnail"), place="a|content")


@settings(max_examples=200)
@given(st.data())
def test_one_changed_bit_is_found(data):
    sealed = bytearray(sealing.seal(b"isi surat" * 20, place="a"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(CipherError):
        sealing.unseal(bytes(sealed), place="a")


@given(st.binary(max_size=200))
def test_noise_is_not_a_sealed_file(noise):
    with pytest.raises(CipherError):
        sealing.unseal(noise, place="a")


def three_chunks() -> tuple[bytes, list[bytes]]:
    sealed = sealing.seal(b"a" * sealing.CHUNK + b"b" * sealing.CHUNK + b"c" * 10, place="a")
    body = len(sealed) - 2 * STEP - 10 - sealing.TAG
    return sealed[:body], [
        sealed[body : body + STEP],
        sealed[body + STEP : body + 2 * STEP],
        sealed[body + 2 * STEP :],
    ]


@pytest.mark.parametrize("order", [(0, 1), (0,), (), (1, 0, 2), (0, 2), (0, 1, 1, 2), (2,)])
def test_chunks_are_neither_cut_nor_dropped_nor_moved(order):
    header, chunks = three_chunks()

    with pytest.raises(CipherError):
        sealing.unseal(header + b"".join(chunks[i] for i in order), place="a")


def test_a_file_lies_unreadable_for_others_on_the_disk(tmp_path):
    path = store.new_path()
    store.write(path, b"Suminah binti Karto", key="a")

    (written,) = [found for found in (tmp_path / "files").rglob("*") if found.is_file()]

    assert written.stat().st_mode & 0o077 == 0
    assert b"Suminah" not in written.read_bytes()


def test_nothing_half_written_stays_behind(tmp_path, monkeypatch):
    def fail(handle):
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        store.write(store.new_path(), b"isi", key="a")

    assert not [found for found in (tmp_path / "files").rglob("*") if found.is_file()]


def test_a_missing_file_says_so():
    with pytest.raises(CipherError, match="missing"):
        store.read(store.new_path(), key="a")
