"""R-ACC-4, R-ACC-5: the first office with its sections, and users made at the terminal."""

import pytest

from pulih.access.actions.installing import create_first_user, create_office
from pulih.access.models import AuditEvent, Office, Section
from pulih.common.errors import RuleError


def first_user(**values):
    return create_first_user(
        **{
            "username": "admin",
            "full_name": "Siti Rahma",
            "role": "administrator",
            "section_kind": None,
            "password": "sandi yang cukup panjang",
            "office_name": "Dinas Sosial Ngawi",
            "region_code": "35.21",
            "by": None,
            **values,
        }
    )


def test_an_office_has_the_four_sections_of_the_law(db):
    office = create_office(name="Dinas Sosial Ngawi", region_code="35.21", by=None)

    assert {section.kind for section in office.sections.all()} == set(Section.Kind)
    rehabilitation = office.sections.get(kind=Section.Kind.REHABILITATION)
    assert rehabilitation.units.count() == 3


def test_an_office_of_a_name_exists_once(db):
    create_office(name="Dinas Sosial Ngawi", region_code="35.21", by=None)

    with pytest.raises(RuleError) as refusal:
        create_office(name="Dinas Sosial Ngawi", region_code="35.21", by=None)

    assert refusal.value.rule == "R-ACC-4"


def test_the_first_user_brings_the_office(db):
    user = first_user()

    assert user.office == Office.objects.get()
    assert user.roles == {"administrator"}
    assert AuditEvent.objects.filter(actor=None).count() == 2


def test_the_second_user_joins_the_office(db):
    first_user()

    first_user(username="peksos", role="social_worker", section_kind="rehabilitation")

    assert Office.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"role": "raja"},
        {"role": "social_worker"},
        {"role": "section_head", "section_kind": "kitchen"},
        {"username": "taken"},
    ],
)
def test_what_does_not_fit_is_refused(db, values):
    first_user(username="taken")

    with pytest.raises(RuleError) as refusal:
        first_user(**{"username": "new", **values})

    assert refusal.value.rule == "R-ACC-5"
