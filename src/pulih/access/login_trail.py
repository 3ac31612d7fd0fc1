"""Every login, failure, logout and second factor in the trail."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest

from pulih.access import audit
from pulih.access.models import User
from pulih.access.sitting import start


def install() -> None:
    """Listen to the login library."""
    for signal, receiver in (
        (auth.user_logged_in, start),
        (account.user_logged_in, _logged_in),
        (account.authentication_step_completed, _proven),
        (auth.user_login_failed, _failed),
        (auth.user_logged_out, _logged_out),
        (mfa.authenticator_used, _factor("factor.used")),
        (mfa.authentication_failed, _factor("factor.failed")),
    ):
        signal.connect(receiver, weak=False, dispatch_uid=f"pulih-{receiver!r}")
    # In the transaction of the row itself; the library tells only once that is committed.
    post_save.connect(_saved, sender=Authenticator, dispatch_uid="pulih-factor-saved")
    post_delete.connect(_deleted, sender=Authenticator, dispatch_uid="pulih-factor-deleted")


def _write(
    verb: str, user: User, request: HttpRequest | None, *, by_user: bool, **more: Any
) -> None:
    detail = {**_place(request), **more}
    with transaction.atomic():
        audit.record(
            verb,
            actor=user if by_user else None,
            subject=user,
            detail=detail,
            office=user.office,
        )


def _place(request: HttpRequest | None) -> dict[str, str]:
    if request is None:
        return {}
    adapter = get_adapter()
    return {
        "address": adapter.get_client_ip(request),
        "device": adapter.get_http_user_agent(request)[:200],
    }


def _logged_in(request: HttpRequest, user: User, **_more: Any) -> None:
    _write("login.succeeded", user, request, by_user=True)


def _proven(request: HttpRequest, user: User, method: str, **more: Any) -> None:
    if more.get("reauthenticated"):
        _write("identity.proven", user, request, by_user=True, method=method)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    """A failure for an account that exists; what is typed for no account may be a password."""
    user = User.objects.filter(username=str(credentials.get("username", ""))).first()
    if user is not None:
        _write("login.failed", user, request, by_user=False)


def _logged_out(request: HttpRequest, user: User | None, **_more: Any) -> None:
    if isinstance(user, User):
        _write("login.ended", user, request, by_user=True)


def _saved(sender: Any, instance: Authenticator, created: bool, **_more: Any) -> None:
    if created:
        _row_changed("factor.added", instance)


def _deleted(sender: Any, instance: Authenticator, **_more: Any) -> None:
    _row_changed("factor.removed", instance)


def _row_changed(verb: str, row: Authenticator) -> None:
    request = context.request
    actor = request.user if request is not None and request.user.is_authenticated else None
    with transaction.atomic():
        audit.record(
            verb,
            actor=actor,
            subject=row.user,
            detail={**_place(request), "kind": str(row.type)},
            office=row.user.office,
        )


def _factor(verb: str) -> Any:
    def receive(request: HttpRequest, user: User, authenticator: Any, **_more: Any) -> None:
        kind = getattr(authenticator, "type", "")
        _write(verb, user, request, by_user=verb != "factor.failed", kind=str(kind))

    return receive
