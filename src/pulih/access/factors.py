"""Second factors: sealed where they lie, asked of everybody, proven anew before grave work."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_init, pre_save
from django.http import HttpRequest

from pulih.access.models import User
from pulih.common import crypto
from pulih.common.errors import CipherError

SECRETS = ("secret", "seed")
"""The parts of a factor's data that would let somebody else make its codes."""
SEALED = "sealed:"
HAS_FACTOR = "pulih_has_factor"
FRESH_TO_OPEN, FRESH_TO_SEND = 10 * 60, 20 * 60
"""Seconds for which a proof of identity counts: longer for a form that is being filled in."""
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def install() -> None:
    """Seal secrets when a factor is saved, and open no factor that is another user's."""
    pre_save.connect(_seal, sender=Authenticator, dispatch_uid="pulih-factor-seal")
    post_init.connect(_check_owner, sender=Authenticator, dispatch_uid="pulih-factor-owner")


def open_secret(sealed: str) -> str:
    """The secret of a factor, in clear; whose it is was checked when its row was read.

    Raises:
        CipherError: it was never sealed, was changed, or belongs to another row.
    """
    if not sealed.startswith(SEALED):
        raise CipherError("A second factor lies unsealed.")
    owner, _, token = sealed.removeprefix(SEALED).partition(":")
    return crypto.decrypt(token, place=_place(owner))


def waiting_factors() -> list[int]:
    """The factors whose secrets lie under an older key of the key file."""
    current = crypto.prefix_of(None)
    return [
        factor.pk
        for factor in Authenticator.objects.order_by("pk").iterator()
        if any(not token.startswith(current) for token in _tokens(factor))
    ]


@transaction.atomic
def reseal_factor(key: int) -> None:
    """Seal the secrets of a factor under the current key of the key file.

    Source: R-CONF-42, docs/rules/config.md.
    """
    factor = Authenticator.objects.select_for_update().filter(pk=key).first()
    if factor is None:
        return
    for name in SECRETS:
        if sealed := factor.data.get(name):
            factor.data = {**factor.data, name: open_secret(sealed)}
    # The signal below seals what is about to be saved.
    factor.save(update_fields=["data"])


def _tokens(factor: Authenticator) -> list[str]:
    """The ciphertexts of a factor, without the words around them."""
    sealed = [factor.data.get(name) for name in SECRETS]
    return [text.removeprefix(SEALED).partition(":")[2] for text in sealed if text]


def has_factor(user: User) -> bool:
    """Has the user a factor besides the password (recovery codes alone are none)?"""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).exists())


def lacks_factor(request: HttpRequest, user: User) -> bool:
    """Must the user set up a second factor before anything else? Read once for each session."""
    if not required_of(user):
        return False
    if not request.session.get(HAS_FACTOR):
        if not has_factor(user):
            return True
        request.session[HAS_FACTOR] = True
    return False


def is_fresh(request: HttpRequest, *, seconds: int) -> bool:
    """Did the user prove who they are, at the login or since, at most so long ago?"""
    user = request.user
    if not user.is_authenticated:
        return False
    records = get_authentication_records(request, user)
    last = max((float(record["at"]) for record in records), default=0.0)
    return time.time() - last <= seconds


def _place(owner: str) -> str:
    return f"mfa_authenticator|data|{owner}"


def _seal(sender: type[Authenticator], instance: Authenticator, **_options: Any) -> None:
    owner = str(instance.user_id)
    for name in SECRETS:
        secret = instance.data.get(name)
        if secret and not secret.startswith(SEALED):
            token = crypto.encrypt(secret, place=_place(owner))
            instance.data = {**instance.data, name: f"{SEALED}{owner}:{token}"}


def _check_owner(sender: type[Authenticator], instance: Authenticator, **_options: Any) -> None:
    if instance.pk is None:
        return
    for name in SECRETS:
        sealed = instance.data.get(name, "")
        if sealed and not sealed.startswith(f"{SEALED}{instance.user_id}:"):
            raise CipherError("A second factor lies in the row of another user.")


def required_of(user: User) -> bool:
    """Does the office ask this user for a second factor? Everybody but invented accounts."""
    return bool(settings.PULIH_SECOND_FACTOR) and not user.is_demo
