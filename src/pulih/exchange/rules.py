"""Who may import what, and when an import may be undone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.lists import ListExport
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import names_of
from pulih.common.errors import RuleError
from pulih.exchange.models import ImportBatch

ACTIONS = {
    ImportBatch.Kind.PEOPLE: Action.IMPORT_RUN,
    ImportBatch.Kind.RECIPIENTS: Action.IMPORT_RUN,
    ImportBatch.Kind.STAFF: Action.IMPORT_STAFF,
    ImportBatch.Kind.STUDENTS: Action.IMPORT_STUDENTS,
}

IMPORTS = (Action.IMPORT_RUN, Action.IMPORT_STAFF, Action.IMPORT_STUDENTS)
"""Who may do one of these has a page of imports; which kinds they see is the scope's business."""

EXPORT_MOST = 50_000
EXPORT_AT_ONCE = 2_000
PURPOSE_LENGTH = 10


def may_import(user: User, kind: str) -> Decision:
    """May the user import files of this kind? (R-EXC-1)"""
    action = ACTIONS[ImportBatch.Kind(kind)]
    if user.may(action):
        return ALLOW
    return deny(_("Your role does not import such files."), who=names_of(action))


def may_export(user: User, export: ListExport) -> Decision:
    """May the user take this list away? Whoever may open its page may (R-EXC-10)"""
    if any(user.may(action) for action in export.actions):
        return ALLOW
    return deny(_("Your role does not export this list."), who=names_of(export.actions[0]))


def require_exportable(export: ListExport, *, rows: int, purpose: str) -> None:
    """Refuse an export without a purpose, or of more than anybody works through (R-EXC-10).

    Raises:
        RuleError: there is no row, there are too many, or a list of people is taken for nothing.
    """
    if not rows:
        raise RuleError(_("There is no row to export."), rule="R-EXC-10")
    if rows > EXPORT_MOST:
        raise RuleError(
            _("An export has at most %(most)s rows. Narrow the list down first.")
            % {"most": f"{EXPORT_MOST:,}".replace(",", ".")},
            rule="R-EXC-10",
        )
    if export.personal and len(purpose.strip()) < PURPOSE_LENGTH:
        raise RuleError(_("Say in a few words what the personal data are for."), rule="R-EXC-11")


def may_work_on(user: User, batch: ImportBatch) -> Decision:
    """May the user go on with an import, which is always one of their own office? (R-ACC-146)"""
    if batch.office_id != user.office_id:
        return deny(_("Your role does not import such files."))
    return may_import(user, batch.kind)
