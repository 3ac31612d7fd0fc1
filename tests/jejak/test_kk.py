"""Family-card numbers (R-JEJAK-7)."""

from __future__ import annotations

import datetime as dt

from jejak import Level, check_kk

TODAY = dt.date(2026, 11, 24)


def codes(text: str, **more: object) -> list[str]:
    return [finding.code for finding in check_kk(text, today=TODAY, **more)]  # type: ignore[arg-type]


def test_a_card_states_region_issue_date_and_serial() -> None:
    assert codes("3521091507140003") == []


def test_forty_is_not_added_on_a_card() -> None:
    assert codes("3521095507140003") == ["kk_looks_like_nik"]


def test_an_issue_date_that_no_calendar_has_can_be_passed_over() -> None:
    (finding,) = check_kk("3521093102140003", today=TODAY)

    assert (finding.code, finding.level) == ("impossible_date", Level.OVERRIDABLE)


def test_the_number_of_the_person_in_the_field_of_the_card_is_seen() -> None:
    assert codes("3521091201870001", nik="3521 0912 0187 0001") == ["kk_same_as_nik"]


def test_a_short_number_is_an_error() -> None:
    assert codes("35210915071400") == ["wrong_length"]


def test_a_card_from_elsewhere_is_noted() -> None:
    assert codes("3520091507140003") == ["other_regency"]
