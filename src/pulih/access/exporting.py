"""The users of the office as a list that may be exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.access import lists, queries
from pulih.access.forms.users import UserFilterForm
from pulih.access.models import RoleGrant, User
from pulih.access.policy import Action
from pulih.common.clock import today


def install() -> None:
    """Declare the list of users."""
    lists.declare(
        lists.ListExport(
            code="pengguna",
            title=gettext_lazy("Users"),
            noun="user",
            actions=(Action.USER_MANAGE,),
            personal=False,
            home="access:users",
            ask=_ask,
            columns=(
                lists.Column(gettext_lazy("Name"), 30),
                lists.Column(gettext_lazy("User name"), 20),
                lists.Column(gettext_lazy("Position"), 28),
                lists.Column(gettext_lazy("Unit"), 26),
                lists.Column(gettext_lazy("Roles today"), 40),
                lists.Column(gettext_lazy("Account"), 12),
                lists.Column(gettext_lazy("Last login"), 18),
                lists.Column(gettext_lazy("Added at"), 18),
            ),
            lines=_lines,
        )
    )


def _ask(params: QueryDict, user: User) -> lists.Asked:
    form = UserFilterForm(params)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = queries.list_users(
        user=user,
        words=wanted.get("q", ""),
        role=wanted.get("role", ""),
        active=not wanted.get("closed"),
    )
    return lists.Asked(rows, lists.said_by(form))


def _lines(users: Sequence[Any]) -> Iterable[lists.Line]:
    day = today()
    for user in users:
        yield (
            user.full_name,
            user.username,
            user.position,
            str(user.unit or ""),
            "; ".join(_words(grant) for grant in queries.grants_on(day, of=user)),
            _("open") if user.is_active else _("closed"),
            user.last_login,
            user.created_at,
        )


def _words(grant: RoleGrant) -> str:
    role = grant.get_role_display()
    where = grant.unit or grant.section
    return f"{role} ({where})" if where else role
