"""R-ACC-30, R-ACC-31: sections and units bear the office's own names; units have heads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.actions.granting import end_role, give_role
from pulih.access.actions.sections import add_unit, close_unit, rename_section, rename_unit
from pulih.access.models import AuditEvent, RoleGrant
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.common.stamps import stamp_of


@pytest.fixture
def head(make_user):
    return make_user("section_head")


@pytest.fixture
def admin(make_user):
    return make_user("administrator")


@pytest.fixture
def unit(section):
    return section.units.get(code="disabilitas")


def test_the_head_renames_the_section(section, head):
    rename_section(section=section, name="  Bidang  Rehsos ", by=head)

    section.refresh_from_db()
    assert section.name == "Bidang Rehsos"
    assert AuditEvent.objects.filter(verb="section.renamed").exists()


@pytest.mark.parametrize("name", ["", "  "])
def test_a_section_has_a_name(section, head, name):
    with pytest.raises(RuleError):
        rename_section(section=section, name=name, by=head)


def test_two_sections_do_not_share_a_name(section, office, admin):
    other = office.sections.exclude(pk=section.pk).first()

    with pytest.raises(RuleError):
        rename_section(section=section, name=other.name, by=admin)


def test_the_head_of_another_section_does_not(section, office, make_user):
    other = make_user("section_head", section=office.sections.get(kind="security"))

    with pytest.raises(PermissionDenied):
        rename_section(section=section, name="Lain", by=other)


def test_the_head_of_a_unit_does_not_manage_the_section(section, head, unit):
    RoleGrant.objects.filter(user=head).update(unit=unit)

    with pytest.raises(PermissionDenied):
        add_unit(section=section, name="Seksi Baru", by=head)


def test_a_unit_is_added_with_a_code_of_its_own(section, head):
    made = add_unit(section=section, name="Disabilitas!", by=head)

    assert made.code == "disabilitas-2"


def test_two_units_of_a_section_do_not_share_a_name(section, head, unit):
    with pytest.raises(RuleError):
        add_unit(section=section, name=unit.name.upper(), by=head)


def test_a_unit_is_renamed(unit, head):
    assert rename_unit(unit=unit, name="Seksi Penyandang Disabilitas", by=head).code == unit.code


def test_a_unit_is_closed_once(unit, head):
    assert close_unit(unit=unit, by=head).closed_on == today()
    with pytest.raises(RuleError):
        close_unit(unit=unit, by=head)


def _give(user, section, unit, by, role=Role.SECTION_HEAD):
    return give_role(user=user, role=role, section=section, unit=unit, valid_from=today(), by=by)


def test_a_unit_with_a_head_is_not_closed(unit, section, head, admin, make_user):
    grant = _give(make_user("front_desk"), section, unit, admin)
    with pytest.raises(RuleError):
        close_unit(unit=unit, by=head)

    end_role(grant=grant, by=admin)

    assert close_unit(unit=unit, by=head).closed_on


def test_only_a_head_heads_a_unit(unit, section, admin, make_user):
    with pytest.raises(RuleError):
        _give(make_user("front_desk"), section, unit, admin, Role.SOCIAL_WORKER)


def test_a_unit_belongs_to_the_section_of_the_role(unit, office, admin, make_user):
    with pytest.raises(RuleError):
        _give(make_user("front_desk"), office.sections.get(kind="security"), unit, admin)


def test_nobody_heads_a_closed_unit(unit, section, head, admin, make_user):
    unit = close_unit(unit=unit, by=head)

    with pytest.raises(RuleError):
        _give(make_user("front_desk"), section, unit, admin)


@pytest.mark.parametrize(("role", "shown"), [("section_head", 1), ("administrator", 4)])
def test_the_page_shows_what_one_manages(client, make_user, role, shown):
    client.force_login(make_user(role))

    answer = client.get(reverse("access:sections"))

    assert len(answer.context["sections"]) == shown


def test_names_are_changed_on_the_page(client, section, unit, head):
    client.force_login(head)
    for name, key in (("section_name", section), ("unit_add", section), ("unit_name", unit)):
        sent = {"name": f"Nama {name}", "stamp": stamp_of(key)}
        client.post(reverse(f"access:{name}", args=[key.pk]), sent)

    section.refresh_from_db()
    assert section.name == "Nama section_name"
    names = set(section.units.values_list("name", flat=True))
    assert {"Nama unit_add", "Nama unit_name"} <= names


def test_a_unit_is_closed_on_the_page(client, unit, head):
    client.force_login(head)

    client.post(reverse("access:unit_close", args=[unit.pk]))

    unit.refresh_from_db()
    assert unit.closed_on is not None


def test_a_role_with_a_unit_is_given_on_the_page(client, unit, section, admin, make_user):
    client.force_login(admin)
    user = make_user("front_desk")
    sent = {
        "role": "section_head",
        "section": section.pk,
        "unit": unit.pk,
        "valid_from": (today() + dt.timedelta(days=1)).isoformat(),
    }

    client.post(reverse("access:give_role", args=[user.pk]), sent)

    assert user.grants.get(role="section_head").unit == unit
