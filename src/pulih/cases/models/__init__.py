"""Models of cases."""

from pulih.cases.models.assessment import Assessment, Measurement
from pulih.cases.models.case import Basis, Case, CaseEvent, CaseNote, TeamMember
from pulih.cases.models.closure import Closure, FollowUp
from pulih.cases.models.counter import CounterEvent, CounterService
from pulih.cases.models.offer import ServiceOffer
from pulih.cases.models.instrument import OfficeInstrument
from pulih.cases.models.plan import Goal, GoalRating, Plan, PlannedService
from pulih.cases.models.referral import Conference, Referral
from pulih.cases.models.report import Report
from pulih.cases.models.service import GroupSession, ServiceRecord

__all__ = [
    "Assessment",
    "Basis",
    "Case",
    "CaseEvent",
    "CaseNote",
    "Closure",
    "Conference",
    "CounterEvent",
    "CounterService",
    "FollowUp",
    "Goal",
    "GoalRating",
    "GroupSession",
    "Measurement",
    "OfficeInstrument",
    "Plan",
    "PlannedService",
    "Referral",
    "Report",
    "ServiceOffer",
    "ServiceRecord",
    "TeamMember",
]
