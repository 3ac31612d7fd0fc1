"""Models of cases."""

from pulih.cases.models.assessment import Assessment, Measurement
from pulih.cases.models.case import Basis, Case, CaseEvent, CaseNote, TeamMember
from pulih.cases.models.chart import FamilyChart
from pulih.cases.models.closure import Closure, FollowUp
from pulih.cases.models.counter import CounterEvent, CounterService
from pulih.cases.models.exclusion import Exclusion
from pulih.cases.models.glass import BrokenGlass
from pulih.cases.models.grant import CaseGrant
from pulih.cases.models.handover import CaseloadHandover, HandoverLine
from pulih.cases.models.instrument import OfficeInstrument
from pulih.cases.models.need import Need
from pulih.cases.models.offer import ServiceOffer
from pulih.cases.models.plan import Goal, GoalRating, Plan, PlannedService
from pulih.cases.models.referral import Conference, Referral
from pulih.cases.models.report import Report
from pulih.cases.models.service import GroupSession, ServiceRecord
from pulih.cases.models.voice import ClientRating

__all__ = [
    "Assessment",
    "Basis",
    "BrokenGlass",
    "Case",
    "CaseEvent",
    "CaseGrant",
    "CaseNote",
    "CaseloadHandover",
    "ClientRating",
    "Closure",
    "Conference",
    "CounterEvent",
    "CounterService",
    "FamilyChart",
    "Exclusion",
    "FollowUp",
    "Goal",
    "GoalRating",
    "GroupSession",
    "HandoverLine",
    "Measurement",
    "OfficeInstrument",
    "Need",
    "Plan",
    "PlannedService",
    "Referral",
    "Report",
    "ServiceOffer",
    "ServiceRecord",
    "TeamMember",
]
