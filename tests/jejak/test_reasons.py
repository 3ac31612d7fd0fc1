"""Sentences for evidence in both languages (R-JEJAK-19)."""

from __future__ import annotations

import pytest

from jejak import Evidence, explain
from jejak.birth import BirthLevel
from jejak.compare import LEVELS
from jejak.reasons import LANGUAGES, SENTENCES
from jejak.weights import DEFAULT


def test_a_reason_is_said_in_both_languages() -> None:
    called = Evidence("name", 3.0, "called", {"a": "pardi", "b": "supardi"})

    assert explain(called) == "Bisa jadi nama panggilan: Pardi – Supardi"
    assert explain(called, "en") == "May be a called name: Pardi – Supardi"


def test_relations_and_kinds_of_numbers_are_named_in_the_language() -> None:
    mother = Evidence("relative", 3.0, "same", {"a": "yem", "b": "yem", "relation": "mother"})

    assert explain(mother) == "Nama ibu sama: Yem"
    assert explain(Evidence("identifier", 8.0, "same", {"kind": "kk"})) == "Nomor KK sama"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_level_has_its_sentence(language: str) -> None:
    levels = {("name", level) for level in (*LEVELS, "part", "partly_different", "different")}
    levels |= {("place", level) for level in DEFAULT.place}
    levels |= {("birth", str(level)) for level in BirthLevel}

    assert levels <= set(SENTENCES[language])


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="id, en"):
        explain(Evidence("sex", 1.0, "same"), "jv")
