"""Who logs in, and who the session belongs to, read with the office that every page names."""

from __future__ import annotations

import threading
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from pulih.access.models import User

AT_ONCE, WAITING = 2, 2
"""How many passwords are hashed at a time, each of which takes a core, and how many wait for that.

Others are put off at once, so that a flood never holds all the threads that answer pages."""
_slots = threading.BoundedSemaphore(AT_ONCE)
_queue = threading.BoundedSemaphore(AT_ONCE + WAITING)


class OfficeBackend(AuthenticationBackend):  # type: ignore[misc]
    """Password logins by user name; a closed account answers like a wrong password (R-ACC-104)."""

    def authenticate(
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        """The user of name and password; each waits its turn, so that a flood slows itself.

        Raises:
            ImmediateHttpResponse: too many wait already; the answer says to come back in a minute.
        """
        if not _queue.acquire(blocking=request is None):
            raise ImmediateHttpResponse(respond_429(request))
        try:
            with _slots:
                found: AbstractBaseUser | None = super().authenticate(request, **credentials)
            return found
        finally:
            _queue.release()

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> None:
        """The library would tell of a closed account; here nobody learns of one."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, unless the account was closed."""
        user = User.objects.select_related("office").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
