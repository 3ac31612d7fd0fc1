"""R-ACC-60 to R-ACC-63: the work programme of a section, and who writes it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pulih.access.actions.programme import (
    add_activity,
    add_programme,
    copy_year,
    drop_activity,
    edit_activity,
    edit_programme,
)
from pulih.access.actions.sections import close_unit
from pulih.access.models import Activity, AuditEvent, Section, User, WorkProgramme
from pulih.access.programme_facts import ActivityFacts, ProgrammeFacts
from pulih.access.programme_queries import (
    list_programmes,
    list_years,
    months_text,
    offered_activities,
    trees_of,
)
from pulih.common.clock import today
from pulih.common.errors import RuleError

YEAR = today().year


@pytest.fixture
def head(make_user):
    """The head of rehabilitation."""
    return make_user("section_head")


@pytest.fixture
def programme(head, section):
    """A programme of rehabilitation in this year."""
    return add_programme(facts=ProgrammeFacts(section, YEAR, "Rehabilitasi Sosial"), by=head)


def line(programme, by, name="Permakanan", parent=None, **values):
    facts = ActivityFacts(name=name, **values)
    return add_activity(programme=programme, parent=parent, facts=facts, by=by)


def test_a_section_head_writes_the_programme_of_the_own_section(programme, head):
    assert list(list_programmes(user=head, year=YEAR)) == [programme]
    assert AuditEvent.objects.filter(verb="programme.added").count() == 1


def test_a_section_head_does_not_write_that_of_another_section(head, office):
    other = office.sections.get(kind=Section.Kind.SECURITY)

    with pytest.raises(PermissionDenied):
        add_programme(facts=ProgrammeFacts(other, YEAR, "Jaminan"), by=head)


def test_the_head_of_office_writes_that_of_every_section(make_user, office):
    chief = make_user("head_of_office")
    for section in office.sections.all():
        add_programme(facts=ProgrammeFacts(section, YEAR, "Program"), by=chief)

    assert list_programmes(user=chief, year=YEAR).count() == 4


@pytest.mark.parametrize("role", ["social_worker", "front_desk", "data_officer"])
def test_the_staff_reads_and_does_not_write(programme, make_user, role):
    reader = make_user(role)

    assert list(list_programmes(user=reader, year=YEAR)) == [programme]
    with pytest.raises(PermissionDenied):
        line(programme, reader)


@pytest.mark.parametrize("role", ["student", "examiner", "administrator"])
def test_who_is_not_of_the_staff_does_not_read(programme, make_user, role):
    assert list(list_programmes(user=make_user(role), year=YEAR)) == []


@pytest.mark.parametrize("slip", [{"name": " "}, {"year": 1999}, {"name": "Rehabilitasi Sosial"}])
def test_a_programme_has_a_name_a_year_and_stands_once(programme, head, section, slip):
    facts = ProgrammeFacts(**{"section": section, "year": YEAR, "name": "Lain", **slip})

    with pytest.raises(RuleError) as refusal:
        add_programme(facts=facts, by=head)

    assert refusal.value.rule == "R-ACC-61"


def test_a_programme_is_renamed(programme, head):
    edit_programme(programme=programme, name="Rehabilitasi Dasar", code="1.06.04", by=head)

    programme.refresh_from_db()
    assert str(programme) == f"Rehabilitasi Dasar {YEAR}"


def test_an_activity_has_sub_activities_and_sums_their_budget(programme, head):
    activity = line(programme, head, "Rehabilitasi lansia", budget=1)
    line(programme, head, "Permakanan", activity, budget=40_000_000, target=60)
    line(programme, head, "Sandang", activity, budget=10_000_000)

    (tree,) = trees_of([programme])
    assert tree.budget == tree.lines[0].budget == 50_000_000
    assert [part.activity.name for part in tree.lines[0].parts] == ["Permakanan", "Sandang"]


def test_a_sub_activity_has_no_parts(programme, head):
    part = line(programme, head, "Permakanan", line(programme, head, "Rehabilitasi lansia"))

    with pytest.raises(RuleError) as refusal:
        line(programme, head, "Nasi", part)

    assert refusal.value.rule == "R-ACC-62"


@pytest.mark.parametrize(
    "slip",
    [{"name": ""}, {"name": "Permakanan"}, {"target": -1}, {"months": (13,)}, {"measure": "kg"}],
)
def test_an_activity_that_cannot_be_is_refused(programme, head, slip):
    line(programme, head)

    with pytest.raises(RuleError) as refusal:
        line(programme, head, **{"name": "Sandang", **slip})

    assert refusal.value.rule == "R-ACC-62"


def test_an_activity_belongs_to_a_unit_of_its_section(programme, head, office):
    stranger = office.sections.get(kind=Section.Kind.SECURITY).units.create(code="x", name="X")

    with pytest.raises(RuleError) as refusal:
        line(programme, head, unit=stranger)

    assert refusal.value.rule == "R-ACC-62"


def test_an_activity_is_changed(programme, head):
    activity = line(programme, head, target=10)

    edit_activity(activity=activity, facts=ActivityFacts("Permakanan", target=25), by=head)

    activity.refresh_from_db()
    assert activity.target == 25


def test_the_database_keeps_an_activity_once(programme):
    Activity.objects.create(programme=programme, name="Permakanan")

    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.create(programme=programme, name="Permakanan")


def test_what_is_taken_out_is_no_longer_offered(programme, head, section):
    activity = line(programme, head, "Rehabilitasi lansia")
    part = line(programme, head, "Permakanan", activity)
    assert offered_activities(section, user=head) == [part]

    drop_activity(activity=activity, by=head)

    part.refresh_from_db()
    assert part.dropped_on == today()
    assert offered_activities(section, user=head) == []


def test_an_activity_whose_parts_are_gone_is_offered_itself(programme, head, section):
    activity = line(programme, head, "Rehabilitasi lansia")
    drop_activity(activity=line(programme, head, "Permakanan", activity), by=head)

    assert offered_activities(section, user=head) == [activity]


def test_the_year_before_is_taken_over_with_all_its_lines(programme, head, section):
    activity = line(programme, head, "Rehabilitasi lansia", months=(1, 2))
    line(programme, head, "Permakanan", activity, target=60, budget=40_000_000)

    (copy,) = copy_year(section=section, year=YEAR + 1, by=head)

    (tree,) = trees_of([copy])
    part = tree.lines[0].parts[0].activity
    assert (part.name, part.target, part.budget) == ("Permakanan", 60, 40_000_000)
    assert part.parent.programme_id == copy.pk
    assert list_years(user=head) == [YEAR + 1, YEAR]


def test_who_has_left_and_a_closed_unit_are_not_taken_over(programme, head, section, make_user):
    unit, owner = section.units.get(code="disabilitas"), make_user()
    line(programme, head, "Alat bantu", unit=unit, owner=owner)
    close_unit(unit=unit, by=head)
    User.objects.filter(pk=owner.pk).update(is_active=False)

    (copy,) = copy_year(section=section, year=YEAR + 1, by=head)

    activity = copy.activities.get()
    assert (activity.name, activity.unit, activity.owner) == ("Alat bantu", None, None)


def test_a_closed_unit_keeps_its_activities_and_gets_no_new_one(programme, head, section):
    unit = section.units.get(code="disabilitas")
    kept = line(programme, head, "Alat bantu", unit=unit)
    close_unit(unit=unit, by=head)
    unit.refresh_from_db()

    facts = ActivityFacts("Alat bantu", target=9, unit=unit)
    kept = edit_activity(activity=kept, facts=facts, by=head)
    with pytest.raises(RuleError) as refusal:
        line(programme, head, "Kursi roda", unit=unit)

    assert (kept.target, refusal.value.rule) == (9, "R-ACC-62")


def test_below_an_activity_that_is_taken_out_nothing_is_added(programme, head):
    activity = drop_activity(activity=line(programme, head), by=head)

    with pytest.raises(RuleError) as refusal:
        line(programme, head, "Permakanan lansia", parent=activity)

    assert refusal.value.rule == "R-ACC-63"


def test_taking_over_twice_changes_nothing(programme, head, section):
    copy_year(section=section, year=YEAR + 1, by=head)

    assert copy_year(section=section, year=YEAR + 1, by=head) == []
    assert WorkProgramme.objects.visible_to(head).filter(year=YEAR + 1).count() == 1


def test_a_year_without_programme_is_not_taken_over(head, section):
    with pytest.raises(RuleError) as refusal:
        copy_year(section=section, year=YEAR, by=head)

    assert refusal.value.rule == "R-ACC-61"


def test_months_are_told_in_runs():
    assert months_text([]) == ""
    assert months_text([3, 1, 2, 6]) == "Jan–Mar, Jun"
