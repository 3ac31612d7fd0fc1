"""What happens when a caseload changes hands: leads, tasks, needs, doors, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.roles import Role
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.actions.team import close_door
from pulih.cases.models import Case, CaseloadHandover, HandoverLine, Need, TeamMember
from pulih.cases.queries.caseload import Summary, summaries
from pulih.cases.queries.staff import candidates_for, heads_of, may_know
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.actions import notify, open_task, pass_on
from pulih.inbox.models import Queue, Subject

ACCEPT, COUNTERSIGN = "accept_handover", "countersign_handover"


@transaction.atomic
def carry_over(*, handover: CaseloadHandover, lines: Sequence[HandoverLine], by: User) -> None:
    """Give every accepted case its new lead, with all that is open in it.

    A case that the worker no longer leads, and a sealed one whose successor is not named any
    more, stays behind.

    Args:
        handover: with every signature.
        lines: the accepted ones, with case and successor.
        by: whoever signed last.

    Raises:
        RuleError: a successor no longer works with cases: then nothing changes hands.

    Source: R-CASE-113, docs/rules/cases.md.
    """
    able = set(candidates_for(handover.section))
    known = summaries([line.case for line in lines], holder=handover.worker)
    for line in lines:
        if line.successor not in able:
            raise RuleError(
                _("%(name)s does not work with cases any more: nothing changes hands.")
                % {"name": line.successor},
                rule="R-CASE-113",
            )
        _carry_one(handover, line, known[line.case_id], by)


def _carry_one(handover: CaseloadHandover, line: HandoverLine, summary: Summary, by: User) -> None:
    case, successor = lock_case(line.case), line.successor
    former = case.team.filter(user=handover.worker, is_lead=True, left_on=None).first()
    if successor is None or former is None or not may_know(successor, case.compartment_id):
        line.state = HandoverLine.State.LEFT
        line.save(update_fields=["state"])
        return
    _change_lead(case, former, successor)
    own_needs = case.needs.filter(owner=handover.worker, state=Need.State.OPEN)
    keys = [case.pk, *own_needs.values_list("pk", flat=True)]
    pass_on(subject_ids=keys, holder=handover.worker, to=successor, reason=handover.number, by=by)
    own_needs.update(owner=successor)
    if handover.worker_leaves:
        _leave(case, former, handover, by)
    line.state, line.summary = HandoverLine.State.MOVED, asdict(summary)
    line.save(update_fields=["state", "summary"])
    add_event(
        case,
        "lead_changed",
        on=today(),
        by=handover.signed_by,
        former=handover.worker.full_name,
        who=successor.full_name,
        reason=handover.number,
    )
    audit.record(
        "case.handed_over",
        actor=by,
        subject=case,
        reason=handover.reason,
        detail={
            "handover": handover.number,
            "from": str(handover.worker_id),
            "to": str(successor.pk),
            "countersigned_by": str(handover.signed_by_id),
        },
    )


def _change_lead(case: Case, former: TeamMember, successor: User) -> None:
    former.is_lead = False
    former.save(update_fields=["is_lead"])
    member = case.team.filter(user=successor, left_on=None).first()
    if member is None:
        case.team.create(user=successor, is_lead=True, joined_on=today())
    else:
        member.is_lead = True
        member.save(update_fields=["is_lead"])


def _leave(case: Case, former: TeamMember, handover: CaseloadHandover, by: User) -> None:
    """The worker leaves the team, and the compartment with it."""
    former.left_on = max(today(), former.joined_on)
    former.save(update_fields=["left_on"])
    close_door(case, handover.worker, handover.number, by)


def tell_signers(handover: CaseloadHandover, by: User) -> None:
    """Ask everybody whose signature is missing; who started it knows already."""
    about = Subject.of(handover, "cases:handover", key=handover.pk)
    lines = HandoverLine.objects.unscoped(reason="who is asked to accept").filter(
        handover=handover, state=HandoverLine.State.WAITING
    )
    for user in User.objects.filter(pk__in=lines.values("successor")):
        open_task(
            kind=ACCEPT,
            title=_("Read and accept caseload %(number)s") % {"number": handover.number},
            about=about,
            to=user,
            by=by,
        )
    if handover.signed_by_id is None:
        own = heads_of(handover.section).filter(pk=handover.worker_id).exists()
        head = Queue(Role.HEAD_OF_OFFICE) if own else Queue(Role.SECTION_HEAD, handover.section)
        open_task(
            kind=COUNTERSIGN,
            title=_("Countersign caseload %(number)s") % {"number": handover.number},
            about=about,
            to=head,
            by=by,
        )


def notify_all(handover: CaseloadHandover, by: User) -> None:
    """Tell everybody who had a part in it how it ended."""
    lines = HandoverLine.objects.unscoped(reason="who took part").filter(handover=handover)
    keys = {handover.worker_id, handover.started_by_id}
    if handover.signed_by_id is not None:
        keys.add(handover.signed_by_id)
    taking = lines.exclude(successor=None).values("successor")
    notify(
        kind="handover_ended",
        title=_("Caseload %(number)s: %(state)s")
        % {"number": handover.number, "state": handover.get_state_display().lower()},
        about=Subject.of(handover, "cases:handover", key=handover.pk),
        to=list(User.objects.filter(Q(pk__in=keys) | Q(pk__in=taking)).exclude(pk=by.pk)),
        by=by,
    )
