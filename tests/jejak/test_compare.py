"""Evidence of two names (R-JEJAK-13)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejak import Evidence, compare_names


def bits(a: str, b: str) -> float:
    return compare_names(a, b).bits


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("Djoko", "Joko", "spelling"),
        ("Soekarno", "Sukarno", "spelling"),
        ("Tjahjono", "Cahyono", "spelling"),
        ("Moh. Ridwan", "Muhammad Ridwan", "spelling"),
        ("St. Aminah", "Siti Aminah", "spelling"),
        ("Chotimah", "Khotimah", "spelling"),
        ("Noerhajati", "Nurhayati", "spelling"),
        ("H. Ahmad", "Achmad", "spelling"),
        ("Noerhajati", "Nur Hayati", "joined"),
        ("Abdurrahman", "Abdul Rahman", "same"),
        ("Yem", "Ngatiyem", "called"),
        ("Pardi", "Supardi", "called"),
        ("Wag", "Wagirah", "called"),
        ("Suwarna", "Suwarno", "sound"),
        ("Supardi", "Suparti", "typo"),
        ("Suwarni", "Suwarno", "ending"),
        ("S. Widodo", "Sutrisno Widodo", "initial"),
        ("Joko", "Joko Susilo", "part"),
        ("Joko Susilo", "Joko Santoso", "partly_different"),
        ("Slamet", "Wagirah", "different"),
        ("", "Slamet", "unknown"),
    ],
)
def test_names_agree_by_levels(a: str, b: str, level: str) -> None:
    assert compare_names(a, b).level == level


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (("Supardi", "Supardi"), ("Soepardi", "Supardi")),
        (("Soepardi", "Supardi"), ("Pardi", "Supardi")),
        (("Pardi", "Supardi"), ("Suparti", "Supardi")),
        (("Suwarna", "Suwarno"), ("Suwarni", "Suwarno")),
        (("Tjahjo Kumolo", "Cahyo Kumolo"), ("Tjahjo Kumolo", "Ambar Tjahjono")),
        (("Djoko Susilo", "Joko Susilo"), ("Joko Susilo", "Joko Santoso")),
        (("Joko", "Joko Susilo"), ("Joko Susilo", "Joko Santoso")),
    ],
)
def test_the_same_person_weighs_more_than_a_look_alike(
    better: tuple[str, str], worse: tuple[str, str]
) -> None:
    assert bits(*better) > bits(*worse)


def test_a_common_word_proves_less_than_a_rare_one() -> None:
    shares = {"t:slamit": 0.02, "t:wagira": 0.0001}

    common = compare_names("Slamet", "Slamet", lambda key: shares.get(key, 0.001))
    rare = compare_names("Wagirah", "Wagirah", lambda key: shares.get(key, 0.001))

    assert common.bits < 5 < rare.bits


def test_a_title_on_one_side_costs_nothing() -> None:
    assert bits("Mbah Supardi", "Supardi") == bits("Supardi", "Supardi")
    assert bits("Putra Roro", "Roro Putra") == bits("Putra", "Putra")


def test_the_alias_counts_as_well() -> None:
    assert compare_names("Gareng", "Suparno alias Gareng").level == "same"


tokens = st.sampled_from(
    "slamet supardi suparti djoko joko siti nur hayati nurhayati moh m pardi wahyuni".split()
)
names = st.lists(tokens, min_size=1, max_size=3).map(" ".join)


@given(names, names)
def test_evidence_is_the_same_both_ways(a: str, b: str) -> None:
    forth, back = compare_names(a, b), compare_names(b, a)

    assert forth.bits == pytest.approx(back.bits)
    assert forth.level == back.level


@given(st.permutations(["siti", "nur", "khotimah"]))
def test_the_order_of_words_does_not_matter(order: list[str]) -> None:
    assert bits(" ".join(order), "Siti Nur Khotimah") == bits(
        "Siti Nur Khotimah", "Siti Nur Khotimah"
    )


@given(names)
def test_nothing_agrees_better_than_the_name_itself(name: str) -> None:
    itself: Evidence = compare_names(name, name)

    assert itself.bits >= compare_names(name, f"{name} widodo").bits
