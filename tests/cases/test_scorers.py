"""R-CASE-62: the scorers give the known scores, and no score where it would be a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.cases import scorers
from pulih.cases.instruments import INSTRUMENTS, current
from pulih.cases.measures import score_of
from pulih.cases.scorers import FLAT_36, WHODAS_12, WHODAS_36, WORK, TooLittleAnsweredError

ITEMS = [code for codes in WHODAS_36.values() for code in codes]
LEVEL = st.integers(0, 4)


def all_at(level, codes=ITEMS, **changed):
    return {code: level for code in codes} | changed


def test_whodas_36_has_36_questions_in_its_domains():
    assert len(ITEMS) == 36
    assert [len(codes) for codes in WHODAS_36.values()] == [6, 5, 4, 5, 4, 4, 8]


def test_the_domain_maxima_of_the_complex_scoring_are_those_of_the_manual():
    top = {
        name: sum(4 if code in FLAT_36 else 2 for code in codes)
        for name, codes in WHODAS_36.items()
    }

    assert list(top.values()) == [20, 16, 10, 12, 10, 14, 24]
    assert sum(top.values()) == 106
    assert sum(top.values()) - top[WORK] == 92


@pytest.mark.parametrize(("method", "raw"), [("simple", 144), ("complex", 106)])
def test_the_worst_answers_are_a_hundred(method, raw):
    result = scorers.whodas_36(all_at(4), method=method)

    assert (result.raw, result.total) == (raw, 100)
    assert set(result.domains.values()) == {100}


@pytest.mark.parametrize(("method", "raw"), [("simple", 128), ("complex", 92)])
def test_without_work_the_score_is_a_share_of_less(method, raw):
    answers = all_at(4) | dict.fromkeys(WHODAS_36[WORK])

    result = scorers.whodas_36(answers, method=method, works=False)

    assert (result.raw, result.total, result.domains[WORK]) == (raw, 100, None)


@pytest.mark.parametrize(("level", "counted"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2)])
def test_a_collapsed_question_is_recoded(level, counted):
    assert scorers.whodas_36(all_at(0, **{"D1.5": level}), method="complex").raw == counted


@pytest.mark.parametrize("code", sorted(FLAT_36))
def test_a_flat_question_keeps_its_levels(code):
    assert scorers.whodas_36(all_at(0, **{code: 3}), method="complex").raw == 3


def test_whodas_36_simple_is_the_share_of_144():
    result = scorers.whodas_36(all_at(1, **{"D1.1": 4, "D6.8": 0}))

    assert result.raw == 38
    assert result.total == pytest.approx(26.39)
    assert result.domains["D1"] == 37.5


def test_one_missing_answer_is_the_mean_of_its_domain():
    answers = all_at(0, **{code: 2 for code in WHODAS_36["D3"]}) | {"D3.4": None}

    result = scorers.whodas_36(answers)

    assert (result.raw, result.domains["D3"]) == (8, 50)


def test_a_domain_that_lacks_two_is_not_reported_and_the_total_is():
    answers = all_at(1) | {"D2.1": None, "D2.2": None}

    result = scorers.whodas_36(answers)

    assert result.domains["D2"] is None
    assert result.total == 25


@pytest.mark.parametrize("missing", [("D1.1", "D2.1", "D3.1"), ("D1.1", "D1.2", "D1.3")])
def test_three_missing_answers_are_refused(missing):
    with pytest.raises(TooLittleAnsweredError):
        scorers.whodas_36(all_at(1) | dict.fromkeys(missing))


def test_work_that_is_left_out_without_a_word_is_missing():
    with pytest.raises(TooLittleAnsweredError):
        scorers.whodas_36(all_at(1) | dict.fromkeys(WHODAS_36[WORK]))


@given(st.lists(LEVEL, min_size=36, max_size=36), st.sampled_from(["simple", "complex"]))
def test_whodas_stays_between_0_and_100(levels, method):
    result = scorers.whodas_36(dict(zip(ITEMS, levels, strict=True)), method=method)

    assert 0 <= result.total <= 100
    assert all(0 <= part <= 100 for part in result.domains.values())


@pytest.mark.parametrize(("method", "raw"), [("simple", 48), ("complex", 36)])
def test_whodas_12_at_its_worst(method, raw):
    result = scorers.whodas_12(all_at(4, WHODAS_12), method=method)

    assert (result.raw, result.total) == (raw, 100)


def test_whodas_12_recodes_what_is_not_flat():
    answers = all_at(0, WHODAS_12, S1=3, S2=3)

    assert scorers.whodas_12(answers, method="complex").raw == 5
    assert scorers.whodas_12(answers).total == 12.5


def test_whodas_12_fills_in_one_answer_and_refuses_two():
    one = all_at(2, WHODAS_12) | {"S4": None}

    assert scorers.whodas_12(one).raw == 24
    with pytest.raises(TooLittleAnsweredError):
        scorers.whodas_12(one | {"S5": None})


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_washington_group_is_at_risk_from_a_lot_of_difficulty(level):
    codes = [one.code for one in current("washington-group-ss").domains]

    result = scorers.washington(all_at(0, codes, hear=level))

    assert (result.total, result.flagged) == (level, level >= 2)


def test_washington_group_says_at_risk_also_when_a_domain_is_missing():
    codes = [one.code for one in current("washington-group-ss").domains]

    result = scorers.washington(all_at(3, codes, hear=None))

    assert (result.total, result.flagged) == (None, True)


@pytest.mark.parametrize(("method", "total"), [("100", 100), ("20", 20)])
def test_barthel_adds_up_to_its_whole(method, total):
    instrument = current("barthel")
    best = {one.code: one.highest for one in instrument.domains}

    assert score_of(instrument, best, method=method).total == total


@pytest.mark.parametrize(
    ("total", "words"),
    [(0, "total"), (20, "total"), (21, "severe"), (61, "moderate"), (99, "slight"), (100, "indep")],
)
def test_barthel_is_read_in_words_on_its_long_scale_alone(total, words):
    instrument = current("barthel")

    assert words in instrument.reading(total, "100")
    assert instrument.reading(total, "20") == ""


@pytest.mark.parametrize(
    ("total", "words"),
    [(4, "minimal"), (5, "mild"), (10, "moderate"), (15, "moderately"), (20, "severe")],
)
def test_phq_9_is_read_at_5_10_15_and_20(total, words):
    assert current("phq-9").reading(total).startswith(words)


@pytest.mark.parametrize(("yes", "flagged"), [(5, False), (6, True), (20, True)])
def test_srq_20_counts_yes_and_marks_from_six(yes, flagged):
    codes = [f"q{n}" for n in range(1, 21)]
    answers = {code: int(n < yes) for n, code in enumerate(codes)}
    instrument = current("srq-20")

    result = scorers.added(answers, cutoff=instrument.cutoff)

    assert (result.total, result.flagged) == (yes, flagged)


@pytest.mark.parametrize(
    ("score", "total"), [(scorers.added, 6), (scorers.averaged, 2), (scorers.highest_of, 3)]
)
def test_what_an_office_may_choose(score, total):
    assert score({"a": 1, "b": 2, "c": 3}).total == total


@pytest.mark.parametrize("score", [scorers.added, scorers.averaged, scorers.highest_of])
def test_a_missing_answer_leaves_no_total(score):
    assert score({"a": 1, "b": None}).total is None


@pytest.mark.parametrize("answers", [{"a": 1}, {"a": 5, "b": 0}, {"a": None, "b": None}])
def test_answers_that_are_not_on_the_instrument_are_refused(answers):
    with pytest.raises(ValueError, match="question|level|answered"):
        scorers.check_levels(answers, {"a": 4, "b": 4})


def test_whodas_has_no_words_for_its_scores():
    assert all(not one.bands for one in INSTRUMENTS if one.code.startswith("whodas"))
