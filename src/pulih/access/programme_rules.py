"""Who writes the work programme of a section."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import Section, User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.access.rules import names_of


def may_plan(user: User, section: Section) -> Decision:
    """The head of a section writes its programme, the head of office that of every section
    (R-ACC-60)."""
    headed = {g.section_id for g in user.current_grants if g.role == Role.SECTION_HEAD}
    in_office = section.office_id == user.office_id
    if in_office and (user.holds(Role.HEAD_OF_OFFICE) or section.pk in headed):
        return ALLOW
    return deny(
        _("You do not write the work programme of this section."),
        who=names_of(Action.PROGRAMME_MANAGE),
    )
