"""What the login library asks of us: who may, how often, in which words, and how secrets lie."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.access import factors
from pulih.common.crypto import blind_index

QUIET = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; attempts are counted by account and address together.

    A counter of the account alone would let a stranger lock its owner out (R-ACC-103).
    """

    error_messages = {  # noqa: RUF012 - the library's own shape
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many attempts from this address. Wait five minutes, then try again."
        ),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
        "username_password_mismatch": _(
            "The user name and the password do not belong together. Check both; capital letters"
            " count in the password."
        ),
        "incorrect_password": _("The password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """A login of a moment ago is proof enough."""
        return not factors.is_fresh(self.request, seconds=factors.FRESH_TO_OPEN)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Everybody's first page is their day."""
        return reverse("day")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """A login is no news to who logs in."""
        if message_template not in QUIET:
            super().add_message(
                request, level, message_template, message_context, extra_tags, message
            )

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        account = str(credentials.get("username", "")).lower()
        # Hashed, since people type their password where the user name belongs.
        return blind_index(f"{self.get_client_ip(request)}|{account}", purpose="login")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of factors are sealed for their user; see `factors`."""

    error_messages = {  # noqa: RUF012 - the library's own shape
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or was used already. Wait for the next one."),
        "cannot_delete_authenticator": _(
            "This is your only second factor. Set up another one first."
        ),
    }

    def decrypt(self, encrypted_text: str) -> str:
        """The secret in clear."""
        return factors.open_secret(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """The last factor stays until there is another."""
        others = Authenticator.objects.filter(
            user_id=authenticator.user_id, type__in=factors.KINDS
        ).exclude(pk=authenticator.pk)
        return others.exists() or not factors.required_of(authenticator.user)
