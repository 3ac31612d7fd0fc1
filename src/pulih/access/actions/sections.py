"""Names of sections and units: the office calls its parts as its own decree does."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pulih.access import audit, user_rules
from pulih.access.changes import check_unchanged
from pulih.access.models import Section, Unit, User
from pulih.common.clock import today
from pulih.common.errors import RuleError

CODE_LENGTH = 30
NAME_LENGTH = 120


@transaction.atomic
def rename_section(*, section: Section, name: str, seen: str | None = None, by: User) -> Section:
    """Give a section another name; what kind of section it is stays.

    Args:
        seen: the stamp of the form it was typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` neither heads the section nor administers the office.
        RuleError: there is no name, or another section has it.

    Source: R-ACC-31, docs/rules/access.md.
    """
    user_rules.may_manage_section(by, section).require()
    section = Section.objects.select_for_update(of=("self",)).get(pk=section.pk)
    check_unchanged(section, seen)
    before, section.name = section.name, _checked(name)
    others = Section.objects.filter(office=section.office_id, name__iexact=section.name)
    if others.exclude(pk=section.pk).exists():
        raise RuleError(_("Another section has this name."), rule="R-ACC-31")
    section.save(update_fields=["name"])
    audit.record("section.renamed", actor=by, subject=section, detail=_changed(before, section))
    return section


@transaction.atomic
def add_unit(*, section: Section, name: str, by: User) -> Unit:
    """Add a unit to a section.

    Raises:
        PermissionDenied: `by` neither heads the section nor administers the office.
        RuleError: there is no name, or another unit of the section has it.

    Source: R-ACC-31, docs/rules/access.md.
    """
    user_rules.may_manage_section(by, section).require()
    # Two who press at once are asked one after the other.
    Section.objects.select_for_update().get(pk=section.pk)
    name = _free_unit_name(section, name)
    unit = Unit.objects.create(section=section, code=_free_code(section, name), name=name)
    audit.record("unit.added", actor=by, subject=unit, detail={"name": name})
    return unit


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, seen: str | None = None, by: User) -> Unit:
    """Give a unit another name.

    Args:
        seen: the stamp of the form it was typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` neither heads the section nor administers the office.
        RuleError: there is no name, or another unit of the section has it.

    Source: R-ACC-31, docs/rules/access.md.
    """
    user_rules.may_manage_section(by, unit.section).require()
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    check_unchanged(unit, seen)
    before, unit.name = unit.name, _free_unit_name(unit.section, name, but=unit)
    unit.save(update_fields=["name"])
    audit.record("unit.renamed", actor=by, subject=unit, detail=_changed(before, unit))
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, by: User) -> Unit:
    """Close a unit: its records keep it, nothing new is given to it.

    Raises:
        PermissionDenied: `by` neither heads the section nor administers the office.
        RuleError: it is closed, or somebody still heads it.

    Source: R-ACC-31, docs/rules/access.md.
    """
    unit = Unit.objects.select_for_update(of=("self",)).select_related("section").get(pk=unit.pk)
    user_rules.may_manage_section(by, unit.section).require()
    if unit.closed_on is not None:
        raise RuleError(_("This unit is closed already."), rule="R-ACC-31")
    day = today()
    if unit.grants.filter(Q(valid_until=None) | Q(valid_until__gte=day)).exists():
        raise RuleError(
            _("Somebody still heads this unit: the administrator ends that role first."),
            rule="R-ACC-31",
        )
    unit.closed_on = day
    unit.save(update_fields=["closed_on"])
    audit.record("unit.closed", actor=by, subject=unit)
    return unit


def _checked(name: str) -> str:
    words = " ".join(name.split())[:NAME_LENGTH]
    if not words:
        raise RuleError(_("A section or unit has a name."), rule="R-ACC-31")
    return words


def _free_unit_name(section: Section, name: str, but: Unit | None = None) -> str:
    words = _checked(name)
    others = section.units.filter(name__iexact=words, closed_on=None)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise RuleError(_("Another unit of this section has this name."), rule="R-ACC-31")
    return words


def _free_code(section: Section, name: str) -> str:
    stem = slugify(name)[: CODE_LENGTH - 3].strip("-") or "seksi"
    taken = set(section.units.values_list("code", flat=True))
    tries = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
    return next(code for code in tries if code not in taken)


def _changed(before: str, row: Section | Unit) -> dict[str, str]:
    return {"before": before, "after": row.name}
