"""R-CASE-112: a sealed case goes along only to who may know, and nobody else learns that it is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pulih.access.models import RoleGrant
from pulih.access.scope import compartments_of
from pulih.cases.actions.handing_over import (
    accept_handover,
    countersign_handover,
    propose_handover,
    refuse_handover,
)
from pulih.cases.facts import Caseload
from pulih.cases.models import HandoverLine
from pulih.common.errors import RuleError


@pytest.fixture
def worker(make_user):
    return make_user()


@pytest.fixture
def successor(make_user):
    return make_user()


@pytest.fixture
def head(make_user):
    return make_user("section_head")


@pytest.fixture
def open_case(make_case, worker):
    return make_case(lead=worker, stage="intervention")


@pytest.fixture
def sealed_case(make_case, worker):
    return make_case(lead=worker, stage="intervention", sealed=True)


@pytest.fixture
def propose(worker, successor, section, open_case, sealed_case):
    def make(by, **values):
        to = {open_case.pk: successor, sealed_case.pk: successor}
        load = Caseload(worker=worker, section=section, to=to, reason="Pindah", **values)
        return propose_handover(caseload=load, by=by)

    return make


def line_of(handover, case):
    return HandoverLine.objects.unscoped(reason="test").get(handover=handover, case=case)


def lead_of(case):
    return case.team.get(is_lead=True, left_on=None).user


def is_named(user, case):
    return compartments_of(user).filter(compartment=case.compartment_id).exists()


def test_it_stays_behind_when_the_successor_is_not_named(
    propose, worker, successor, head, open_case, sealed_case
):
    handover = propose(worker)
    accept_handover(handover=handover, by=successor)
    countersign_handover(handover=handover, by=head)

    assert (lead_of(open_case), lead_of(sealed_case)) == (successor, worker)
    assert line_of(handover, sealed_case).state == HandoverLine.State.LEFT
    assert not is_named(successor, sealed_case)


def test_it_goes_along_when_the_successor_is_named_already(
    propose, worker, successor, head, sealed_case
):
    sealed_case.compartment.members.create(
        user=successor, valid_from=sealed_case.opened_on, purpose="Pendamping"
    )
    handover = propose(worker)
    accept_handover(handover=handover, by=successor)
    countersign_handover(handover=handover, by=head)

    assert lead_of(sealed_case) == successor
    assert not is_named(worker, sealed_case)


def test_who_heads_the_unit_of_a_sealed_case_still_knows_of_it(
    propose, worker, successor, head, sealed_case, section
):
    sealed_case.unit = section.units.first()
    sealed_case.save(update_fields=["unit"])
    RoleGrant.objects.create(
        user=worker, role="section_head", section=section, unit=sealed_case.unit,
        valid_from=sealed_case.opened_on,
    )  # fmt: skip
    handover = propose(worker, name_in=frozenset({sealed_case.pk}))
    accept_handover(handover=handover, by=successor)
    countersign_handover(handover=handover, by=head)

    assert lead_of(sealed_case) == successor
    assert is_named(worker, sealed_case)


def test_the_custodian_who_hands_over_names_the_successor(
    propose, worker, successor, head, sealed_case
):
    handover = propose(worker, name_in=frozenset({sealed_case.pk}))
    assert line_of(handover, sealed_case).named_for_it
    accept_handover(handover=handover, by=successor)
    countersign_handover(handover=handover, by=head)

    assert lead_of(sealed_case) == successor


def test_a_refusal_ends_the_knowing_that_the_handover_gave(propose, worker, successor, sealed_case):
    handover = propose(worker, name_in=frozenset({sealed_case.pk}))
    refuse_handover(handover=handover, reason="Beban penuh", by=successor)

    assert not is_named(successor, sealed_case)


def test_a_head_who_is_not_named_hands_over_the_rest_without_learning_of_it(
    client, propose, successor, head, worker, sealed_case
):
    handover = propose(head, name_in=frozenset({sealed_case.pk}))
    client.force_login(head)
    page = client.get(reverse("cases:handover", args=[handover.pk])).text

    assert sealed_case.number not in page
    assert not is_named(successor, sealed_case)
    assert line_of(handover, sealed_case).successor is None


@pytest.mark.parametrize("page", ["handover", "handover_minutes"])
def test_only_who_may_know_sees_what_stays_behind(
    client, propose, worker, successor, head, sealed_case, page
):
    handover = propose(worker)
    seen = {}
    for user in (worker, successor, head):
        client.force_login(user)
        text = client.get(reverse(f"cases:{page}", args=[handover.pk])).text
        seen[user] = sealed_case.number in text

    assert seen == {worker: True, successor: False, head: False}


def test_a_handover_of_sealed_cases_alone_that_nobody_may_take_is_refused(
    worker, successor, section, sealed_case
):
    load = Caseload(worker=worker, section=section, to={sealed_case.pk: successor}, reason="Pindah")

    with pytest.raises(RuleError, match="not named in the sealed cases"):
        propose_handover(caseload=load, by=worker)


def test_the_minutes_carry_no_name_of_a_sealed_person(
    client, propose, worker, sealed_case, open_case
):
    handover = propose(worker, name_in=frozenset({sealed_case.pk}))
    client.force_login(worker)
    text = client.get(reverse("cases:handover_minutes", args=[handover.pk])).text

    assert sealed_case.number in text
    assert sealed_case.person.name not in text
    assert open_case.person.name in text


def test_without_the_sealed_case_the_pages_of_the_head_are_the_same(
    client, make_case, make_user, section, successor, head, worker
):
    """Byte for byte: with a sealed case that stays behind, and without one."""
    case = make_case(lead=worker, stage="intervention")
    load = Caseload(worker=worker, section=section, to={case.pk: successor}, reason="Pindah")
    handover = propose_handover(caseload=load, by=head)
    client.force_login(head)
    address = reverse("cases:handover_minutes", args=[handover.pk])
    before = client.get(address).content

    sealed = make_case(lead=worker, stage="intervention", sealed=True)
    HandoverLine.objects.create(handover=handover, case=sealed, state=HandoverLine.State.LEFT)

    assert client.get(address).content == before
