"""What an installation tells of itself."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.db import connection

from pulih.access.roles import Role
from pulih.cases.models import Case
from pulih.common import crypto, datakeys, ledger
from pulih.common.clock import now, today
from pulih.common.key_shredding import KIND
from pulih.common.keyring import add_key, create_key_file
from pulih.common.resealing import swap
from pulih.config import health
from pulih.config.recovery.recipients import new_recipient

pytestmark = pytest.mark.django_db


def test_a_sound_database_has_no_faults():
    assert health.storage_faults() == []


def test_a_trail_without_its_triggers_is_a_fault():
    suffix = "" if connection.vendor == "sqlite" else " ON access_auditevent"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_no_update{suffix}")

    (fault,) = health.storage_faults()

    assert "audit_no_update" in fault


def test_demonstration_keys_keep_serve_from_starting():
    assert any("key file" in refusal for refusal in health.refusals())


def test_a_demonstration_account_keeps_serve_from_starting(make_user):
    make_user(is_demo=True)

    assert any("demonstration accounts" in refusal for refusal in health.refusals())


def test_without_an_administrator_serve_says_how_to_make_one(make_user):
    make_user(Role.SOCIAL_WORKER)

    assert any("pulih createuser" in refusal for refusal in health.refusals())


def test_every_relation_of_the_policy_is_explained():
    (finding,) = [one for one in health.findings() if one.name == "policy complete"]

    assert finding.good, finding.text


@pytest.fixture
def own_keys(settings, tmp_path):
    """Keys that no other test sees, and two people who can open their copies."""
    settings.PULIH_DATA = tmp_path
    settings.PULIH_KEY_FILE = tmp_path / "keys" / "pulih.key.json"
    create_key_file(settings.PULIH_KEY_FILE, demo=False)
    for name in ("Kepala Dinas", "Sekretaris"):
        new_recipient(name)
    return settings.PULIH_KEY_FILE


def told(name):
    (finding,) = [one for one in health.findings() if one.name == name]
    return finding


def test_the_check_names_key_its_age_and_who_can_open_copies(own_keys):
    with time_machine.travel(now() + dt.timedelta(days=10), tick=False):
        assert told("main key").text == "k1 for 10 days"
    assert told("keys in use").text == "k1 writes"
    assert "Kepala Dinas, Sekretaris" in told("recovery keys").text


def test_a_key_file_that_others_may_read_is_told(own_keys):
    own_keys.chmod(0o644)

    assert not told("key file").good


def test_an_old_main_key_is_told(own_keys):
    with time_machine.travel(now() + dt.timedelta(days=3 * 365), tick=False):
        assert not told("main key").good


def test_a_rotation_that_stopped_is_told(own_keys, make_user):
    make_user(nip="198501012010011001")
    add_key(own_keys)

    assert "pulih keys rotate" in told("keys in use").text


def test_a_destroyed_key_that_came_back_is_told(own_keys):
    unit = uuid4()
    datakeys.ensure(unit)
    assert told("keys of sealed records").good
    ledger.append(KIND, str(unit))

    assert not told("keys of sealed records").good


def test_a_sealed_record_without_a_key_of_its_own_is_told(own_keys, make_case):
    case = make_case(sealed=True)
    field = Case._meta.get_field("problem")
    place = field.place(case)
    own = Case.objects.unscoped(reason="test").get(pk=case.pk).__dict__["problem"].token
    swap(Case, field, [(case.pk, own, crypto.encrypt("lama", place=place))])

    assert "cases.Case" in told("keys of sealed records").text


def test_the_check_asks_the_application_for_its_headers(settings):
    told = {line.name: line for line in health.findings()}
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Headers" not in name]
    without = {line.name: line for line in health.findings()}

    assert told["headers"].good
    assert not without["headers"].good


def test_the_check_tells_whose_days_are_about_to_end(make_user):
    student = make_user("student")
    before = {line.name: line.text for line in health.findings()}["grants"]
    student.grants.update(valid_until=today())

    told = {line.name: line.text for line in health.findings()}["grants"]

    assert before == "none ends within a week"
    assert student.username in told
