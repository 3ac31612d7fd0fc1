"""The work programme: programmes, their activities, and taking over those of the year before."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.changes import check_unchanged
from pulih.access.models import Activity, Section, User, WorkProgramme
from pulih.access.policy import Action
from pulih.access.programme_facts import ActivityFacts, ProgrammeFacts
from pulih.access.programme_rules import may_plan
from pulih.access.rules import may
from pulih.common.clock import today
from pulih.common.errors import RuleError

FIRST_YEAR, LAST_YEAR = 2000, 2100
ONE_NAME = "a programme of a section stands once in a year"


@transaction.atomic
def add_programme(*, facts: ProgrammeFacts, by: User) -> WorkProgramme:
    """Add a programme to the year of a section.

    Raises:
        PermissionDenied: `by` does not write the programme of the section.
        RuleError: there is no name, the year cannot be, or it stands there already.

    Source: R-ACC-60, R-ACC-61, docs/rules/access.md.
    """
    may_plan(by, facts.section).require()
    _check_programme(facts, None)
    programme = WorkProgramme(office=by.office, created_by=by)
    _fill_programme(programme, facts)
    programme.save(force_insert=True)
    audit.record("programme.added", actor=by, subject=programme, detail=_told(programme))
    return programme


@transaction.atomic
def edit_programme(
    *, programme: WorkProgramme, name: str, code: str = "", seen: str | None = None, by: User
) -> WorkProgramme:
    """Change the name and the code of a programme; its section and year stay.

    Args:
        seen: the stamp of the form it was typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` does not write the programme of the section.
        RuleError: there is no name, or another one has it.

    Source: R-ACC-60, R-ACC-61, docs/rules/access.md.
    """
    may(by, Action.PROGRAMME_MANAGE, programme).require()
    rows = WorkProgramme.objects.unscoped(reason="read anew under its lock; may was asked")
    programme = rows.select_for_update(of=("self",)).get(pk=programme.pk)
    check_unchanged(programme, seen)
    before = _told(programme)
    facts = ProgrammeFacts(programme.section, programme.year, name, code)
    _check_programme(facts, programme)
    _fill_programme(programme, facts)
    programme.save(update_fields=["name", "code"])
    audit.record("programme.edited", actor=by, subject=programme, detail=before)
    return programme


@transaction.atomic
def add_activity(
    *, programme: WorkProgramme, parent: Activity | None = None, facts: ActivityFacts, by: User
) -> Activity:
    """Add an activity to a programme, or a sub-activity below one.

    Args:
        parent: the activity that it is a part of; a part has no parts of its own.

    Raises:
        PermissionDenied: `by` does not write this programme.
        RuleError: there is no name or it stands there already, a figure or a month cannot be,
            unit or owner do not belong there, or the tree would grow deeper.

    Source: R-ACC-60, R-ACC-62, docs/rules/access.md.
    """
    may(by, Action.PROGRAMME_MANAGE, programme).require()
    if parent is not None and (parent.programme_id != programme.pk or parent.parent_id):
        raise RuleError(
            _("A sub-activity belongs to an activity of the same programme."), rule="R-ACC-62"
        )
    if parent is not None and parent.dropped_on is not None:
        raise RuleError(_("This activity is taken out already."), rule="R-ACC-63")
    activity = Activity(programme=programme, parent=parent)
    _check_activity(activity, facts)
    _fill_activity(activity, facts)
    activity.save(force_insert=True)
    audit.record("activity.added", actor=by, subject=programme, detail={"name": activity.name})
    return activity


@transaction.atomic
def edit_activity(
    *, activity: Activity, facts: ActivityFacts, seen: str | None = None, by: User
) -> Activity:
    """Change an activity; what was given for it stays with it.

    Args:
        seen: the stamp of the form it was typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` does not write this programme.
        RuleError: as for `add_activity`.

    Source: R-ACC-60, R-ACC-62, docs/rules/access.md.
    """
    programme = activity.programme
    may(by, Action.PROGRAMME_MANAGE, programme).require()
    activity = programme.activities.select_for_update(of=("self",)).get(pk=activity.pk)
    check_unchanged(activity, seen, trail_of=programme)
    _check_activity(activity, facts)
    before = {"name": activity.name, "target": activity.target, "budget": activity.budget}
    _fill_activity(activity, facts)
    activity.save()
    audit.record("activity.edited", actor=by, subject=programme, detail=before)
    return activity


@transaction.atomic
def drop_activity(*, activity: Activity, by: User) -> Activity:
    """Take an activity out of the programme, with its sub-activities.

    Nothing more is recorded for it. What was given for it keeps it, also what `by` may not know
    of: so the answer is the same whether there is any.

    Raises:
        PermissionDenied: `by` does not write this programme.
        RuleError: it is taken out already.

    Source: R-ACC-60, R-ACC-63, docs/rules/access.md.
    """
    may(by, Action.PROGRAMME_MANAGE, activity.programme).require()
    if activity.dropped_on is not None:
        raise RuleError(_("This activity is taken out already."), rule="R-ACC-63")
    for one in (activity, *activity.parts.filter(dropped_on=None)):
        one.dropped_on = today()
        one.save(update_fields=["dropped_on"])
    audit.record(
        "activity.dropped",
        actor=by,
        subject=activity.programme,
        detail={"name": activity.name},
    )
    return activity


@transaction.atomic
def copy_year(*, section: Section, year: int, by: User) -> list[WorkProgramme]:
    """Take the programmes of the year before over, with activities, targets and budgets.

    A unit that is closed since and an owner who has left are not taken over.

    A programme that stands in the year already is left as it is, so that doing it twice changes
    nothing.

    Args:
        year: the year that is filled.

    Raises:
        PermissionDenied: `by` does not write the programme of the section.
        RuleError: the year before has none.

    Source: R-ACC-60, R-ACC-61, docs/rules/access.md.
    """
    may_plan(by, section).require()
    _take_turns(section)
    old = _programmes(section).filter(year=year - 1)
    if not old:
        raise RuleError(
            _("There is no programme of %(year)d to take over.") % {"year": year - 1},
            rule="R-ACC-61",
        )
    present = set(_programmes(section).filter(year=year).values_list("name", flat=True))
    made = [_copy(one, year, by) for one in old if one.name not in present]
    for programme in made:
        audit.record("programme.copied", actor=by, subject=programme, detail=_told(programme))
    return made


def _programmes(section: Section) -> QuerySet[WorkProgramme]:
    rows = WorkProgramme.objects.unscoped(reason=ONE_NAME)
    return rows.filter(section=section).order_by("code", "name")


def _take_turns(section: Section) -> None:
    """Who writes the programme of a section waits until another has done: nothing comes twice."""
    Section.objects.select_for_update().get(pk=section.pk)


def _copy(old: WorkProgramme, year: int, by: User) -> WorkProgramme:
    programme = WorkProgramme.objects.create(
        office=old.office,
        section=old.section,
        year=year,
        code=old.code,
        name=old.name,
        copied_from=old,
        created_by=by,
    )
    activities = old.activities.filter(dropped_on=None).select_related("unit", "owner")
    copies: dict[UUID | None, Activity] = {}
    for activity in sorted(activities, key=lambda one: one.parent_id is not None):
        copies[activity.pk] = Activity.objects.create(
            programme=programme,
            parent=copies.get(activity.parent_id),
            code=activity.code,
            name=activity.name,
            target=activity.target,
            measure=activity.measure,
            months=activity.months,
            unit=activity.unit if activity.unit and activity.unit.closed_on is None else None,
            owner=activity.owner if activity.owner and activity.owner.is_active else None,
            budget=activity.budget,
        )
    return programme


def _check_programme(facts: ProgrammeFacts, present: WorkProgramme | None) -> None:
    if not facts.name.strip():
        raise RuleError(_("Give the programme a name."), rule="R-ACC-61")
    if not FIRST_YEAR <= facts.year <= LAST_YEAR:
        raise RuleError(_("This year cannot be."), rule="R-ACC-61")
    _take_turns(facts.section)
    same = _programmes(facts.section).filter(year=facts.year, name=facts.name.strip())
    if present is not None:
        same = same.exclude(pk=present.pk)
    if same.exists():
        raise RuleError(_("This programme stands in the year already."), rule="R-ACC-61")


def _fill_programme(programme: WorkProgramme, facts: ProgrammeFacts) -> None:
    programme.section = facts.section
    programme.year = facts.year
    programme.name = facts.name.strip()
    programme.code = facts.code.strip()


def _check_activity(activity: Activity, facts: ActivityFacts) -> None:
    if not facts.name.strip():
        raise RuleError(_("Give the activity a name."), rule="R-ACC-62")
    _take_turns(activity.programme.section)
    same = Activity.objects.filter(
        programme=activity.programme,
        parent=activity.parent,
        name=facts.name.strip(),
        dropped_on=None,
    )
    if same.exclude(pk=activity.pk).exists():
        raise RuleError(_("This activity stands there already."), rule="R-ACC-62")
    if facts.measure not in Activity.Measure.values or not set(facts.months) <= set(range(1, 13)):
        raise RuleError(_("A measure or a month cannot be."), rule="R-ACC-62")
    if min(facts.target or 0, facts.budget or 0) < 0:
        raise RuleError(_("A target or a budget is not below nothing."), rule="R-ACC-62")
    _check_owner(activity, facts)


def _check_owner(activity: Activity, facts: ActivityFacts) -> None:
    programme, unit = activity.programme, facts.unit
    if unit is not None and unit.section_id != programme.section_id:
        raise RuleError(_("This unit belongs to another section."), rule="R-ACC-62")
    if unit is not None and unit.closed_on is not None and unit.pk != activity.unit_id:
        raise RuleError(_("This unit is closed already."), rule="R-ACC-62")
    owner = facts.owner
    if owner is not None and (owner.office_id != programme.office_id or not owner.is_active):
        raise RuleError(_("This user does not work in the office now."), rule="R-ACC-62")


def _fill_activity(activity: Activity, facts: ActivityFacts) -> None:
    activity.name = facts.name.strip()
    activity.code = facts.code.strip()
    activity.target = facts.target
    activity.measure = facts.measure
    activity.months = sorted(set(facts.months))
    activity.unit = facts.unit
    activity.owner = facts.owner
    activity.budget = facts.budget


def _told(programme: WorkProgramme) -> dict[str, str]:
    return {"name": programme.name, "year": str(programme.year), "code": programme.code}
