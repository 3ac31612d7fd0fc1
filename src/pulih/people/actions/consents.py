"""Consent and the bases in law that stand in its place."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people import rules
from pulih.people.drafts import ConsentTerms
from pulih.people.models import Consent, Person
from pulih.people.queries.limits import limit_of
from pulih.people.storage.locking import lock_entry

PASSES_ON = frozenset({Consent.Purpose.SHARE, Consent.Purpose.PUBLICATION})
"""The purposes for which data leave the office."""


@transaction.atomic
def record_consent(*, person: Person, terms: ConsentTerms, by: User) -> Consent:
    """Record a consent, or the basis in law that needs none.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: a child consents alone, somebody else consents without a name, data go to
            nobody, or the days do not fit.

    Source: R-PEO-9, docs/rules.md (UU 27/2022 art. 20, 25, 26).
    """
    entry = lock_entry(person, by=by)
    _check_terms(entry, terms)
    consent = Consent.objects.create(
        person=entry,
        purpose=terms.purpose,
        basis=terms.basis,
        capacity=terms.capacity,
        recipient=terms.recipient,
        scope=terms.scope,
        given_by=terms.given_by,
        given_on=terms.given_on,
        expires_on=terms.expires_on,
        recorded_by=by,
    )
    audit.record(
        "consent.recorded",
        actor=by,
        subject=entry,
        detail={"purpose": terms.purpose, "basis": terms.basis, "capacity": terms.capacity},
    )
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, reason: str, by: User) -> Consent:
    """Take a consent back from today; what was done under it stays as it was.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: it was withdrawn already, or it is no consent but a basis in law.

    Source: R-PEO-9, docs/rules.md.
    """
    entry = lock_entry(consent.person, by=by)
    if consent.withdrawn_on is not None:
        raise RuleError(_("This consent was withdrawn already."), rule="R-PEO-9")
    if consent.basis != Consent.Basis.CONSENT:
        raise RuleError(
            _("A basis in law is not withdrawn; an objection to it is another matter."),
            rule="R-PEO-9",
        )
    return _end(consent, entry, reason, by)


@transaction.atomic
def end_consents(*, person: Person, chosen: Collection[UUID], reason: str, by: User) -> int:
    """End the chosen consents of a person whose request for it was granted; the caller has asked.

    Returns:
        How many ended: only consents that stood, never a basis in law.

    Source: R-PEO-9, docs/rules.md.
    """
    rows = person.consents.filter(pk__in=chosen, withdrawn_on=None, basis=Consent.Basis.CONSENT)
    found = list(rows)
    for consent in found:
        _end(consent, person, reason, by)
    return len(found)


def _end(consent: Consent, entry: Person, reason: str, by: User) -> Consent:
    consent.withdrawn_on, consent.withdrawn_by = today(), by
    consent.withdrawn_reason = reason
    consent.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_reason"])
    audit.record(
        "consent.withdrawn",
        actor=by,
        subject=entry,
        reason=reason,
        detail={"purpose": consent.purpose},
    )
    return consent


def _check_terms(entry: Person, terms: ConsentTerms) -> None:
    """Stop at what the law or the office does not accept as a consent."""
    capacity, basis = terms.capacity, terms.basis
    consenting = basis == Consent.Basis.CONSENT
    alone = capacity == Consent.Capacity.SELF
    problem = ""
    if consenting and alone and rules.is_surely_a_child(entry, terms.given_on):
        problem = _("A child does not consent alone: a parent or guardian does.")
    elif consenting and capacity == Consent.Capacity.NOBODY:
        problem = _("A consent is given by somebody.")
    elif consenting and not alone and not terms.given_by.strip():
        problem = _("Write who consented for the person.")
    elif terms.purpose == Consent.Purpose.SHARE and not terms.recipient.strip():
        problem = _("Write who receives the data.")
    elif terms.purpose in PASSES_ON and limit_of(entry) is not None:
        problem = _("The person asked to limit the use of these data: they are passed to nobody.")
    elif terms.given_on > today():
        problem = _("The day lies in the future.")
    elif terms.expires_on and terms.expires_on < terms.given_on:
        problem = _("It ends before it begins.")
    if problem:
        raise RuleError(problem, rule="R-PEO-9")
