"""Who may do what with an incoming letter, and to whom it is handed on."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pulih.access import rules as access
from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import RoleGrant, User
from pulih.access.policy import Action, roles_with
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.desk.models import Disposition, IncomingLetter


def may_register(user: User) -> Decision:
    """Who writes letters into the agenda (R-DESK-40)."""
    if user.may(Action.MAIL_RECEIVE):
        return ALLOW
    return deny(_("Your role does not keep the agenda."), who=access.names_of(Action.MAIL_RECEIVE))


def may_open_scan(user: User, letter: IncomingLetter) -> Decision:
    """The readers of a letter open its scan and read what passed between those who had it; of a
    secret one, once it is handed on, the front desk no longer does (R-DESK-41)."""
    seen = access.may(user, Action.MAIL_READ, letter)
    if not seen or not letter.is_secret or letter.state == IncomingLetter.State.NEW:
        return seen
    if in_chain(user, letter) or user.holds(Role.HEAD_OF_OFFICE):
        return ALLOW
    return deny(_("The scan of a secret letter is for those to whom it was handed."))


def may_scan(user: User, letter: IncomingLetter) -> Decision:
    """Scans are added by the front desk, and by those to whom the letter was handed (R-DESK-41)."""
    if not may_open_scan(user, letter):
        return deny(_("You do not open the scan of this letter."))
    if access.may(user, Action.MAIL_RECEIVE, letter):
        return ALLOW
    return access.may(user, Action.MAIL_ANSWER, letter)


def may_correct(user: User, letter: IncomingLetter) -> Decision:
    """A slip of the pen is mended by the front desk, until the letter is handed on (R-DESK-40)."""
    if letter.state != IncomingLetter.State.NEW:
        return deny(_("The letter has been handed on already."))
    return access.may(user, Action.MAIL_RECEIVE, letter)


def in_chain(user: User, letter: IncomingLetter) -> bool:
    """Did the letter pass through the user's hands by a disposition?"""
    steps = letter.dispositions.exclude(state=Disposition.State.WITHDRAWN)
    return steps.filter(Q(sender=user) | Q(receiver=user)).exists()


def may_begin(user: User, letter: IncomingLetter) -> Decision:
    """The head of office begins the chain (R-DESK-42)."""
    if user.holds(Role.HEAD_OF_OFFICE):
        return access.may(user, Action.MAIL_DISPOSE, letter)
    return deny(
        _("Only the head of office hands a new letter on."), who=str(Role.HEAD_OF_OFFICE.label)
    )


def may_forward(user: User, step: Disposition) -> Decision:
    """Whoever holds a disposition hands it further down their own line (R-DESK-42)."""
    if step.receiver_id != user.pk or not step.is_waiting:
        return deny(_("Only who holds the letter now hands it on."))
    if not access.may(user, Action.MAIL_DISPOSE, step.letter):
        return deny(
            _("Your role does not hand letters on."), who=access.names_of(Action.MAIL_DISPOSE)
        )
    return ALLOW


def may_answer(user: User, step: Disposition) -> Decision:
    """Only the receiver of a waiting disposition answers it (R-DESK-44)."""
    if step.receiver_id != user.pk or not step.is_waiting:
        return deny(_("Only who holds the letter now answers."), who=step.receiver.full_name)
    return access.may(user, Action.MAIL_ANSWER, step.letter)


def may_take_back(user: User, step: Disposition) -> Decision:
    """Only the sender takes a disposition back, until it is answered (R-DESK-43)."""
    if step.sender_id != user.pk or not step.is_waiting:
        return deny(
            _("Only who sent a disposition takes it back, until it is answered."),
            who=step.sender.full_name,
        )
    return ALLOW


def may_turn(user: User, letter: IncomingLetter) -> Decision:
    """Those in whose hands a letter is make it into a report, appointment or task (R-DESK-45)."""
    if user.holds(Role.HEAD_OF_OFFICE):
        return access.may(user, Action.MAIL_DISPOSE, letter)
    return access.may(user, Action.MAIL_ANSWER, letter)


def may_make_secret(user: User, letter: IncomingLetter) -> Decision:
    """The front desk while it holds a letter, then those in whose hands it is (R-DESK-41)."""
    if letter.state == IncomingLetter.State.NEW and may_correct(user, letter):
        return ALLOW
    return may_turn(user, letter)


def receivers_for(user: User) -> QuerySet[User]:
    """To whom a user may hand a letter on, heads of sections first (R-DESK-42).

    The head of office to everybody of the staff; a section head to the workers of the section; a
    worker to colleagues of the own unit.
    """
    day = today()
    grants = RoleGrant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        role__in=roles_with(Action.MAIL_ANSWER),
        valid_from__lte=day,
    )
    staff = User.objects.filter(office=user.office_id, is_active=True).exclude(pk=user.pk)
    if user.holds(Role.HEAD_OF_OFFICE):
        below = Q(pk__in=grants.values("user"))
    else:
        below = _line_below(user, grants)
    heads = grants.filter(role=Role.SECTION_HEAD, user=OuterRef("pk"))
    rows = staff.filter(below).annotate(is_head=Exists(heads)).select_related("unit")
    return rows.order_by("-is_head", "full_name")


def _line_below(user: User, grants: QuerySet[RoleGrant]) -> Q:
    heads = [g for g in user.current_grants if g.role == Role.SECTION_HEAD]
    sections = [g.section_id for g in heads if g.unit_id is None]
    # Heads of units are section heads too: they stand below the head of the whole section, and
    # hand on within their unit.
    line = grants.filter(role__in=(Role.SOCIAL_WORKER, Role.SECTION_HEAD))
    below = Q(pk__in=line.filter(section__in=sections).values("user"))
    units = [g.unit_id for g in heads if g.unit_id is not None]
    below |= Q(unit__in=units, pk__in=line.values("user"))
    if user.unit_id is not None:
        below |= Q(unit=user.unit_id, pk__in=line.values("user"))
    return below
