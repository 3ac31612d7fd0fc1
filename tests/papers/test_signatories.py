"""Who signs on a day, and how the block reads."""

import datetime as dt

import pytest

from pulih.common.errors import RuleError
from pulih.papers.actions import issue_letter
from pulih.papers.models import Signatory
from pulih.papers.queries import signatory_for
from pulih.papers.typeset.compose import post_lines

DAY = dt.date(2026, 3, 10)


@pytest.fixture
def make_signatory(office):
    """Somebody who signs, default the holder of the post since long ago."""

    def make(capacity="own", **values):
        first = values.pop("valid_from", dt.date(2020, 1, 1))
        return Signatory.objects.create(
            office=office,
            name=f"Penanda {capacity}",
            post="Kepala Dinas Sosial",
            capacity=capacity,
            valid_from=first,
            **values,
        )

    return make


def test_the_holder_signs(make_signatory, office):
    holder = make_signatory()

    assert signatory_for(office, None, DAY) == holder


def test_who_acts_for_the_holder_signs_while_they_act(make_signatory, office):
    holder = make_signatory()
    acting = make_signatory("daily", valid_from=DAY, valid_until=DAY + dt.timedelta(days=3))

    assert signatory_for(office, None, DAY) == acting
    assert signatory_for(office, None, DAY + dt.timedelta(days=4)) == holder


def test_a_section_head_signs_on_behalf_where_nobody_else_does(make_signatory, office, section):
    head = make_signatory("on_behalf", section=section, own_post="Kepala Bidang")

    assert signatory_for(office, section, DAY) == head
    assert signatory_for(office, office.sections.get(kind="security"), DAY) is None


def test_somebody_whose_time_is_over_does_not_sign(make_letter, make_user, make_signatory):
    worker = make_user()
    former = make_signatory(valid_until=dt.date(2021, 1, 1))

    with pytest.raises(RuleError, match="tidak boleh menandatangani"):
        issue_letter(letter=make_letter(by=worker), signatory=former, by=worker)


def test_without_anybody_the_place_stays_open(make_letter, make_user):
    worker = make_user()

    assert issue_letter(letter=make_letter(by=worker), by=worker).signatory is None


@pytest.mark.parametrize(
    ("capacity", "lines"),
    [
        ("own", ["KEPALA DINAS SOSIAL,"]),
        ("on_behalf", ["a.n. KEPALA DINAS SOSIAL", "Kepala Bidang Rehabilitasi Sosial,"]),
        ("tasked", ["Plt. KEPALA DINAS SOSIAL,"]),
        ("daily", ["Plh. KEPALA DINAS SOSIAL,"]),
    ],
)
def test_the_block_reads_as_the_office_writes_it(capacity, lines):
    signatory = Signatory(
        post="Kepala Dinas Sosial", own_post="Kepala Bidang Rehabilitasi Sosial", capacity=capacity
    )

    assert post_lines(signatory) == lines
