"""Encrypted values open only where they were put, and digests tell equality and nothing else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.crypto import blind_index, chain_mac, decrypt, encrypt
from pulih.common.errors import CipherError

HERE, THERE = "people_person|name|1", "people_person|name|2"


@given(st.text())
def test_a_text_opens_where_it_was_put(text):
    assert decrypt(encrypt(text, place=HERE), place=HERE) == text


def test_the_same_text_looks_different_each_time():
    assert encrypt("Suminah", place=HERE) != encrypt("Suminah", place=HERE)


def test_it_opens_in_no_other_place():
    with pytest.raises(CipherError):
        decrypt(encrypt("Suminah", place=HERE), place=THERE)


@given(st.data())
def test_a_changed_byte_is_refused(data):
    version, kid, body = encrypt("Suminah binti Karto", place=HERE).split(".")
    raw = bytearray(base64.b64decode(body))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(CipherError):
        decrypt(f"{version}.{kid}.{base64.b64encode(raw).decode()}", place=HERE)


@given(st.text(max_size=60))
def test_what_was_never_encrypted_is_refused(text):
    with pytest.raises(CipherError):
        decrypt(text, place=HERE)


@pytest.mark.parametrize("part", [0, 1])
def test_version_and_key_are_part_of_what_is_sealed(part):
    parts = encrypt("Suminah", place=HERE).split(".")
    parts[part] = "v2" if part == 0 else "d1"

    with pytest.raises(CipherError):
        decrypt(".".join(parts), place=HERE)


def test_a_blind_index_is_equal_for_equal_values_of_one_field():
    assert blind_index("3521", purpose="nik") == blind_index("3521", purpose="nik")
    assert blind_index("3521", purpose="nik") != blind_index("3521", purpose="kk")
    assert blind_index("3521", purpose="nik") != blind_index("3522", purpose="nik")


def test_a_link_of_the_chain_hangs_on_the_one_before():
    assert chain_mac("a", "x") != chain_mac("b", "x")
    assert chain_mac("a", "x") == chain_mac("a", "x")
