"""R-CASE-104, R-CASE-105: the drawings of a case, from the registry and by hand."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent, Compartment
from pulih.cases.actions.drawing import (
    add_figure,
    add_place,
    judge_tie,
    move_drawn,
    order_again,
    remove_drawn,
    tie_figures,
)
from pulih.cases.drawing.figures import CLIENT, Bond, Figure, Sign, Strength, Tie
from pulih.cases.drawing.store import FAMILY, SURROUNDINGS
from pulih.cases.models import FamilyChart, Referral
from pulih.cases.queries.family import family_of, sketch_of, surroundings_of
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people.models import Contact, Household, HouseholdMember, Kinship, Person

R = Kinship.Relation


@pytest.fixture
def mother(case, make_person):
    entry = make_person(full_name="Sumirah", sex="P")
    return case.person.kin.create(relation=R.MOTHER, other=entry)


def kin(case, user):
    return family_of(case, sketch_of(case), user=user)


def around(case, user):
    return surroundings_of(case, sketch_of(case), user=user)


def names(family):
    return [figure.name for figure in family.figures]


def test_the_family_comes_from_the_registry(case, mother, lead):
    case.person.kin.create(relation=R.FATHER, other_name="Karto")
    case.person.kin.create(relation=R.SIBLING, other_name="Endang")
    family = kin(case, lead)

    assert names(family) == [case.person.name, "Karto", "Sumirah", "Endang"]
    assert {tie.bond for tie in family.ties} == {Bond.MARRIED, Bond.PARENT}
    assert sum(tie.bond == Bond.PARENT for tie in family.ties) == 4


def test_a_guardian_who_is_also_the_mother_is_drawn_once(case, mother, lead):
    case.person.kin.create(relation=R.GUARDIAN, other=mother.other)

    assert names(kin(case, lead)).count("Sumirah") == 1


def test_who_has_died_is_crossed_and_who_shares_the_card_is_at_home(case, mother, lead, office):
    Person.objects.unscoped(reason="test").filter(pk=mother.other_id).update(status="deceased")
    card = Household.objects.create(office=office, kk_index="x")
    for person in (case.person, mother.other):
        HouseholdMember.objects.create(household=card, person=person)
    figure = kin(case, lead).figures[1]

    assert (figure.is_dead, figure.at_home) == (True, True)


def test_somebody_of_the_card_who_is_no_kin_is_drawn_beside(case, lead, office, make_person):
    card = Household.objects.create(office=office, kk_index="x")
    for person in (case.person, make_person(full_name="Paijo")):
        HouseholdMember.objects.create(household=card, person=person)
    family = kin(case, lead)

    assert names(family)[1:] == ["Paijo"]
    assert family.ties[0].bond == Bond.OTHER


def test_kin_in_another_compartment_are_not_drawn(case, lead, office):
    room = Compartment.objects.create(office=office)
    hidden = Person.objects.create(
        office=office,
        compartment=room,
        number="P-2026-77777",
        full_name_sealed="Melati",
        created_by=lead,
    )
    case.person.kin.create(relation=R.CHILD, other=hidden)

    assert names(kin(case, lead)) == [case.person.name]


def test_a_sealed_case_draws_also_the_kin_of_the_open_entry(make_case, lead, make_person):
    entry = make_person(full_name="Melati")
    entry.kin.create(relation=R.MOTHER, other_name="Sumi")
    case = make_case(lead=lead, sealed=True, open_entry=entry)

    assert names(kin(case, lead)) == [case.person.name, "Sumi"]


def test_the_surroundings_come_from_neighbours_contacts_referrals_and_needs(case, lead):
    case.person.kin.create(relation=R.NEIGHBOUR, other_name="Bu Lastri")
    Contact.objects.create(person=case.person, kind="phone", value="1", index="1", owner="Pak RT")
    case.referrals.create(
        number="R-1",
        target=Referral.Target.HOSPITAL,
        to_name="RSUD Ngawi",
        purpose="Periksa",
        state=Referral.State.SENT,
        created_by=lead,
        sent_on=today(),
        answer_due_on=today(),
    )
    case.needs.create(kind="identity", helper="Dukcapil", recorded_by=lead)
    case.needs.create(kind="health", helper="rsud ngawi", recorded_by=lead)

    found = [place.name for place in around(case, lead)]
    assert found == ["Bu Lastri", "Pak RT", "RSUD Ngawi", "Dukcapil"]


def test_somebody_is_drawn_by_hand_and_kept_encrypted(case, mother, lead):
    aunt = Figure("", "Bulik Warsi", sign=Sign.WOMAN, age="60")
    add_figure(case=case, figure=aunt, bond=Bond.SIBLING, to=str(mother.pk), by=lead)

    assert "Bulik Warsi" in names(kin(case, lead))
    assert AuditEvent.objects.filter(verb="chart.changed").count() == 1
    stored = FamilyChart.objects.filter(case=case).values_list("content", flat=True)[0]
    assert "Bulik" not in str(stored)


def test_a_child_is_joined_from_the_parent(case, lead):
    child = Figure("", "Dimas", sign=Sign.MAN)
    key = add_figure(case=case, figure=child, bond=Bond.PARENT, to=CLIENT, as_child=True, by=lead)

    assert kin(case, lead).ties[-1] == Tie(Bond.PARENT, CLIENT, key, drawn=True)


def test_a_hand_that_shows_the_way_replaces_the_loose_line(case, mother, lead):
    elder = case.person.kin.create(relation=R.GRANDPARENT, other_name="Mbah Kromo")
    tie_figures(case=case, tie=Tie(Bond.PARENT, str(elder.pk), str(mother.pk)), by=lead)

    assert all(tie.bond != Bond.OTHER for tie in kin(case, lead).ties)


def test_a_new_tie_between_two_replaces_the_old_one(case, mother, lead):
    father = case.person.kin.create(relation=R.FATHER, other_name="Karto")
    for bond in (Bond.SEPARATED, Bond.DIVORCED):
        tie_figures(case=case, tie=Tie(bond, str(father.pk), str(mother.pk)), by=lead)

    bonds = [tie.bond for tie in kin(case, lead).ties]
    assert Bond.DIVORCED in bonds
    assert not {Bond.MARRIED, Bond.SEPARATED} & set(bonds)


def test_a_tie_to_the_surroundings_is_judged(case, lead):
    key = add_place(case=case, name="Masjid", strength=Strength.WEAK, by=lead)
    judge_tie(case=case, key=key, strength=Strength.STRONG, by=lead)

    assert around(case, lead)[0].strength == Strength.STRONG


def test_a_place_on_the_sheet_is_remembered_and_forgotten(case, mother, lead):
    move_drawn(case=case, drawing=FAMILY, key=str(mother.pk), x=4, y=1, by=lead)
    assert sketch_of(case).moves[FAMILY] == {str(mother.pk): (4.0, 1.0)}

    order_again(case=case, drawing=FAMILY, by=lead)
    assert sketch_of(case).moves[FAMILY] == {}


def test_what_is_not_drawn_is_not_joined_moved_or_judged(case, lead):
    for act in (
        lambda: tie_figures(case=case, tie=Tie(Bond.MARRIED, CLIENT, "nobody"), by=lead),
        lambda: move_drawn(case=case, drawing=SURROUNDINGS, key="nobody", x=0, y=0, by=lead),
        lambda: judge_tie(case=case, key="nobody", strength=Strength.WEAK, by=lead),
    ):
        with pytest.raises(RuleError, match="not in the drawing"):
            act()


def test_a_name_and_two_different_people_are_needed(case, lead):
    with pytest.raises(RuleError, match="Write a name"):
        add_figure(case=case, figure=Figure("", " "), bond=Bond.OTHER, to=CLIENT, by=lead)
    with pytest.raises(RuleError, match="two different"):
        tie_figures(case=case, tie=Tie(Bond.MARRIED, CLIENT, CLIENT), by=lead)
    with pytest.raises(RuleError, match="who or what"):
        add_place(case=case, name="", strength=Strength.WEAK, by=lead)


def test_only_what_a_hand_drew_is_taken_away(case, mother, lead):
    key = add_place(case=case, name="Masjid", strength=Strength.WEAK, by=lead)
    remove_drawn(case=case, key=key, by=lead)

    assert around(case, lead) == []
    with pytest.raises(RuleError, match="comes from the registry"):
        remove_drawn(case=case, key=str(mother.pk), by=lead)


def test_only_the_team_draws(case, make_user):
    with pytest.raises(PermissionDenied):
        add_place(case=case, name="Masjid", strength=Strength.WEAK, by=make_user())


@pytest.mark.parametrize("page", ["family", "family_print"])
def test_the_drawings_open_with_their_words(client, case, mother, lead, page):
    client.force_login(lead)
    text = client.get(reverse(f"cases:{page}", args=[case.number])).text

    assert text.count(f'data-node="{mother.pk}"') == 1
    assert "Sumirah" in text
    assert "style=" not in text


def test_a_drag_is_answered_with_the_drawing(client, case, mother, lead):
    client.force_login(lead)
    address = reverse("cases:family_move", args=[case.number])
    sent = {"drawing": FAMILY, "key": str(mother.pk), "x": "3", "y": "0"}

    assert client.post(address, sent).text.lstrip().startswith('<div class="drawing"')
    assert client.post(address, sent | {"key": "nobody"}).status_code == 422


def test_the_forms_draw_join_judge_and_take_away(client, case, mother, lead):
    client.force_login(lead)

    def send(page, **values):
        address = reverse(f"cases:{page}", args=[case.number])
        return client.post(address, values).status_code

    new = {"name": "Dimas", "sign": "man", "bond": "child", "to": CLIENT}
    answers = [
        send("family_add", **new),
        send("family_add", **(new | {"name": ""})),
        send("family_tie", a=CLIENT, bond="divorced", b=str(mother.pk)),
        send("family_place", name="Masjid", strength="strong"),
    ]
    key = around(case, lead)[0].key
    answers += [send("family_strength", key=key, strength="weak"), send("family_remove", key=key)]

    assert answers == [302, 422, 302, 302, 302, 302]


def test_a_reader_who_may_not_know_finds_no_drawing(client, make_case, make_user):
    case = make_case(sealed=True)
    client.force_login(make_user())

    for page in ("family", "family_print"):
        assert client.get(reverse(f"cases:{page}", args=[case.number])).status_code == 404
