"""Who reads and writes the letters about records of this app: as they may the record itself."""

from __future__ import annotations

from uuid import UUID

from pulih.access.models import User
from pulih.access.policy import Action
from pulih.cases.models import Case, Referral
from pulih.cases.queries.minutes import KIND, reads_minutes, writes_minutes
from pulih.papers.rules import register_about


def install() -> None:
    """Register the records that letters are about."""
    register_about("cases.case", may_read=_reads_case, may_write=_works_on_case)
    register_about("cases.referral", may_read=_reads_referral, may_write=_works_on_referral)
    register_about(KIND, may_read=reads_minutes, may_write=writes_minutes)


def _reads_case(user: User, key: UUID) -> bool:
    return Case.objects.visible_to(user).filter(pk=key).exists()


def _works_on_case(user: User, key: UUID) -> bool:
    return Case.objects.visible_to(user, Action.CASE_WORK).filter(pk=key).exists()


def _reads_referral(user: User, key: UUID) -> bool:
    # The section that is asked sees the referral, not the letter: it reads no case of others.
    return Case.objects.visible_to(user).filter(referrals=key).exists()


def _works_on_referral(user: User, key: UUID) -> bool:
    return (
        Referral.objects.visible_to(user, Action.CASE_WORK)
        .filter(pk=key, case__in=Case.objects.visible_to(user, Action.CASE_WORK))
        .exists()
    )
