"""Handing a whole caseload over: written down, remarked on, accepted, countersigned, ended."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.actions.compartments import unname_member
from pulih.access.models import User
from pulih.access.numbering import next_numbers
from pulih.access.policy import Action
from pulih.cases.actions.carrying_over import carry_over, notify_all, tell_signers
from pulih.cases.actions.team import name_reader
from pulih.cases.casework_rules import may_countersign, may_hand_over
from pulih.cases.facts import Caseload
from pulih.cases.models import Case, CaseloadHandover, HandoverLine
from pulih.cases.queries.caseload import cases_in_hand
from pulih.cases.queries.staff import candidates_for, may_know
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.actions import drop_tasks

SERIES = "BA"
State = CaseloadHandover.State
Line = HandoverLine.State
WHOLE = "every case of the caseload has its line, also where the starter may not know of it"


@transaction.atomic
def propose_handover(*, caseload: Caseload, by: User) -> CaseloadHandover:
    """Write down who takes over which case; started by a head, it is countersigned with that.

    A sealed case goes along only where its successor is named in it already, or is named now by
    `by`, who may name people in it. Otherwise it stays behind, and only who may know sees that.

    Args:
        caseload: the worker, the section, and who takes each case over.
        by: the worker, the head of the section, or the head of office.

    Raises:
        RuleError: `by` is none of these, no reason is given, there is no case, a successor is
            missing or does not work with cases, or a handover of this worker waits already.

    Source: R-CASE-110, R-CASE-112, docs/rules/cases.md.
    """
    handover = CaseloadHandover(
        office=by.office,
        section=caseload.section,
        worker=caseload.worker,
        reason=caseload.reason.strip(),
        worker_leaves=caseload.worker_leaves,
        started_by=by,
        started_on=today(),
    )
    _check_start(handover, caseload, by)
    cases = list(cases_in_hand(caseload.worker, caseload.section))
    known = set(
        Case.objects.visible_to(by, Action.CASE_ASSIGN)
        .filter(pk__in=[case.pk for case in cases])
        .values_list("pk", flat=True)
    )
    _check_successors(caseload, [case for case in cases if case.pk in known])
    handover.number = next_numbers(by.office, SERIES, today().year)[0]
    if may_countersign(by, handover):
        handover.signed_by, handover.signed_on = by, today()
    handover.save(force_insert=True)
    HandoverLine.objects.bulk_create(
        _line(handover, caseload, case, case.pk in known, by) for case in cases
    )
    if not _has_lines(handover):
        raise RuleError(
            _("No case can change hands: the successors are not named in the sealed cases."),
            rule="R-CASE-112",
        )
    tell_signers(handover, by)
    audit.record("handover.proposed", actor=by, subject=handover, reason=handover.reason)
    return handover


@transaction.atomic
def remark_on_case(*, line: HandoverLine, remarks: str, by: User) -> HandoverLine:
    """Say what the successor must know of one case.

    Raises:
        RuleError: `by` neither hands over nor started it, or it does not wait any more.

    Source: R-CASE-110, docs/rules/cases.md.
    """
    handover = _locked(line.handover)
    if by.pk not in {handover.worker_id, handover.started_by_id}:
        raise RuleError(_("Remarks are those of whoever hands over."), rule="R-CASE-110")
    found = _lines(handover).get(pk=line.pk)
    found.remarks = remarks.strip()
    found.save(update_fields=["remarks"])
    audit.record("handover.changed", actor=by, subject=handover)
    return found


@transaction.atomic
def accept_handover(*, handover: CaseloadHandover, by: User) -> CaseloadHandover:
    """Accept one's part of a caseload; with the last signature everything changes hands at once.

    Raises:
        RuleError: nothing here waits for `by`, or a case cannot change hands.

    Source: R-CASE-111, R-CASE-113, docs/rules/cases.md.
    """
    handover = _locked(handover)
    mine = list(_lines(handover).filter(successor=by, state=Line.WAITING))
    if not mine:
        raise RuleError(_("Nothing here waits for your signature."), rule="R-CASE-111")
    for line in mine:
        line.state, line.accepted_on = Line.ACCEPTED, today()
        line.save(update_fields=["state", "accepted_on"])
    audit.record("handover.accepted", actor=by, subject=handover)
    return _finish(handover, by)


@transaction.atomic
def countersign_handover(*, handover: CaseloadHandover, by: User) -> CaseloadHandover:
    """Countersign as the head; with the last signature everything changes hands at once.

    Raises:
        PermissionDenied: `by` is not the head who countersigns, or hands over themself.
        RuleError: it is countersigned already, does not wait, or a case cannot change hands.

    Source: R-CASE-111, R-CASE-113, docs/rules/cases.md.
    """
    handover = _locked(handover)
    may_countersign(by, handover).require()
    if handover.signed_by_id is not None:
        raise RuleError(_("It is countersigned already."), rule="R-CASE-111")
    handover.signed_by, handover.signed_on = by, today()
    handover.save(update_fields=["signed_by", "signed_on"])
    audit.record("handover.countersigned", actor=by, subject=handover)
    return _finish(handover, by)


@transaction.atomic
def refuse_handover(*, handover: CaseloadHandover, reason: str, by: User) -> CaseloadHandover:
    """Do not accept it: nothing changes hands, also not what others accepted.

    Raises:
        RuleError: `by` neither takes over nor countersigns, gives no reason, or it does not wait.

    Source: R-CASE-114, docs/rules/cases.md.
    """
    handover = _locked(handover)
    takes_over = _lines(handover).filter(successor=by).exists()
    if not takes_over and not may_countersign(by, handover):
        raise RuleError(_("Only who takes over or countersigns refuses."), rule="R-CASE-114")
    _end(handover, State.REFUSED, reason, by)
    audit.record("handover.refused", actor=by, subject=handover, reason=reason)
    return handover


@transaction.atomic
def withdraw_handover(*, handover: CaseloadHandover, reason: str, by: User) -> CaseloadHandover:
    """Take it back before the last signature.

    Raises:
        RuleError: `by` neither hands over nor started it, gives no reason, or it does not wait.

    Source: R-CASE-114, docs/rules/cases.md.
    """
    handover = _locked(handover)
    if by.pk not in {handover.worker_id, handover.started_by_id}:
        raise RuleError(_("Only who hands over takes it back."), rule="R-CASE-114")
    _end(handover, State.WITHDRAWN, reason, by)
    audit.record("handover.withdrawn", actor=by, subject=handover, reason=reason)
    return handover


def _check_start(handover: CaseloadHandover, caseload: Caseload, by: User) -> None:
    decision = may_hand_over(by, caseload.worker, caseload.section)
    if not decision:
        raise RuleError(decision.reason, rule="R-CASE-110")
    if caseload.worker.office_id != by.office_id or caseload.section.office_id != by.office_id:
        raise RuleError(_("This worker is of another office."), rule="R-CASE-110")
    if not handover.reason:
        raise RuleError(_("Say why the caseload is handed over."), rule="R-CASE-110")
    waiting = CaseloadHandover.objects.unscoped(reason="one handover of a worker waits at a time")
    if waiting.filter(
        worker=caseload.worker, section=caseload.section, state=State.WAITING
    ).exists():
        raise RuleError(
            _("A handover of this caseload waits for signatures already."), rule="R-CASE-110"
        )


def _check_successors(caseload: Caseload, cases: list[Case]) -> None:
    if not cases:
        raise RuleError(_("There is no case to hand over."), rule="R-CASE-110")
    if any(case.pk not in caseload.to for case in cases):
        raise RuleError(_("Choose who takes each case over."), rule="R-CASE-110")
    able = set(candidates_for(caseload.section)) - {caseload.worker}
    if not set(caseload.to.values()) <= able:
        raise RuleError(
            _("Cases are taken over by other social workers and the head of the section."),
            rule="R-CASE-110",
        )


def _line(
    handover: CaseloadHandover, caseload: Caseload, case: Case, is_known: bool, by: User
) -> HandoverLine:
    line = HandoverLine(handover=handover, case=case, state=Line.LEFT)
    if not is_known:
        return line
    successor = caseload.to[case.pk]
    line.remarks = caseload.remarks.get(case.pk, "").strip()
    if not may_know(successor, case.compartment_id):
        if case.pk not in caseload.name_in:
            return line
        name_reader(
            case=case,
            user=successor,
            purpose=_("Takes the case over: %(number)s") % {"number": handover.number},
            by=by,
        )
        line.named_for_it = True
    line.successor, line.state = successor, Line.WAITING
    return line


def _lines(handover: CaseloadHandover) -> QuerySet[HandoverLine]:
    return HandoverLine.objects.unscoped(reason=WHOLE).filter(handover=handover)


def _has_lines(handover: CaseloadHandover) -> bool:
    return _lines(handover).exclude(state=Line.LEFT).exists()


def _locked(handover: CaseloadHandover) -> CaseloadHandover:
    rows = CaseloadHandover.objects.unscoped(reason="re-read under a lock; the rule is asked here")
    found = rows.select_for_update(of=("self",)).get(pk=handover.pk)
    if not found.is_waiting:
        raise RuleError(_("This handover does not wait any more."), rule="R-CASE-114")
    return found


def _finish(handover: CaseloadHandover, by: User) -> CaseloadHandover:
    """With every signature there, carry it out; otherwise ask whoever is missing."""
    if handover.signed_by_id is None or _lines(handover).filter(state=Line.WAITING).exists():
        drop_tasks(subject_id=handover.pk, by=by)
        tell_signers(handover, by)
        return handover
    lines = list(_lines(handover).filter(state=Line.ACCEPTED).select_related("case", "successor"))
    carry_over(handover=handover, lines=lines, by=by)
    _close(handover, State.DONE, "", by)
    audit.record("handover.handed_over", actor=by, subject=handover)
    return handover


def _end(handover: CaseloadHandover, state: CaseloadHandover.State, reason: str, by: User) -> None:
    if not reason.strip():
        raise RuleError(_("Say why."), rule="R-CASE-114")
    for line in _lines(handover).filter(named_for_it=True).select_related("case", "successor"):
        # Who was named for this handover alone need not know any more.
        if line.case.compartment is not None and line.successor is not None:
            unname_member(
                compartment=line.case.compartment, user=line.successor, reason=reason, by=by
            )
    _close(handover, state, reason, by)


def _close(handover: CaseloadHandover, state: CaseloadHandover.State, note: str, by: User) -> None:
    handover.state, handover.ended_on, handover.ended_by = state, today(), by
    handover.end_note = note.strip()
    handover.save(update_fields=["state", "ended_on", "ended_by", "end_note"])
    drop_tasks(subject_id=handover.pk, by=by)
    notify_all(handover, by)
