"""Second factors: asked of everybody, sealed, accepted once, taken away by another alone."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from pulih.access.actions.factors import reset_factors
from pulih.access.models import AuditEvent
from pulih.common.errors import CipherError, RuleError

PASSWORD = "kopi hitam di teras sore"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = 1_790_000_000


@pytest.fixture(autouse=True)
def _required(settings):
    cache.clear()
    settings.PULIH_SECOND_FACTOR = True


@pytest.fixture
def user(make_user):
    """Somebody with a password."""
    return make_user(username="siti", password=PASSWORD)


def code_at(moment, secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(moment) // 30))


def log_in(client):
    return client.post(reverse("login"), {"login": "siti", "password": PASSWORD})


def enrol(user):
    return TOTP.activate(user, SECRET).instance


def test_who_has_no_second_factor_is_led_to_set_one_up_and_nowhere_else(client, user):
    log_in(client)

    for name in ("day", "people:list", "access:profile"):
        assert client.get(reverse(name)).url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_an_invented_account_of_the_demonstration_need_not(client, user):
    user.is_demo = True
    user.save()
    log_in(client)

    assert client.get(reverse("day")).status_code == 200


def test_the_app_is_set_up_with_a_code_and_recovery_codes_follow(client, user):
    log_in(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]

    answer = client.post(reverse("mfa_activate_totp"), {"code": code_at(time.time(), secret)})

    assert answer.url == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("day")).status_code == 200
    assert AuditEvent.objects.filter(verb="factor.added").exists()


def test_with_a_factor_the_password_opens_nothing_yet(client, user):
    enrol(user)

    answer = log_in(client)

    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("day")).url.startswith(reverse("login"))


def test_the_code_of_the_app_opens_the_day_once(client, user):
    enrol(user)
    with time_machine.travel(NOW, tick=False):
        log_in(client)
        first = client.post(reverse("mfa_authenticate"), {"code": code_at(NOW)})
        client.post(reverse("logout"))
    with time_machine.travel(NOW + 45, tick=False):
        # Still inside the drift that is allowed, but used before.
        log_in(client)
        again = client.post(reverse("mfa_authenticate"), {"code": code_at(NOW)})
        fresh = client.post(reverse("mfa_authenticate"), {"code": code_at(NOW + 45)})

    assert first.url == reverse("day")
    assert again.status_code == 200
    assert fresh.url == reverse("day")
    assert AuditEvent.objects.filter(verb="factor.used").count() == 2


def test_six_wrong_codes_are_too_many(client, user):
    enrol(user)
    log_in(client)
    for _number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    with time_machine.travel(NOW, tick=False):
        answer = client.post(reverse("mfa_authenticate"), {"code": code_at(NOW)})

    assert answer.status_code == 200
    assert AuditEvent.objects.filter(verb="factor.failed").count() == 5


def test_a_recovery_code_works_once(client, user):
    enrol(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    log_in(client)
    first = client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("logout"))
    log_in(client)
    again = client.post(reverse("mfa_authenticate"), {"code": code})

    assert first.url == reverse("day")
    assert again.status_code == 200


def test_the_secret_lies_sealed(user):
    enrol(user)
    RecoveryCodes.activate(user)

    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        lying = str(cursor.fetchall())

    assert SECRET not in lying
    assert lying.count("sealed:") == 2


def test_a_secret_in_the_row_of_another_user_is_not_opened(user, make_user):
    own, other = enrol(user), TOTP.activate(make_user(), SECRET[::-1].lower().upper()).instance
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator WHERE id = %s", [own.pk])
        data = cursor.fetchone()[0]
        cursor.execute("UPDATE mfa_authenticator SET data = %s WHERE id = %s", [data, other.pk])

    with pytest.raises(CipherError):
        Authenticator.objects.get(pk=other.pk)


def test_the_only_factor_is_not_taken_off(client, user):
    enrol(user)
    with time_machine.travel(NOW, tick=False):
        log_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code_at(NOW)})
        client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_an_administrator_takes_lost_factors_away_and_ends_the_sessions(client, user, make_user):
    enrol(user)
    with time_machine.travel(NOW, tick=False):
        log_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code_at(NOW)})
        assert client.get(reverse("day")).status_code == 200

        reset_factors(user=user, reason="Datang sendiri", by=make_user("administrator"))

        assert client.get(reverse("day")).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert AuditEvent.objects.filter(verb="factor.reset").count() == 1


def test_nobody_takes_away_their_own_or_without_a_reason(user, make_user):
    enrol(user)
    administrator = make_user("administrator")
    enrol(administrator)

    with pytest.raises(PermissionDenied):
        reset_factors(user=administrator, reason="Hilang", by=administrator)
    with pytest.raises(PermissionDenied):
        reset_factors(user=user, reason="Hilang", by=make_user())
    with pytest.raises(RuleError):
        reset_factors(user=user, reason=" ", by=administrator)
