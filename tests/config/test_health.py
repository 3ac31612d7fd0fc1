"""What an installation tells of itself."""

from __future__ import annotations

import pytest
from django.db import connection

from pulih.access.roles import Role
from pulih.config import health

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
