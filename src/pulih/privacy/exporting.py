"""The record of processing as a spreadsheet: no personal data, so it downloads at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from pulih.access import lists
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.privacy import queries
from pulih.privacy.models import RightsRequest


def install() -> None:
    """Declare the register of requests."""
    lists.declare(
        lists.ListExport(
            code="permohonan-data",
            title=gettext_lazy("Requests about data"),
            noun="rights",
            actions=(Action.RIGHTS_READ,),
            personal=False,
            home="privacy:requests",
            ask=_ask,
            columns=(
                lists.Column(gettext_lazy("Number"), 16),
                lists.Column(gettext_lazy("What is asked"), 36),
                lists.Column(gettext_lazy("Received"), 18),
                lists.Column(gettext_lazy("Due"), 18),
                lists.Column(gettext_lazy("State"), 16),
                lists.Column(gettext_lazy("Ground of the refusal"), 36),
                lists.Column(gettext_lazy("Decided at"), 18),
            ),
            lines=_lines,
        )
    )


def _ask(_params: QueryDict, user: User) -> lists.Asked:
    return lists.Asked(
        queries.list_requests(user=user, open_only=False).filter(compartment=None), []
    )


def _lines(requests: Sequence[RightsRequest]) -> Iterable[lists.Line]:
    for one in requests:
        yield (
            one.number,
            one.get_kind_display(),
            one.received_at,
            one.due_at,
            one.get_state_display(),
            one.get_ground_display() if one.ground else "",
            one.decided_at,
        )
