"""Destroying a case at the end of its term: proposed by one, done by another, certified."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.access.rules import may
from pulih.cases.actions.settling import end_tasks
from pulih.cases.actions.shredding import shred_case
from pulih.cases.models import Case
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.inbox.actions import open_task
from pulih.inbox.models import Queue, Subject
from pulih.papers.actions import draft_letter
from pulih.papers.facts import About
from pulih.papers.models import Letter
from pulih.privacy import rules
from pulih.privacy.models import Destruction

LOCKED = "re-read under a lock; may_decide_destruction is asked of the row"
TEMPLATE = "ba-pemusnahan"


@transaction.atomic
def propose_destruction(*, case: Case, by: User) -> Destruction:
    """Propose that an ended case is destroyed; the head of office gets it as a task.

    Raises:
        PermissionDenied: `by` proposes nothing for this section.
        RuleError: its term is not over, it is held, or something of it still waits.

    Source: R-PRI-12, docs/rules/privacy.md.
    """
    may(by, Action.DESTRUCTION_PROPOSE, case).require()
    _check(case)
    if (
        Destruction.objects.unscoped(reason="one proposal at a time")
        .filter(case=case, state=Destruction.State.PROPOSED)
        .exists()
    ):
        raise RuleError(_("This was proposed already."), rule="R-PRI-12")
    found = rules.retained(case, rules.schedule_of(case.office))
    if found is None or case.ended_on is None:
        raise RuleError(_("The case is still running."), rule="R-PRI-12")
    line = found.rule
    made = Destruction.objects.create(
        office=case.office,
        compartment=case.compartment,
        case=case,
        case_key=case.pk,
        number=case.number,
        ended_on=case.ended_on,
        basis=" · ".join(filter(None, (line.code, line.source, f"{line.years} th"))),
        proposed_by=by,
        proposed_at=now(),
    )
    audit.record("destruction.proposed", actor=by, subject=made)
    open_task(
        kind="decide_destruction",
        title=_("Decide on the destruction of case %(number)s") % {"number": case.number},
        about=Subject.of(made, "privacy:destruction", pk=made.pk),
        to=Queue(Role.HEAD_OF_OFFICE),
        key=f"destruction:{made.pk}",
        by=by,
    )
    return made


@transaction.atomic
def destroy(*, proposal: Destruction, note: str = "", by: User) -> Destruction:
    """Destroy the case with all that hangs on it, and draft the certificate.

    Registered people stay: their own term is another. The trail keeps the number alone.

    Raises:
        PermissionDenied: `by` does not decide, or proposed it.
        RuleError: it is decided already, or something holds the case since.

    Source: R-PRI-12, R-PRI-13, docs/rules/privacy.md.
    """
    found = _lock(proposal, by)
    case = found.case
    if case is None:
        raise RuleError(_("This is decided already."), rule="R-PRI-13")
    _check(case)
    # The key to the case goes with it, so the proposal lets go first.
    found.case = None
    found.save(update_fields=["case"])
    found.destroyed = shred_case(case=case, by=by)
    found.state, found.note = Destruction.State.DONE, note
    _decide(found, "destruction.done", by)
    return found


@transaction.atomic
def refuse_destruction(*, proposal: Destruction, note: str, by: User) -> Destruction:
    """Keep the case; the reason is told.

    Source: R-PRI-13, docs/rules/privacy.md.
    """
    found = _lock(proposal, by)
    if not note.strip():
        raise RuleError(_("Write why the case is kept."), rule="R-PRI-13")
    found.state, found.note = Destruction.State.REFUSED, note
    _decide(found, "destruction.refused", by)
    return found


@transaction.atomic
def certify(*, destruction: Destruction, by: User) -> Letter:
    """Draft the certificate of a destruction: what was destroyed, by whom, on which basis.

    Raises:
        PermissionDenied: `by` writes no letters.
        RuleError: nothing was destroyed.

    Source: R-PRI-14, docs/rules/privacy.md.
    """
    if destruction.state != Destruction.State.DONE or destruction.decided_at is None:
        raise RuleError(_("Nothing was destroyed yet."), rule="R-PRI-14")
    decided_by = destruction.decided_by
    return draft_letter(
        template=TEMPLATE,
        fields={
            "case_number": destruction.number,
            "ended_on": destruction.ended_on,
            "basis": destruction.basis,
            "destroyed_on": destruction.decided_at.astimezone().date(),
            "proposed_by": destruction.proposed_by.full_name,
            "decided_by": decided_by.full_name if decided_by else "",
            "destroyed": [
                {"what": what, "count": str(count)}
                for what, count in sorted(destruction.destroyed.items())
            ],
        },
        about=About(
            Destruction._meta.label_lower,
            destruction.pk,
            _("Destruction of case %(number)s") % {"number": destruction.number},
            "privacy:destruction",
        ),
        compartment=destruction.compartment,
        by=by,
    )


def _check(case: Case) -> None:
    refusal = rules.may_destroy(case)
    if not refusal:
        raise RuleError(refusal.reason, rule="R-PRI-12")


def _lock(proposal: Destruction, by: User) -> Destruction:
    rows = Destruction.objects.unscoped(reason=LOCKED).select_related("case", "proposed_by")
    found = rows.select_for_update(of=("self",)).get(pk=proposal.pk)
    rules.may_decide_destruction(by, found).require()
    if found.state != Destruction.State.PROPOSED:
        raise RuleError(_("This is decided already."), rule="R-PRI-13")
    return found


def _decide(found: Destruction, verb: str, by: User) -> None:
    found.decided_by, found.decided_at = by, now()
    found.save()
    audit.record(verb, actor=by, subject=found, reason=found.note, detail=found.destroyed)
    end_tasks(found.pk, by)
