"""Choosing colleagues: from a list that was read once for the whole form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from pulih.access.models import User


class StaffField(forms.ChoiceField):
    """One colleague out of those that are offered; empty is None."""

    _offered: dict[str, User]

    def offer(self, users: Iterable[User], *, empty: str | Promise = "—") -> None:
        """Set who can be chosen, and what the empty choice says."""
        self._offered = {str(user.pk): user for user in users}
        self.choices = [("", empty), *((key, _label(user)) for key, user in self._offered.items())]

    def clean(self, value: Any) -> Any:
        """The user of a key."""
        return self._offered.get(super().clean(value))


class StaffListField(forms.MultipleChoiceField):
    """Several colleagues out of those that are offered."""

    widget = forms.CheckboxSelectMultiple
    _offered: dict[str, User]

    def offer(self, users: Iterable[User]) -> None:
        """Set who can be chosen."""
        self._offered = {str(user.pk): user for user in users}
        self.choices = [(key, _label(user)) for key, user in self._offered.items()]

    def clean(self, value: Any) -> Any:
        """The users of the keys."""
        keys = super().clean(value)
        if not set(keys) <= self._offered.keys():
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return tuple(self._offered[key] for key in keys)


def _label(user: User) -> str:
    return f"{user.full_name} · {user.position}" if user.position else user.full_name
