"""Who the session belongs to, read with the office that every page names."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from pulih.access.models import User


class OfficeBackend(ModelBackend):
    """Django's own backend; the user of a request comes with their office, in one query."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, unless the account was closed."""
        user = User.objects.select_related("office").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
