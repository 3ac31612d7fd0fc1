"""R-CASE-36, R-CASE-37, R-CASE-41: referrals drafted, sent, sent again, withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from pulih.access.models import AuditEvent, Section
from pulih.cases.actions.referring import (
    draft_referral,
    edit_referral,
    send_referral,
    send_referral_again,
    withdraw_referral,
)
from pulih.cases.facts import Asked
from pulih.cases.links import digest_of, find_by_token, token_for
from pulih.cases.models import Referral
from pulih.common.clock import today
from pulih.common.errors import RuleError

State = Referral.State
HOSPITAL = Asked(target="hospital", to_name="RSJ Contoh", purpose="Perawatan lanjutan")
WEEK = dt.timedelta(days=7)


@pytest.fixture
def draft(case, lead):
    return draft_referral(case=case, asked=HOSPITAL, by=lead)


@pytest.fixture
def sent(draft, lead):
    return send_referral(referral=draft, on=today(), due_on=today() + WEEK, by=lead)


def test_a_draft_tells_nobody_anything(draft):
    assert draft.state == State.DRAFT
    assert draft.token_digest == ""
    assert find_by_token(token_for(draft)) is None


def test_a_draft_leaves_one_line_in_the_trail(draft, case):
    event = AuditEvent.objects.get(verb="referral.drafted")

    assert event.subject_id == str(case.pk)


@pytest.mark.parametrize(
    "asked",
    [
        Asked(target="hospital", to_name="RSJ Contoh", purpose=" "),
        Asked(target="hospital", to_name="", purpose="Perawatan"),
        Asked(target="section", purpose="Bantuan"),
    ],
    ids=["no purpose", "no name", "no section"],
)
def test_a_referral_that_is_not_whole_is_refused(case, lead, asked):
    with pytest.raises(RuleError) as refusal:
        draft_referral(case=case, asked=asked, by=lead)

    assert refusal.value.rule == "R-CASE-36"


def test_a_case_is_not_referred_to_its_own_section(case, lead):
    asked = Asked(target="section", to_section=case.section, purpose="Bantuan")

    with pytest.raises(RuleError) as refusal:
        draft_referral(case=case, asked=asked, by=lead)

    assert refusal.value.rule == "R-CASE-36"


def test_nobody_is_referred_from_an_ended_case(make_case, lead):
    ended = make_case(lead=lead, stage="termination")

    with pytest.raises(RuleError):
        draft_referral(case=ended, asked=HOSPITAL, by=lead)


def test_a_colleague_refers_nobody(case, make_user):
    with pytest.raises(PermissionDenied):
        draft_referral(case=case, asked=HOSPITAL, by=make_user())


def test_a_sealed_case_takes_no_place_in_the_series(make_case, lead):
    sealed = make_case(lead=lead, stage="intervention", sealed=True)

    referral = draft_referral(case=sealed, asked=HOSPITAL, by=lead)

    assert referral.number.startswith("S-")
    assert AuditEvent.objects.get(verb="referral.drafted").compartment_id == sealed.compartment_id


def test_a_draft_is_changed(draft, lead):
    edit_referral(referral=draft, asked=replace(HOSPITAL, to_name="RSUD Contoh"), by=lead)

    draft.refresh_from_db()
    assert draft.to_name == "RSUD Contoh"


def test_what_was_sent_is_not_changed(sent, lead):
    with pytest.raises(RuleError) as refusal:
        edit_referral(referral=sent, asked=HOSPITAL, by=lead)

    assert refusal.value.rule == "R-CASE-37"


def test_sending_starts_the_clock_and_the_link(sent, case):
    assert (sent.state, sent.answer_due_on) == (State.SENT, today() + WEEK)
    assert find_by_token(token_for(sent)) == sent
    assert case.events.filter(kind="referral_sent").count() == 1


def test_the_database_keeps_only_the_digest_of_the_token(sent):
    token = token_for(sent)

    stored = Referral.objects.unscoped(reason="test").values().get(pk=sent.pk)

    assert stored["token_digest"] == digest_of(token)
    assert not any(token in str(value) for value in stored.values())


def test_an_answer_is_not_due_before_it_is_sent(draft, lead):
    with pytest.raises(RuleError) as refusal:
        send_referral(referral=draft, on=today(), due_on=today() - WEEK, by=lead)

    assert refusal.value.rule == "R-CASE-37"


def test_a_new_letter_kills_the_link_of_the_old_one(sent, lead):
    old = token_for(sent)

    again = send_referral_again(referral=sent, on=today(), due_on=today() + WEEK, by=lead)

    assert find_by_token(old) is None
    assert find_by_token(token_for(again)) == again


def test_a_withdrawn_referral_has_its_reason_and_no_link(sent, lead, case):
    withdraw_referral(referral=sent, reason="Keluarga merawat.", by=lead)

    sent.refresh_from_db()
    assert (sent.state, sent.withdraw_reason) == (State.WITHDRAWN, "Keluarga merawat.")
    assert find_by_token(token_for(sent)) is None


def test_a_referral_is_not_withdrawn_without_a_reason(sent, lead):
    with pytest.raises(RuleError) as refusal:
        withdraw_referral(referral=sent, reason="", by=lead)

    assert refusal.value.rule == "R-CASE-41"


def test_a_referral_inside_asks_the_head_of_the_section(case, lead, office, make_user):
    other = office.sections.get(kind=Section.Kind.PROTECTION)
    asked = Asked(target="section", to_section=other, purpose="Pendampingan")
    referral = draft_referral(case=case, asked=asked, by=lead)

    send_referral(referral=referral, on=today(), due_on=today() + WEEK, by=lead)

    referral.refresh_from_db()
    assert referral.token_digest == ""


def test_the_database_refuses_a_sent_referral_without_a_due_date(draft):
    draft.state = State.SENT
    with pytest.raises(IntegrityError):
        draft.save()
