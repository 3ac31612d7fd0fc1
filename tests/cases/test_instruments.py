"""R-CASE-21: the instruments are whole, in both languages, and say what they are."""

from __future__ import annotations

import pytest
from django.utils import translation

from pulih.cases.instruments import (
    CHILD_SITUATION,
    FUNCTIONING,
    GOAL_ATTAINMENT,
    INSTRUMENTS,
    current,
    find,
)


def test_the_functioning_scale_has_the_four_words_of_the_law_with_five_levels_each():
    scale = current(FUNCTIONING)

    assert [domain.code for domain in scale.domains] == ["physical", "mental", "social", "skills"]
    assert all(len(domain.levels) == 5 for domain in scale.domains)


def test_every_level_is_described_in_both_languages_and_only_once():
    levels = [level for domain in current(FUNCTIONING).domains for level in domain.levels]

    texts = [level.name for level in levels] + [level.english for level in levels]

    assert len(set(texts)) == 40
    assert all(len(text) > 60 for text in texts)


@pytest.mark.parametrize(("language", "words"), [("id", "bukan alat ukur"), ("en", "not a val")])
def test_the_functioning_scale_says_that_it_is_not_a_validated_test(language, words):
    scale = current(FUNCTIONING)

    with translation.override(language):
        assert words in str(scale.about)
    assert not scale.validated


def test_goal_attainment_names_its_five_levels():
    assert [level.code for level in current(GOAL_ATTAINMENT).levels] == ["-2", "-1", "0", "1", "2"]


def test_a_measurement_finds_the_version_it_was_taken_with():
    assert all(find(one.code, one.version) is one for one in INSTRUMENTS)
    assert find(FUNCTIONING, "0") is None


def test_the_child_victim_scale_has_eight_domains_with_five_levels_in_both_languages():
    scale = current(CHILD_SITUATION)
    levels = [level for domain in scale.domains for level in domain.levels]

    assert len(scale.domains) == 8
    assert len({level.name for level in levels}) == len({level.english for level in levels}) == 40
    assert not scale.validated


@pytest.mark.parametrize("code", ["whodas-12", "whodas-36", "phq-9", "srq-20"])
def test_a_text_that_is_not_ours_is_not_shipped(code):
    instrument = current(code)

    assert instrument.text_by_office
    assert not any(domain.name or domain.english for domain in instrument.domains)
    assert not any(level.name or level.english for level in instrument.levels)


def test_questions_on_difficulties_avoid_the_word_that_closes_ears():
    scale = current("washington-group-ss")
    texts = [text for domain in scale.domains for text in (domain.name, domain.english)]

    assert not any("disabilit" in text.lower() for text in texts)
