"""What the actions of this app take: facts in the words of the field."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pulih.access.models import User


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was received.

    Attributes:
        kind: of `RightsRequest.Kind`; asker: of `RightsRequest.Asker`.
        asked_by: name of who asks, where it is not the person.
        proof: how it was shown who asks.
        wish: what is asked, in their words.
        asker_is_suspect: is who asks suspected of harming the person?
        received_at: the moment from which the 3×24 hours run.
    """

    kind: str
    asker: str
    asked_by: str
    proof: str
    wish: str
    asker_is_suspect: bool
    received_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A line of the retention schedule; `years` full years after the end of a case."""

    type: str
    ppks_kind: int | None
    years: int
    fate: str
    code: str
    source: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """A breach as it was noticed.

    Attributes:
        account: through whose account; None for every account.
        since, until: between which moments the data lay open.
        what, how, handling: in words, as the letters will say them.
    """

    noticed_at: dt.datetime
    account: User | None
    since: dt.datetime
    until: dt.datetime
    what: str
    how: str
    handling: str
