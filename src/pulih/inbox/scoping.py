"""What the policy's words mean for tasks, notices and appointments."""

from __future__ import annotations

from django.db.models import Q

from pulih.access import scope
from pulih.access.models import RoleGrant, User
from pulih.access.policy import Action, Relation
from pulih.inbox.models import CalendarEntry, Notice, Task
from pulih.inbox.rules import shut_subjects


def own_task(user: User, grant: RoleGrant) -> Q:
    """Held by the user, or asked by the user of somebody else."""
    return Q(owner=user) | Q(created_by=user)


def queued_task(user: User, grant: RoleGrant) -> Q:
    """In the queue of the role that the grant gives, in its section or in none."""
    if grant.unit_id:
        # The head of a unit is asked by name; the queue of the section is its head's.
        return scope.NOTHING
    return Q(queue_role=grant.role) & (
        Q(queue_section=None) | Q(queue_section=grant.section_id)
        if grant.section_id
        else Q(queue_section=None)
    )


def install() -> None:
    """Register the protection of this app's records."""
    scope.register(
        Task,
        scope.Protection(
            read=Action.TASK_WORK,
            office="office",
            compartment="compartment",
            restricted=None,
            relations={Relation.CREATOR: own_task, Relation.SECTION: queued_task},
            actions=frozenset({Action.TASK_WORK}),
            barred=shut_subjects,
        ),
    )
    scope.register(
        Notice,
        scope.Protection(
            read=Action.TASK_WORK,
            office="office",
            compartment="compartment",
            restricted=None,
            relations={
                Relation.CREATOR: lambda user, grant: Q(user=user),
                Relation.SECTION: lambda user, grant: scope.NOTHING,
            },
            actions=frozenset({Action.TASK_WORK}),
            barred=shut_subjects,
        ),
    )
    scope.register(
        CalendarEntry,
        scope.Protection(
            read=Action.TASK_WORK,
            office="office",
            compartment="compartment",
            restricted=None,
            relations={
                Relation.CREATOR: lambda user, grant: Q(owner=user),
                Relation.SECTION: lambda user, grant: scope.NOTHING,
            },
            actions=frozenset({Action.TASK_WORK}),
            barred=shut_subjects,
        ),
    )
