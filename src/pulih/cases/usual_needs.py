"""Which needs the office usually meets first, by the kind of PPKS: data, offered and never forced.

From the service items of the district's minimum standard (food, clothing, aids, health, civil
papers, schooling, tracing and reunification); for kinds outside that standard from its practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pulih.cases.models import Need

K = Need.Kind


@dataclass(frozen=True, slots=True)
class UsualNeed:
    """A need as it is offered."""

    kind: Need.Kind
    text: Promise

    @property
    def code(self) -> str:
        """What a form sends back for it, whatever else is on the list by then."""
        return f"{self.kind.value}:{self.text}"


_MEALS = UsualNeed(K.FOOD, _("Daily meals"))
_CLOTHES = UsualNeed(K.CLOTHING, _("Clothes and bedding"))
_WASHING = UsualNeed(K.HYGIENE, _("Bathing, soap, a haircut"))
_ROOF = UsualNeed(K.SHELTER, _("A safe place to sleep"))
_DOCTOR = UsualNeed(K.HEALTH, _("Health check and treatment"))
_INSURED = UsualNeed(K.HEALTH, _("Health insurance that is active"))
_PAPERS = UsualNeed(K.IDENTITY, _("NIK, identity card, family card"))
_BIRTH = UsualNeed(K.IDENTITY, _("Birth certificate and child's identity card"))
_HOME = UsualNeed(K.TRAVEL, _("The way home to the family"))
_SCHOOL = UsualNeed(K.SCHOOL, _("Going to school, or back to school"))
_LAW = UsualNeed(K.LEGAL, _("Somebody who accompanies through the law"))
_DEVICE = UsualNeed(K.OTHER, _("An assistive device that fits"))
_CARER = UsualNeed(K.OTHER, _("Somebody who cares every day"))
_INCOME = UsualNeed(K.OTHER, _("A way to earn a living"))

_BASIC = (_MEALS, _CLOTHES, _WASHING)
_STREET = (*_BASIC, _ROOF, _DOCTOR, _PAPERS, _HOME)
_DISASTER = (*_BASIC, _ROOF, _DOCTOR, _PAPERS)

USUAL: Mapping[int, tuple[UsualNeed, ...]] = {
    1: (_MEALS, _CLOTHES, _DOCTOR, _BIRTH, _CARER),
    2: (_MEALS, _CLOTHES, _DOCTOR, _BIRTH, _SCHOOL, _CARER),
    3: (_LAW, _DOCTOR, _SCHOOL, _BIRTH),
    4: (_MEALS, _CLOTHES, _DOCTOR, _BIRTH, _SCHOOL, _HOME),
    5: (_DOCTOR, _DEVICE, _BIRTH, _SCHOOL, _CARER),
    6: (_ROOF, _DOCTOR, _LAW, _SCHOOL, _BIRTH),
    7: (_ROOF, _DOCTOR, _LAW, _SCHOOL, _BIRTH),
    8: (*_BASIC, _ROOF, _DOCTOR, _PAPERS, _CARER),
    9: (_DOCTOR, _INSURED, _DEVICE, _PAPERS, _CARER),
    10: (_ROOF, _DOCTOR, _PAPERS, _INCOME),
    11: _STREET,
    12: (*_STREET, _INCOME),
    13: (_DOCTOR, _PAPERS, _INCOME),
    14: (_PAPERS, _DOCTOR, _INCOME),
    15: (_PAPERS, _ROOF, _INCOME),
    16: (_DOCTOR, _INSURED, _MEALS),
    17: (_DOCTOR, _ROOF, _INCOME),
    18: (*_BASIC, _ROOF, _DOCTOR, _PAPERS, _LAW, _HOME),
    19: (_ROOF, _DOCTOR, _LAW, _PAPERS),
    20: (_ROOF, _DOCTOR, _PAPERS, _LAW, _HOME),
    21: _DISASTER,
    22: (*_DISASTER, _HOME),
    23: (_PAPERS, _INSURED, _INCOME),
    24: (_MEALS, _INSURED, _PAPERS, _INCOME),
    25: (UsualNeed(K.OTHER, _("Somebody to talk to as a family")), _PAPERS),
    26: (_PAPERS, _DOCTOR, _SCHOOL),
}


def usual_needs(ppks_kind: int | None) -> tuple[UsualNeed, ...]:
    """What is offered for a case of this kind; nothing without a kind."""
    return () if ppks_kind is None else USUAL.get(ppks_kind, ())
