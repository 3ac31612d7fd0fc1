"""Patterns of numbers: what is refused and why; different letters get different numbers."""

import datetime as dt
import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pulih.common.errors import RuleError
from pulih.papers import patterns

DAY = dt.date(2026, 11, 25)
SEPARATORS = ["/", "-", ".", " "]
parts = st.permutations(["klasifikasi", "kantor", "bidang", "bulan_romawi", "unit"])


def number(pattern, sequence, day=DAY, **values):
    """A number by the pattern."""
    facts = {
        "padding": 3,
        "classification": "400.9",
        "office": "404.105",
        "section": "REHSOS",
        "unit": "",
        **values,
    }
    return patterns.number(pattern, patterns.parts_of(sequence=sequence, on=day, **facts))


def test_the_usual_pattern_gives_the_usual_number():
    assert number("{klasifikasi}/{nomor}/{kantor}/{tahun}", 7) == "400.9/007/404.105/2026"


def test_months_are_roman_where_the_office_writes_them_so():
    assert number("{nomor}/{bidang}/{bulan_romawi}/{tahun_pendek}", 7) == "007/REHSOS/XI/26"


def test_a_part_that_is_unknown_leaves_no_empty_place():
    assert number("{klasifikasi}/{nomor}/{kantor}/{tahun}", 7, office="") == "400.9/007/2026"


def test_a_number_with_more_digits_than_asked_is_whole():
    assert number("{nomor}/{tahun}", 12345) == "12345/2026"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("", "{nomor}"),
        ("{klasifikasi}/{tahun}", "{nomor}"),
        ("{nomor}/{nomor}/{tahun}", "tepat satu kali"),
        ("{nomer}/{tahun}", "{nomer}"),
        ("{nomor}/{}/{tahun}", "tidak dikenal"),
        ("{nomor}", "{tahun}"),
        ("{tahun}{nomor}", "berdiri sendiri"),
        ("4{nomor}/{tahun}", "berdiri sendiri"),
        ("{nomor}{bulan}/{tahun}", "berdiri sendiri"),
        ("{nomor}/{tahun}<b>", "kurung kurawal"),
        ("{nomor}/{tahun}\n", "kurung kurawal"),
        ("{nomor/{tahun}", "kurung kurawal"),
        ("№{nomor}/{tahun}", "kurung kurawal"),
    ],
)
def test_a_bad_pattern_is_refused_in_words(pattern, words):
    with pytest.raises(RuleError, match=words):
        patterns.check(pattern, yearly=True)


@given(st.text(max_size=60))
def test_any_text_is_either_a_pattern_or_refused(text):
    try:
        patterns.check(text, yearly=False)
    except RuleError:
        return
    assert "012" in number(text, 12)


@given(
    parts,
    st.integers(0, 5),
    st.lists(st.sampled_from(SEPARATORS), min_size=7, max_size=7),
    st.lists(st.integers(1, 99_999), min_size=2, max_size=6, unique=True),
)
def test_letters_of_a_year_never_share_a_number(order, size, between, sequences):
    names = ["nomor", *order[:size], "tahun"]
    pattern = "".join(
        itertools.chain.from_iterable(
            (f"{{{name}}}", mark) for name, mark in zip(names, between, strict=False)
        )
    )
    assume("{nomor}" in pattern)
    patterns.check(pattern, yearly=True)

    made = {number(pattern, sequence) for sequence in sequences}

    assert len(made) == len(sequences)


@given(st.integers(1, 99_999), st.integers(2020, 2099), st.integers(2020, 2099))
def test_the_same_number_of_another_year_is_another_text(sequence, year, other):
    assume(year != other)
    pattern = "{klasifikasi}/{nomor}/{kantor}/{tahun}"

    first = number(pattern, sequence, dt.date(year, 1, 1))

    assert first != number(pattern, sequence, dt.date(other, 1, 1))
