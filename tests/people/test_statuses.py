"""R-PEO-7, R-PEO-9, R-PEO-12: kinds, facts and consents are dated, begun and ended."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jejak.birth import BirthDate
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people.actions.consents import record_consent, withdraw_consent
from pulih.people.actions.statuses import add_fact, add_status, end_status
from pulih.people.drafts import ConsentTerms, FactDraft, StatusDraft
from pulih.people.queries import sheet

CHILD = BirthDate.exact(today() - dt.timedelta(days=3650))
HIV = 16


def test_the_first_kind_is_the_primary_one(make_user, make_person):
    user, person = make_user(), make_person()

    first = add_status(person=person, draft=StatusDraft(kind=9), by=user)
    second = add_status(person=person, draft=StatusDraft(kind=11), by=user)

    assert (first.is_primary, second.is_primary) == (True, False)


def test_another_kind_can_be_made_primary(make_user, make_person):
    user, person = make_user(), make_person()
    add_status(person=person, draft=StatusDraft(kind=9), by=user)

    add_status(person=person, draft=StatusDraft(kind=11), is_primary=True, by=user)

    person.refresh_from_db()
    assert [status.kind for status in person.statuses.filter(is_primary=True)] == [11]
    assert person.main_kind == 11


def test_an_ended_kind_stays_in_the_history_and_the_next_takes_its_place(make_user, make_person):
    user, person = make_user(), make_person()
    first = add_status(person=person, draft=StatusDraft(kind=9), by=user)
    add_status(person=person, draft=StatusDraft(kind=11), by=user)

    end_status(status=first, ended_on=today(), reason="Pulih", by=user)

    person.refresh_from_db()
    assert person.statuses.count() == 2
    assert person.main_kind == 11


def test_a_kind_held_closely_shows_in_no_list(make_user, make_person):
    user, person = make_user(), make_person()

    add_status(person=person, draft=StatusDraft(kind=HIV), by=user)

    person.refresh_from_db()
    assert person.main_kind is None


@pytest.mark.parametrize(("role", "seen"), [("social_worker", 1), ("front_desk", 0)])
def test_a_kind_held_closely_shows_only_to_who_works_with_cases(make_user, make_person, role, seen):
    person = make_person(statuses=(StatusDraft(kind=HIV),))

    assert len(sheet.statuses_of(person, user=make_user(role))) == seen


@pytest.mark.parametrize(
    "draft", [StatusDraft(kind=27), StatusDraft(kind=9, status_on=dt.date(2999, 1, 1))]
)
def test_a_kind_that_cannot_be_is_refused(make_user, make_person, draft):
    with pytest.raises(RuleError) as refusal:
        add_status(person=make_person(), draft=draft, by=make_user())

    assert refusal.value.rule == "R-PEO-7"


def test_the_same_kind_is_not_begun_twice(make_user, make_person):
    person = make_person(statuses=(StatusDraft(kind=9),))

    with pytest.raises(RuleError):
        add_status(person=person, draft=StatusDraft(kind=9), by=make_user())


def test_a_kind_does_not_end_before_it_began(make_user, make_person):
    person = make_person(statuses=(StatusDraft(kind=9, status_on=today()),))

    with pytest.raises(RuleError):
        end_status(
            status=person.statuses.get(),
            ended_on=today() - dt.timedelta(days=1),
            reason="",
            by=make_user(),
        )


def test_an_age_outside_of_the_kind_is_only_marked(make_user, make_person):
    user = make_user()
    person = make_person(
        birth=BirthDate.year(1980), statuses=(StatusDraft(kind=1, status_on=today()),)
    )

    assert not sheet.statuses_of(person, user=user)[0].fits


def test_a_decile_is_a_dated_fact_and_decides_nothing(make_user, make_person):
    person = make_person()

    add_fact(person=person, draft=FactDraft("decile", code="9", period="2025-3"), by=make_user())

    fact = person.facts.get()
    assert (fact.code, fact.period) == ("9", "2025-3")


def terms(**values):
    return ConsentTerms(**{"purpose": "service", "given_on": today(), **values})


def test_an_adult_consents(make_user, make_person):
    consent = record_consent(person=make_person(), terms=terms(), by=make_user())

    assert consent.capacity == "self"


@pytest.mark.parametrize(
    "wrong",
    [
        {"capacity": "nobody"},
        {"capacity": "guardian"},
        {"purpose": "share"},
        {"given_on": dt.date(2999, 1, 1)},
        {"expires_on": dt.date(2000, 1, 1)},
    ],
)
def test_a_consent_that_is_none_is_refused(make_user, make_person, wrong):
    with pytest.raises(RuleError) as refusal:
        record_consent(person=make_person(), terms=terms(**wrong), by=make_user())

    assert refusal.value.rule == "R-PEO-9"


def test_a_child_does_not_consent_alone(make_user, make_person):
    user, child = make_user(), make_person(birth=CHILD)

    with pytest.raises(RuleError):
        record_consent(person=child, terms=terms(), by=user)

    by_mother = terms(capacity="parent", given_by="Wagirah")
    assert record_consent(person=child, terms=by_mother, by=user).pk


def test_a_public_duty_needs_no_pretended_consent(make_user, make_person):
    child = make_person(birth=CHILD)

    duty = terms(basis="legal_duty", capacity="nobody")
    consent = record_consent(person=child, terms=duty, by=make_user())

    assert consent.basis == "legal_duty"


def test_a_consent_is_withdrawn_once_and_stays_on_record(make_user, make_person):
    user = make_user()
    consent = record_consent(person=make_person(), terms=terms(), by=user)

    withdraw_consent(consent=consent, reason="Berubah pikiran", by=user)

    assert consent.withdrawn_on == today()
    with pytest.raises(RuleError):
        withdraw_consent(consent=consent, reason="", by=user)


def test_a_basis_in_law_is_not_withdrawn(make_user, make_person):
    user = make_user()
    duty = terms(basis="legal_duty", capacity="nobody")
    consent = record_consent(person=make_person(), terms=duty, by=user)

    with pytest.raises(RuleError):
        withdraw_consent(consent=consent, reason="", by=user)


def test_an_outsider_records_no_consent_for_a_sealed_person(make_user, make_person, compartment):
    person = make_person("Ayu", compartment=compartment)

    with pytest.raises(PermissionDenied):
        record_consent(person=person, terms=terms(), by=make_user())
