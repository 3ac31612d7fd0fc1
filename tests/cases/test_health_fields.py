"""R-ACC-142: what was found of body and mind is for the team and its heads, also in open cases."""

import datetime as dt

import pytest
from django.urls import reverse

from pulih.access.masks import MASK
from pulih.access.models import Section
from pulih.cases.actions.assessment import write_assessment
from pulih.cases.actions.glass import break_glass
from pulih.cases.actions.measuring import take_measurement
from pulih.cases.instruments import current
from pulih.cases.intake_facts import Answers, Findings
from pulih.common.clock import today

FOUND = "Mendengar suara pada malam hari"
BODY = "Luka lama di kaki kiri"
MEASURED = "Sulit mendengar sejak kecil"
GROUP = "washington-group-ss"
REASON = "Anak sakit keras malam ini dan tidak ada yang dapat dihubungi."


@pytest.fixture
def assess(lead):
    def write(case):
        write_assessment(
            case=case,
            findings=Findings(
                today(), "Tanpa rumah", biological=BODY, psychological=FOUND, signs=("psychosis",)
            ),
            by=lead,
        )
        levels = {domain.code: 1 for domain in current(GROUP).domains}
        answers = Answers(levels, on=today() - dt.timedelta(days=1), mode="self", note=MEASURED)
        take_measurement(case=case, code=GROUP, answers=answers, by=lead)
        return case

    return write


def page(client, user, case):
    client.force_login(user)
    return client.get(reverse("cases:assessment_tab", args=[case.number])).text


def test_the_team_reads_what_was_found(client, assess, case, lead):
    text = page(client, lead, assess(case))

    assert FOUND in text
    assert MEASURED in text


@pytest.mark.parametrize("role", ["section_head", "head_of_office"])
def test_the_heads_of_the_case_read_it(client, assess, case, make_user, role):
    assert FOUND in page(client, make_user(role), assess(case))


@pytest.mark.parametrize("role", ["social_worker", "section_head"])
def test_colleagues_who_may_read_the_open_case_see_a_mask(
    client, assess, case, make_user, office, role
):
    elsewhere = office.sections.get(kind=Section.Kind.SECURITY)
    text = page(client, make_user(role, section=elsewhere), assess(case))

    assert MASK in text
    assert FOUND not in text
    assert BODY not in text


def test_neither_a_measurement_nor_a_refused_instrument_tells_them(
    client, assess, case, make_user, office
):
    elsewhere = office.sections.get(kind=Section.Kind.SECURITY)
    text = page(client, make_user(section=elsewhere), assess(case))

    assert MEASURED not in text
    assert "psychosis" not in text


def test_in_an_emergency_who_broke_the_glass_reads_it(client, assess, make_case, lead, make_user):
    case = assess(make_case(lead=lead, stage="intervention", restricted=True))
    colleague = make_user()
    break_glass(number=case.number, reason=REASON, by=colleague)

    assert FOUND in page(client, colleague, case)
