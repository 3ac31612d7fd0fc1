"""What the office sets for its letters: letterhead, numbering, who signs."""

from __future__ import annotations

import re
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.papers import patterns, rules
from pulih.papers.facts import HeadFacts, SeriesFacts, SignatoryFacts
from pulih.papers.models import Letterhead, NumberSeries, Signatory
from pulih.papers.queries import letterhead_of, series_of


@transaction.atomic
def set_letterhead(*, facts: HeadFacts, by: User) -> Letterhead:
    """Set what stands at the head of letters from now on; issued letters stay as they are.

    Raises:
        PermissionDenied: `by` does not set it.
        RuleError: the office has no name.

    Source: R-PAP-10, docs/rules/papers.md.
    """
    rules.may_manage(by).require()
    if not facts.name.strip():
        raise RuleError(_("The letterhead needs the name of the office."), rule="R-PAP-10")
    head = letterhead_of(by.office)
    for name, value in asdict(facts).items():
        setattr(head, name, value.strip())
    head.save()
    audit.record("letterhead.changed", actor=by, subject=head, detail=asdict(facts))
    return head


@transaction.atomic
def set_series(*, code: str, facts: SeriesFacts, by: User) -> NumberSeries:
    """Set how a series is numbered from now on; numbers that were given stay.

    Raises:
        PermissionDenied: `by` does not set it.
        RuleError: the pattern makes no numbers, or another series has the same.

    Source: R-PAP-4, R-PAP-11, docs/rules/papers.md.
    """
    rules.may_manage(by).require()
    pattern = facts.pattern.strip()
    patterns.check(pattern, yearly=facts.yearly)
    if not 1 <= facts.padding <= patterns.MAX_PADDING or facts.start < 1:
        raise RuleError(
            _("Digits are 1 to %(most)s, and the first number is 1 or more.")
            % {"most": patterns.MAX_PADDING},
            rule="R-PAP-11",
        )
    for other in NumberSeries.Code.values:
        if other != code and series_of(by.office, other).pattern == pattern:
            raise RuleError(
                _("Another series has this pattern; begin one of them with other letters."),
                rule="R-PAP-11",
            )
    series = series_of(by.office, code)
    series.pattern, series.padding = pattern, facts.padding
    series.start, series.yearly = facts.start, facts.yearly
    series.save()
    audit.record(
        "numbering.changed", actor=by, subject=series, detail={"series": code, **asdict(facts)}
    )
    return series


@transaction.atomic
def add_signatory(*, facts: SignatoryFacts, by: User) -> Signatory:
    """Add somebody who signs for the office.

    Raises:
        PermissionDenied: `by` does not set it.
        RuleError: days, NIP or posts do not fit together.

    Source: R-PAP-7, R-PAP-12, docs/rules/papers.md.
    """
    rules.may_manage(by).require()
    signatory = Signatory(office=by.office)
    _write(signatory, facts)
    audit.record("signatory.added", actor=by, subject=signatory, detail=_told(facts))
    return signatory


@transaction.atomic
def change_signatory(*, signatory: Signatory, facts: SignatoryFacts, by: User) -> Signatory:
    """Change or end somebody who signs; letters that they signed stay as they are.

    Raises:
        PermissionDenied: `by` does not set it.
        RuleError: days, NIP or posts do not fit together.

    Source: R-PAP-7, R-PAP-12, docs/rules/papers.md.
    """
    rules.may_manage(by).require()
    signatory = Signatory.objects.select_for_update(of=("self",)).get(
        pk=signatory.pk, office=by.office
    )
    _write(signatory, facts)
    audit.record("signatory.changed", actor=by, subject=signatory, detail=_told(facts))
    return signatory


def _write(signatory: Signatory, facts: SignatoryFacts) -> None:
    _check(facts)
    signatory.section = facts.section
    for name in ("name", "post", "rank", "own_post", "decree"):
        setattr(signatory, name, getattr(facts, name).strip())
    signatory.nip = _digits(facts.nip)
    signatory.capacity = facts.capacity
    signatory.valid_from, signatory.valid_until = facts.valid_from, facts.valid_until
    signatory.save()


def _check(facts: SignatoryFacts) -> None:
    nip = _digits(facts.nip)
    if nip and not re.fullmatch(r"\d{18}", nip):
        raise _refusal(_("A NIP has 18 digits."))
    if facts.valid_until is not None and facts.valid_until < facts.valid_from:
        raise _refusal(_("The last day is before the first."))
    behalf = facts.capacity == Signatory.Capacity.ON_BEHALF
    if behalf and not facts.own_post.strip():
        raise _refusal(_("Whoever signs on behalf of the head needs a post of their own."))
    acting = {Signatory.Capacity.TASKED, Signatory.Capacity.DAILY}
    if facts.capacity in acting and facts.valid_until is None:
        raise _refusal(_("An acting head (Plt., Plh.) signs until a day; name it."))


def _refusal(message: str) -> RuleError:
    return RuleError(message, rule="R-PAP-12")


def _digits(nip: str) -> str:
    return "".join(nip.split())


def _told(facts: SignatoryFacts) -> dict[str, str]:
    return {
        "post": facts.post,
        "capacity": facts.capacity,
        "from": facts.valid_from.isoformat(),
        "until": facts.valid_until.isoformat() if facts.valid_until else "",
        "on": today().isoformat(),
    }
