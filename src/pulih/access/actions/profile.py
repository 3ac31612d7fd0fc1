"""What everybody changes about themselves."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.errors import RuleError


@transaction.atomic
def change_password(*, old: str, new: str, by: User) -> User:
    """Change one's own password; other sessions end with the old one.

    Raises:
        RuleError: the old password is not right, or the new one is too weak or the same.

    Source: R-ACC-11, docs/rules/access.md.
    """
    if not by.check_password(old):
        raise RuleError(_("The present password is not right."), rule="R-ACC-11")
    if old == new:
        raise RuleError(_("Choose a password other than the present one."), rule="R-ACC-11")
    try:
        validate_password(new, by)
    except ValidationError as fault:
        raise RuleError(" ".join(fault.messages), rule="R-ACC-11") from fault
    by.set_password(new)
    by.password_is_initial = False
    by.save(update_fields=["password", "password_is_initial"])
    audit.record("user.password_changed", actor=by, subject=by)
    return by


@transaction.atomic
def choose_language(*, language: str, by: User) -> User:
    """Choose the language of one's screens.

    Raises:
        RuleError: there is no such language.

    Source: R-ACC-11, docs/rules/access.md.
    """
    if language not in dict(settings.LANGUAGES):
        raise RuleError(_("There is no such language."), rule="R-ACC-11")
    by.language = language
    by.save(update_fields=["language"])
    audit.record("user.language_chosen", actor=by, subject=by, detail={"language": language})
    return by
