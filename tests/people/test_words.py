"""R-PEO-4, R-PEO-13: findings, ages and evidence in words, in both languages."""

import datetime as dt
import string

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from jejak.birth import BirthDate, BirthLevel
from jejak.nik import Level, check_kk, check_nik
from jejak.records import Evidence
from pulih.people import evidence
from pulih.people.ages import age_text, birth_text
from pulih.people.birth_columns import birth_columns
from pulih.people.findings import remarks, remembered, stored
from pulih.people.models import Person
from pulih.people.places import district_word

TODAY = dt.date(2026, 11, 24)
SIXTEEN = st.text(alphabet=string.digits, min_size=16, max_size=16)
BORN = BirthDate.exact(dt.date(1987, 1, 12))


@given(st.one_of(SIXTEEN, st.text(max_size=24)), st.sampled_from(["", "L", "P"]))
def test_every_finding_of_a_nik_has_a_sentence(text, sex):
    found = check_nik(text, today=TODAY, sex=sex, birth=BORN, known_regions=frozenset({"35.21"}))

    assert all(remark.text and "%(" not in remark.text for remark in remarks(found))
    assert len(remembered(stored(found))) == len(found)


@given(st.one_of(SIXTEEN, st.text(max_size=24)))
def test_every_finding_of_a_family_card_has_a_sentence(text):
    found = check_kk(text, today=TODAY, nik="3521091201870001", known_regions=frozenset())

    assert all("%(" not in remark.text for remark in remarks(found))


@given(SIXTEEN)
def test_what_is_kept_of_a_finding_repeats_no_part_of_the_number(digits):
    found = check_nik(digits, today=TODAY, sex="P", birth=BORN, known_regions=frozenset())

    kept = " ".join(remark.text for remark in remembered(stored(found)))
    assert not any(digits[start : start + 6] in kept for start in range(11))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sentence_speaks_the_language_of_its_reader(language):
    found = check_nik("3521091201870001", today=TODAY, sex="P")

    with translation.override(language):
        texts = [remark.text for remark in remarks(found) if remark.level == Level.WARNING]

    assert len(texts) == 1
    assert ("female" in texts[0]) == (language == "en")


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        (BirthDate.exact(dt.date(1987, 11, 25)), "38"),
        (BirthDate.exact(dt.date(1987, 11, 24)), "39"),
        (BirthDate.year(1970), "55–56"),
        (BirthDate.estimated(40, 45, on=dt.date(2021, 1, 12)), "45–50"),
        (None, ""),
    ],
)
def test_an_age_says_how_well_it_is_known(birth, age):
    person = Person(**birth_columns(birth))

    text = age_text(person, TODAY)

    assert age in text
    assert bool(text) == bool(age)


def test_the_dead_age_no_more():
    person = Person(**birth_columns(BirthDate.year(1950)), died_on=dt.date(2010, 6, 1))

    assert "59–60" in age_text(person, TODAY)


@pytest.mark.parametrize(
    ("birth", "part"),
    [
        (BORN, "1987"),
        (BirthDate.year(1970), "1970"),
        (BirthDate.estimated(40, 45, on=dt.date(2021, 1, 12)), "1976–1981"),
    ],
)
def test_a_birth_is_written_as_it_is_known(birth, part):
    assert part in birth_text(Person(**birth_columns(birth)))


@pytest.mark.parametrize("level", list(evidence.NAME))
def test_every_way_in_which_names_agree_is_told(level):
    line = evidence.lines([Evidence("name", 3.0, level, {"a": "tono", "b": "hartono"})], {})[0]

    assert (line.left, line.right) == ("Tono", "Hartono")
    assert line.because


@pytest.mark.parametrize("level", list(BirthLevel))
def test_every_way_in_which_births_agree_is_told(level):
    item = Evidence("birth", 3.0, str(level), {"a": "1987-01-12", "b": "1987"})

    assert evidence.lines([item], {})[0].because


@pytest.mark.parametrize(
    ("bits", "level", "verdict"),
    [
        (8.0, "same", "agrees"),
        (8.0, "typo", "near"),
        (-5.0, "different", "differs"),
        (0.1, "same", "near"),
    ],
)
def test_the_verdict_follows_the_bits(bits, level, verdict):
    assert evidence.lines([Evidence("name", bits, level)], {})[0].verdict == verdict


def test_places_and_numbers_are_told_by_name():
    place = Evidence("place", 6.5, "village", {"a": "35.21.09.2001", "b": "35.21.09.2001"})
    number = Evidence("identifier", 24.0, "same", {"kind": "nik"})

    told = evidence.lines([place, number], {"35.21.09.2001": "Mangunharjo, Ngawi"})

    assert evidence.codes_in([place]) == {"35.21.09.2001"}
    assert (told[0].left, told[1].label, told[1].verdict) == ("Mangunharjo, Ngawi", "NIK", "agrees")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "word"),
    [("35.21.10.2001", "PARON"), ("35.21.17", "KARANGANYAR"), ("35.21", ""), ("", ""), ("99", "")],
)
def test_a_temporary_code_is_named_for_the_district(code, word):
    assert district_word(code) == word
