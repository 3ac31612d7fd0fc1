"""For whom an instrument may be used; each no says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import names_of
from pulih.cases.instruments import Instrument
from pulih.cases.models import Case

PSYCHOSIS = "acute_psychosis"
LAST_CHILD_KIND = 7
"""The first seven kinds of PPKS are of children."""


def may_use(
    instrument: Instrument, case: Case, on: dt.date, *, signs: Collection[str] | None = None
) -> Decision:
    """May the instrument be used with this client on this day (R-CASE-64)?

    An age that is not known blocks nothing: the worker sees whom they ask.

    Args:
        signs: those of the latest assessment, if the caller has read them already.
    """
    fit = instrument.fit
    age = age_of(case, on)
    if fit.youngest is not None and age is not None and age[1] < fit.youngest:
        return deny(
            _("Not for children under %(age)d: %(name)s was not made for them.")
            % {"age": fit.youngest, "name": instrument}
        )
    if fit.not_psychotic and PSYCHOSIS in (signs_of(case) if signs is None else signs):
        return deny(
            _("Not during an acute psychosis, which the assessment notes: treatment comes first.")
        )
    return ALLOW


def may_manage(user: User) -> Decision:
    """Who loads texts, defines scales and switches instruments on (R-CASE-63)?"""
    if user.may(Action.INSTRUMENT_MANAGE):
        return ALLOW
    return deny(
        _("Your role does not manage the instruments."), who=names_of(Action.INSTRUMENT_MANAGE)
    )


def is_for(instrument: Instrument, case: Case, on: dt.date) -> bool:
    """Is the instrument offered for this client, because of kind and age?"""
    fit = instrument.fit
    if case.ppks_kind in fit.kinds:
        return True
    if fit.oldest is None:
        return True
    age = age_of(case, on)
    if age is None:
        return case.ppks_kind is not None and case.ppks_kind <= LAST_CHILD_KIND
    return age[0] <= fit.oldest


def age_of(case: Case, on: dt.date) -> tuple[int, int] | None:
    """The lowest and highest age that the client can have on a day; None when it is not known."""
    birth = case.person.birth
    return None if birth is None else birth.age_on(on)


def signs_of(case: Case) -> Collection[str]:
    """The signs that the latest assessment notes."""
    latest = case.assessments.first()
    return (latest.signs or ()) if latest is not None else ()
