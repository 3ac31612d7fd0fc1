"""Numbers: in order, without gaps or clashes, also when many write at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from pulih.access.models import Compartment
from pulih.access.numbering import take_numbers
from pulih.common.errors import RuleError
from pulih.papers.actions import issue_letter
from pulih.papers.models import NumberSeries


@pytest.fixture
def issue(make_letter, make_user):
    """Draft and issue a letter at once."""
    worker = make_user()

    def make(template="surat-keterangan", **values):
        by = values.setdefault("by", worker)
        return issue_letter(letter=make_letter(template, **values), by=by)

    return make


RECEIPT = {"visitor": {"name": "Sutini"}, "service": "Usulan PBI-JK", "received_on": "2026-01-05"}


def test_letters_of_a_series_follow_one_another(issue):
    assert [issue().sequence for _ in range(3)] == [1, 2, 3]


def test_each_series_counts_for_itself(issue):
    issue()
    receipt = issue("tanda-terima", fields=RECEIPT)

    assert receipt.number.startswith("TT-400.9/001")


def test_letters_of_sealed_records_leave_no_gap_in_the_open_series(issue, make_user, office):
    member, room = make_user(), Compartment.objects.create(office=office)
    room.members.create(user=member, valid_from="2020-01-01", purpose="test")
    first = issue()
    sealed = issue(by=member, compartment=room)

    assert sealed.number.startswith("R-")
    assert issue().sequence == first.sequence + 1


def test_the_pattern_of_the_office_makes_the_number(issue, letterhead, office, section):
    NumberSeries.objects.create(
        office=office, code="umum", pattern="{nomor}/{bidang}/{bulan_romawi}/{tahun}", padding=4
    )
    letter = issue(section=section)

    assert letter.number.startswith("0001/REHSOS/")


def test_a_series_begun_elsewhere_goes_on(issue, office):
    NumberSeries.objects.create(
        office=office, code="umum", pattern="{nomor}/{tahun}", padding=3, start=118
    )

    assert [issue().sequence, issue().sequence] == [118, 119]


def test_a_series_that_never_begins_again_counts_across_years(issue, office):
    NumberSeries.objects.create(office=office, code="umum", pattern="S/{nomor}", yearly=False)
    letter = issue()

    assert (letter.counted_year, letter.number) == (0, "S/001")


def test_two_series_that_make_one_number_are_stopped_in_words(issue, office):
    NumberSeries.objects.create(office=office, code="umum", pattern="A/{nomor}/{tahun}")
    NumberSeries.objects.create(office=office, code="tanda-terima", pattern="A/{nomor}/{tahun} ")
    issue()

    with pytest.raises(RuleError, match="sudah dipakai"):
        issue("tanda-terima", fields=RECEIPT)


def test_the_first_number_never_takes_the_counter_back(office):
    first = take_numbers(office, "surat:umum", 2026, start=50)[0]

    assert (first, take_numbers(office, "surat:umum", 2026, start=10)[0]) == (50, 51)


@pytest.fixture
def drafts_of(make_letter, make_user):
    """Four workers, each with five drafts."""
    workers = [make_user() for _ in range(4)]
    return [(worker, [make_letter(by=worker) for _ in range(5)]) for worker in workers]


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_leave_neither_gap_nor_clash(drafts_of, enter_database):
    taken, together = [], threading.Barrier(len(drafts_of))

    def write(worker, letters):
        enter_database()
        together.wait()
        for letter in letters:
            taken.append(issue_letter(letter=letter, by=worker).sequence)
        connections.close_all()

    with ThreadPoolExecutor(len(drafts_of)) as pool:
        for done in [pool.submit(write, *pair) for pair in drafts_of]:
            done.result()

    assert sorted(taken) == list(range(1, 21))
