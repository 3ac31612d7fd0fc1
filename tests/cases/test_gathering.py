"""R-CASE-34: a group session counts for everyone who took part."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.gathering import hold_session
from pulih.cases.facts import Given, SessionFacts
from pulih.cases.models import ServiceRecord
from pulih.cases.queries.cases import workable_cases
from pulih.common.clock import today
from pulih.common.errors import RuleError


@pytest.fixture
def hold(lead, section):
    def make(cases, **values):
        given = Given(**{"kind": "C", "on": today(), "hours": Decimal(2), **values})
        facts = SessionFacts(topic="Menjahit", section=section)
        return hold_session(facts=facts, given=given, cases=cases, by=lead)

    return make


def test_every_participant_gets_a_record_of_their_own(hold, make_case, lead):
    cases = [make_case(lead=lead), make_case(lead=lead)]

    session = hold(cases)

    records = session.records.all()
    assert {record.case_id for record in records} == {case.pk for case in cases}
    assert {record.state for record in records} == {ServiceRecord.State.PROVIDED}


def test_every_case_keeps_its_line_in_the_trail_and_in_its_story(hold, make_case, lead):
    cases = [make_case(lead=lead), make_case(lead=lead)]

    hold(cases)

    told = AuditEvent.objects.filter(verb="service.provided").values_list("subject_id", flat=True)
    assert set(told) == {str(case.pk) for case in cases}
    assert all(case.events.filter(kind="session_attended").count() == 1 for case in cases)


def test_a_session_without_participants_is_refused(hold):
    with pytest.raises(RuleError) as refusal:
        hold([])

    assert refusal.value.rule == "R-CASE-34"


def test_somebody_elses_case_is_refused_whole(hold, make_case, lead):
    with pytest.raises(RuleError) as refusal:
        hold([make_case(lead=lead), make_case()])

    assert refusal.value.rule == "R-CASE-34"
    assert not AuditEvent.objects.filter(verb="session.held").exists()


def test_a_case_that_had_ended_takes_no_part(hold, make_case, lead):
    ended = make_case(lead=lead, stage="termination", ended_on=today() - dt.timedelta(days=1))

    with pytest.raises(RuleError) as refusal:
        hold([ended])

    assert refusal.value.rule == "R-CASE-31"


def test_a_colleague_sees_the_session_but_no_sealed_participant(client, hold, make_case, make_user):
    lead = make_user()
    session = None
    sealed = make_case(lead=lead, sealed=True)
    plain = make_case(lead=lead)
    given = Given(kind="C", on=today(), hours=Decimal(2))
    session = hold_session(
        facts=SessionFacts(topic="Menjahit", section=plain.section),
        given=given,
        cases=[sealed, plain],
        by=lead,
    )
    client.force_login(make_user())

    response = client.get(reverse("cases:session", args=[session.pk]))

    assert plain.number in response.text
    assert sealed.number not in response.text


def test_a_session_of_sealed_cases_alone_is_absent_for_others(hold, client, make_case, make_user):
    lead = make_user()
    session = hold_session(
        facts=SessionFacts(topic="Menjahit", section=make_case(lead=lead).section),
        given=Given(kind="C", on=today(), hours=Decimal(2)),
        cases=[make_case(lead=lead, sealed=True)],
        by=lead,
    )
    address = reverse("cases:session", args=[session.pk])

    client.force_login(make_user())
    assert "Menjahit" not in client.get(reverse("cases:sessions")).text
    assert client.get(address).status_code == 404
    client.force_login(lead)
    assert client.get(address).status_code == 200


def test_the_page_offers_only_cases_one_works_on(client, make_case, lead):
    mine, other = make_case(lead=lead), make_case()
    client.force_login(lead)

    response = client.get(reverse("cases:hold"))

    assert mine.number in response.text
    assert other.number not in response.text


def test_the_page_records_a_session(client, make_case, lead, section):
    case = make_case(lead=lead)
    client.force_login(lead)

    response = client.post(
        reverse("cases:hold"),
        {
            "topic": "Menjahit",
            "kind": "C",
            "on": today(),
            "hours": "2",
            "section": section.pk,
            "cases": [str(case.pk)],
            "d-skill": "Menjahit lurus",
            f"d{case.pk}-before": "0",
            f"d{case.pk}-after": "2",
        },
    )

    assert response.status_code == 302
    record = case.services.get()
    assert record.session.topic == "Menjahit"
    assert record.details == {"skill": "Menjahit lurus", "before": 0, "after": 2}


def test_the_page_names_the_field_that_is_missing(client, make_case, lead, section):
    client.force_login(lead)

    response = client.post(reverse("cases:hold"), {"topic": "", "section": section.pk})

    assert response.status_code == 422
    assert "id_topic" in response.text
    assert response.context["form"].errors.keys() >= {"topic", "kind", "cases"}


def test_a_student_holds_no_session(client, make_user):
    client.force_login(make_user("student"))

    assert client.get(reverse("cases:hold")).status_code == 403


def test_a_head_finds_the_cases_of_the_own_teams_first(make_case, make_user):
    head = make_user("section_head")
    others = [make_case() for _ in range(3)]
    mine = make_case(team=[head])

    assert list(workable_cases(head)) == [mine, *others]
