"""Models of access."""

from pulih.access.models.audit import AuditEvent, AuditHead, DailyHead
from pulih.access.models.compartment import Compartment, CompartmentMember
from pulih.access.models.counter import NumberCounter
from pulih.access.models.epoch import SyncEpoch
from pulih.access.models.office import Office, Section, Unit
from pulih.access.models.programme import Activity, WorkProgramme
from pulih.access.models.student import StudentRecord
from pulih.access.models.user import RoleGrant, User

__all__ = [
    "Activity",
    "AuditEvent",
    "AuditHead",
    "Compartment",
    "CompartmentMember",
    "DailyHead",
    "NumberCounter",
    "Office",
    "RoleGrant",
    "Section",
    "StudentRecord",
    "SyncEpoch",
    "Unit",
    "User",
    "WorkProgramme",
]
