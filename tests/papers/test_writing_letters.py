"""Drafts: from a plain dictionary, with blanks, changed and thrown away."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent
from pulih.common.errors import RuleError
from pulih.papers.actions import change_letter, discard_letter, issue_letter
from pulih.papers.filling import FieldsError
from pulih.papers.models import Letter
from pulih.papers.queries import blanks_of


def test_a_draft_keeps_template_version_and_fields(make_letter):
    letter = make_letter()

    assert (letter.template, letter.template_version) == ("surat-keterangan", 1)
    assert letter.fields["client"]["name"] == "Sutini"
    assert letter.number == ""


def test_fields_lie_encrypted_in_the_database(make_letter):
    letter = make_letter()

    raw = Letter.objects.unscoped(reason="test").filter(pk=letter.pk).values_list("fields").get()

    assert "Sutini" not in str(raw)


def test_blanks_are_listed_in_the_order_of_the_template(make_letter):
    letter = make_letter(fields={"client": {"address": "Widodaren"}})

    assert [blank.name for blank in blanks_of(letter)] == ["client", "statement", "purpose"]


def test_a_blank_cell_of_a_table_is_named_with_its_row(make_letter):
    rows = [{"item": "KTP"}, {"count": "2"}]
    letter = make_letter("tanda-terima", fields={"documents": rows})

    assert "Berkas yang diterima 2: Berkas" in [blank.label for blank in blanks_of(letter)]


def test_days_come_as_dates_or_as_text(make_letter):
    fields = {"received_on": dt.date(2026, 1, 2), "promised_on": "2026-01-09"}
    letter = make_letter("tanda-terima", fields=fields)

    assert letter.fields["received_on"] == "2026-01-02"
    assert letter.fields["promised_on"] == "2026-01-09"


@pytest.mark.parametrize(
    "fields",
    [
        {"nama": "x"},
        {"client": "Sutini"},
        {"client": {"golongan_darah": "B"}},
        {"valid_until": "besok"},
        {"purpose": ["satu"]},
        {"client": {"name": "x"}, "purpose": {"a": "b"}},
    ],
)
def test_a_slip_in_the_callers_dictionary_is_told_at_once(make_letter, fields):
    with pytest.raises(FieldsError):
        make_letter(fields=fields)


def test_a_change_leaves_other_fields_as_they_were(make_letter, make_user):
    worker = make_user()
    letter = change_letter(letter=make_letter(by=worker), fields={"purpose": "beasiswa"}, by=worker)

    assert letter.fields["purpose"] == "beasiswa"
    assert letter.fields["client"]["name"] == "Sutini"
    assert AuditEvent.objects.filter(verb="letter.changed", actor=worker).count() == 1


def test_an_issued_letter_does_not_change(make_letter, make_user):
    worker = make_user()
    letter = issue_letter(letter=make_letter(by=worker), by=worker)

    with pytest.raises(RuleError, match="versi baru"):
        change_letter(letter=letter, fields={"purpose": "lain"}, by=worker)


def test_a_code_with_other_signs_does_not_come_into_the_number(make_letter, make_user):
    worker = make_user()

    with pytest.raises(RuleError, match="klasifikasi"):
        change_letter(letter=make_letter(by=worker), fields={}, classification="4/1", by=worker)


def test_a_draft_is_thrown_away_and_an_issued_letter_is_not(make_letter, make_user):
    worker = make_user()
    draft, issued = make_letter(by=worker), make_letter(by=worker)
    issue_letter(letter=issued, by=worker)

    discard_letter(letter=draft, by=worker)

    assert not Letter.objects.unscoped(reason="test").filter(pk=draft.pk).exists()
    with pytest.raises(RuleError):
        discard_letter(letter=issued, by=worker)


def test_a_student_writes_no_letters(make_letter, make_user):
    with pytest.raises(PermissionDenied):
        make_letter(by=make_user("student"))
