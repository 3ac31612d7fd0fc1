"""Forms of the second factor: a code is accepted once, also within the drift that is allowed."""

from __future__ import annotations

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.cache import cache

REMEMBERED = 5 * 60
"""Seconds: longer than any code stays valid, drift included."""


def use_once(user_id: object, code: str) -> bool:
    """Mark a code as used; False if it was used before."""
    return bool(cache.add(f"pulih.code.{user_id}.{normalize_user_code(code)}", 1, REMEMBERED))


class OnceAuthenticateForm(AuthenticateForm):  # type: ignore[misc]
    """The code at the login."""

    def clean_code(self) -> str:
        """Right, and not used before."""
        code: str = super().clean_code()
        if not use_once(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class OnceReauthenticateForm(ReauthenticateForm):  # type: ignore[misc]
    """The code before grave work."""

    def clean_code(self) -> str:
        """Right, and not used before."""
        code: str = super().clean_code()
        if not use_once(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code
