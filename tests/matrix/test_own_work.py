"""Nobody approves, judges or decides what they did themselves: the table of approvals."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from pulih.access.actions.granting import give_role
from pulih.access.actions.users import deactivate_user, reset_password
from pulih.access.models import User
from pulih.access.roles import Role
from pulih.cases.actions.approving import approve_plan, return_plan
from pulih.cases.actions.excluding import end_exclusion
from pulih.cases.actions.glass import judge_glass
from pulih.cases.actions.handing_over import countersign_handover
from pulih.cases.models import BrokenGlass, CaseloadHandover, Exclusion, Plan
from pulih.common.clock import now, today
from pulih.privacy.actions.destroying import destroy, refuse_destruction
from pulih.privacy.actions.requests import grant_request, refuse_request
from pulih.privacy.models import Destruction, RightsRequest

pytestmark = pytest.mark.django_db
WHY = "Alasan yang cukup panjang untuk aturan ini."


def _plan(world, by: User) -> Plan:
    plan = world.rows["open"]["plan"]
    Plan.objects.filter(pk=plan.pk).update(author=by, state=Plan.State.SUBMITTED)
    return Plan.objects.get(pk=plan.pk)


def _glass(world, by: User) -> BrokenGlass:
    return BrokenGlass.objects.create(
        case=world.rows["restricted"]["case"],
        user=by,
        reason=WHY,
        broken_at=now(),
        until_at=now() + dt.timedelta(hours=4),
    )


def _handover(world, by: User) -> CaseloadHandover:
    rows = CaseloadHandover.objects.unscoped(reason="test").filter(office=world.office)
    rows.update(worker=by)
    return rows.get()


def _exclusion(world, by: User) -> Exclusion:
    found = world.rows["open"]["exclusion"]
    Exclusion.objects.filter(pk=found.pk).update(user=by)
    return Exclusion.objects.get(pk=found.pk)


def _destruction(world, by: User) -> Destruction:
    rows = Destruction.objects.unscoped(reason="test").filter(
        pk=world.rows["open"]["destruction"].pk
    )
    rows.update(proposed_by=by)
    return rows.get()


def _request(world, by: User) -> RightsRequest:
    rows = RightsRequest.objects.unscoped(reason="test").filter(pk=world.rows["open"]["request"].pk)
    rows.update(received_by=by)
    return rows.get()


HEAD, CHIEF, ADMIN = "section_head", "head_of_office", "administrator"
# What it is, whose role, and the approval of one's own.
APPROVALS = [
    ("plan approved", HEAD, lambda w, u: approve_plan(plan=_plan(w, u), by=u)),
    ("plan returned", HEAD, lambda w, u: return_plan(plan=_plan(w, u), note=WHY, by=u)),
    ("plan approved", CHIEF, lambda w, u: approve_plan(plan=_plan(w, u), by=u)),
    ("glass", HEAD, lambda w, u: judge_glass(glass=_glass(w, u), justified=True, words=WHY, by=u)),
    ("glass", CHIEF, lambda w, u: judge_glass(glass=_glass(w, u), justified=True, words=WHY, by=u)),
    ("handover", HEAD, lambda w, u: countersign_handover(handover=_handover(w, u), by=u)),
    ("exclusion", HEAD, lambda w, u: end_exclusion(exclusion=_exclusion(w, u), reason=WHY, by=u)),
    ("exclusion", CHIEF, lambda w, u: end_exclusion(exclusion=_exclusion(w, u), reason=WHY, by=u)),
    ("destruction", CHIEF, lambda w, u: destroy(proposal=_destruction(w, u), by=u)),
    (
        "destruction refused",
        CHIEF,
        lambda w, u: refuse_destruction(proposal=_destruction(w, u), note=WHY, by=u),
    ),
    ("request", CHIEF, lambda w, u: grant_request(request=_request(w, u), answer=WHY, by=u)),
    (
        "request refused",
        CHIEF,
        lambda w, u: refuse_request(request=_request(w, u), ground="harm", answer=WHY, by=u),
    ),
    ("own password", ADMIN, lambda w, u: reset_password(user=u, by=u)),
    ("own account", ADMIN, lambda w, u: deactivate_user(user=u, reason=WHY, by=u)),
    (
        "own role",
        ADMIN,
        lambda w, u: give_role(user=u, role=Role.HEAD_OF_OFFICE, valid_from=today(), by=u),
    ),
]


@pytest.mark.parametrize(
    ("role", "approve"),
    [pytest.param(role, act, id=f"{name} by {role}") for name, role, act in APPROVALS],
)
def test_nobody_approves_what_is_their_own(world, role, approve):
    user = world.users[role, "team"]
    with transaction.atomic():
        with pytest.raises(PermissionDenied):
            approve(world, user)
        transaction.set_rollback(True)
