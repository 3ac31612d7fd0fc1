"""R-CASE-60: each of the eleven kinds asks a short form of its own."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from django.utils import translation

from pulih.cases.actions.gathering import hold_session
from pulih.cases.actions.serving import fulfil_request, provide_service, request_service
from pulih.cases.facts import Given, SessionFacts
from pulih.cases.service_forms import (
    FORMS,
    MOST_FIELDS,
    check,
    current,
    find,
    kept_parts,
    told_parts,
)
from pulih.cases.service_forms.entries import FieldKind
from pulih.cases.timeline import tell
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people.codes import SERVICE_KINDS

COUNSEL = {"goal": "Berani bercerita", "reached": "2", "setting": "single"}


def test_every_kind_of_the_law_has_a_form_of_at_most_eight_fields():
    assert {form.kind for form in FORMS} == {entry.code for entry in SERVICE_KINDS}
    assert all(1 <= len(form.fields) <= MOST_FIELDS for form in FORMS)


@pytest.mark.parametrize(("one", "other"), list(combinations(FORMS, 2)), ids=lambda form: form.kind)
def test_no_two_kinds_share_an_empty_or_equal_form(one, other):
    assert one.fields
    assert other.fields
    assert {field.name for field in one.fields} != {field.name for field in other.fields}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_a_form_says_what_it_brings_about_and_how_one_sees_it(form):
    texts = [form.output, form.measure, *form.fields]

    assert all(text.name and text.english for text in texts)
    assert len({form.output.name for form in FORMS}) == len(FORMS)
    assert len({form.measure.name for form in FORMS}) == len(FORMS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_the_fields_of_a_form_are_whole(form):
    codes = [field.code for field in form.fields]
    choices = [field for field in form.fields if field.kind is FieldKind.CHOICE]
    scales = [field for field in form.fields if field.kind is FieldKind.SCALE]

    assert len(codes) == len(set(codes))
    assert all(len(field.options) >= 2 for field in choices)
    assert all(len(field.options) == 2 for field in scales)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_a_given_service_needs_something_of_its_form_and_not_all(form):
    needed = [field for field in form.fields if field.required]

    assert 1 <= len(needed) <= 3
    assert find(form.kind, form.version) is form


@pytest.mark.parametrize("kind", list("CDEF"))
def test_a_group_session_asks_the_observed_change_of_everyone(kind):
    form = current(kind)

    assert form.each_fields
    assert form.common_fields
    assert not any(field.required for field in form.planned_fields if field.each)


def test_answers_are_kept_as_json_and_empty_ones_left_out():
    answers = {**COUNSEL, "words": "  ", "next_on": dt.date(2026, 3, 4)}

    assert check(current("F"), answers) == {
        "goal": "Berani bercerita",
        "reached": 2,
        "setting": "single",
        "next_on": "2026-03-04",
    }


def test_what_was_kept_fits_into_the_form_again():
    kept = {"goal": "x", "reached": 2, "next_on": "2026-03-04"}

    assert kept_parts(current("F"), kept)["next_on"] == dt.date(2026, 3, 4)
    assert check(current("F"), kept_parts(current("F"), kept)) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"reached": "5"},
        {"reached": "many"},
        {"setting": "crowd"},
        {"next_on": "soon"},
        {"goal": "x" * 201},
        {"unknown": "x"},
        {"goal": ""},
    ],
    ids=str,
)
def test_an_answer_that_does_not_fit_is_refused(wrong):
    with pytest.raises(RuleError) as refusal:
        check(current("F"), {**COUNSEL, **wrong})

    assert refusal.value.rule == "R-CASE-60"


@pytest.mark.parametrize(("said", "kept"), [("yes", True), ("no", False), (True, True)])
def test_yes_and_no_are_kept_as_such(said, kept):
    answers = {"need": "food", "item": "Beras", "amount": "2.5", "receipt": said}

    assert check(current("H"), answers)["receipt"] is kept
    assert check(current("H"), answers)["amount"] == 2.5


@pytest.mark.parametrize("value", ["maybe", "-1"])
def test_neither_yes_nor_no_and_negative_numbers_are_refused(value):
    for code in ("receipt", "amount"):
        with pytest.raises(RuleError):
            check(current("H"), {"need": "food", "item": "Beras", code: value})


def test_answers_are_told_in_words_in_the_order_of_the_form():
    kept = check(current("F"), COUNSEL)

    with translation.override("id"):
        told = told_parts("F", "1", kept)

    assert [part.label for part in told] == ["Tujuan konseling", "Bentuk", "Tujuan tercapai"]
    assert [part.words for part in told][:2] == ["Berani bercerita", "perorangan"]


def test_a_record_without_a_form_tells_nothing():
    assert told_parts("F", "", None) == []
    assert told_parts("F", "99", {"goal": "x"}) == []


def test_a_given_service_keeps_its_answers_and_the_story_tells_them(case, lead):
    given = Given("F", today(), hours=1, details=COUNSEL)

    record = provide_service(case=case, given=given, by=lead)

    record.refresh_from_db()
    assert (record.form_version, record.details["reached"]) == ("1", 2)
    assert "Berani bercerita" in tell(case.events.filter(kind="service_provided"))[0].note


def test_a_service_whose_form_was_not_asked_is_kept_without_one(case, lead):
    record = provide_service(case=case, given=Given("F", today(), hours=1), by=lead)

    assert (record.form_version, record.details) == ("", "")


def test_a_request_asks_only_what_is_known_beforehand_and_needs_nothing(case, lead):
    record = request_service(case=case, kind="H", on=today(), details={"item": "Beras"}, by=lead)
    assert record.details == {"item": "Beras"}

    given = Given("H", today(), hours=1, details={"item": "Beras", "need": "food"})
    fulfilled = fulfil_request(record=record, given=given, by=lead)

    assert fulfilled.details == {"item": "Beras", "need": "food"}


def test_a_session_keeps_what_holds_for_all_once_and_the_change_of_each(make_case, lead, section):
    cases = [make_case(lead=lead, stage="intervention") for _ in range(2)]
    each = {one.pk: {"change": f"Perubahan {n}"} for n, one in enumerate(cases)}
    given = Given("D", today(), hours=2, details={"subject": "Sabar"})

    hold_session(facts=SessionFacts("Sabar", section), given=given, cases=cases, each=each, by=lead)

    kept = [one.services.get(kind="D").details for one in cases]
    assert [one["change"] for one in kept] == ["Perubahan 0", "Perubahan 1"]
    assert {one["subject"] for one in kept} == {"Sabar"}


def test_a_missing_answer_in_a_session_names_the_case(make_case, lead, section):
    case = make_case(lead=lead, stage="intervention")
    given = Given("D", today(), hours=2, details={"subject": "Sabar"})

    with pytest.raises(RuleError) as refusal:
        hold_session(
            facts=SessionFacts("Sabar", section),
            given=given,
            cases=[case],
            each={case.pk: {}},
            by=lead,
        )

    assert case.number in refusal.value.message
