"""Who logs in, and who the session belongs to, read with the office that every page names."""

from __future__ import annotations

import threading
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from pulih.access.models import User

AT_ONCE = 2
"""How many passwords are hashed at a time: each takes a core and tens of megabytes."""
WAIT = 10.0
_slots = threading.BoundedSemaphore(AT_ONCE)


class OfficeBackend(AuthenticationBackend):  # type: ignore[misc]
    """Password logins by user name; a closed account answers like a wrong password (R-ACC-104)."""

    def authenticate(
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        """The user of name and password; each waits its turn, so that a flood slows itself."""
        if not _slots.acquire(timeout=WAIT):
            return None
        try:
            found: AbstractBaseUser | None = super().authenticate(request, **credentials)
            return found
        finally:
            _slots.release()

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> None:
        """The library would tell of a closed account; here nobody learns of one."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, unless the account was closed."""
        user = User.objects.select_related("office").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
