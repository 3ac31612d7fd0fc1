"""R-CASE-38 to R-CASE-40: answers from a section, by the link of a letter, and silence."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent, Section
from pulih.cases.actions.answering import answer_from_outside, answer_inside
from pulih.cases.actions.referring import draft_referral, send_referral
from pulih.cases.actions.taking_over import open_case_from_referral
from pulih.cases.facts import Asked, Reply
from pulih.cases.intake_facts import NewCase
from pulih.cases.links import token_for
from pulih.cases.models import Referral
from pulih.cases.tasks import escalate_referrals, escalate_referrals_today
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Notice, Task

State = Referral.State
WEEK = dt.timedelta(days=7)
YES = Reply(State.ACCEPTED, "Perawat Contoh", "RSJ Contoh")


@pytest.fixture
def protection(office):
    return office.sections.get(kind=Section.Kind.PROTECTION)


@pytest.fixture
def head(make_user, protection):
    return make_user("section_head", section=protection)


@pytest.fixture
def send(lead, make_case):
    def make(*, case=None, due_on=None, on=None, **asked):
        case = case or make_case(lead=lead, stage="intervention")
        asked = {"target": "hospital", "to_name": "RSJ Contoh", "purpose": "Perawatan", **asked}
        draft = draft_referral(case=case, asked=Asked(**asked), by=lead)
        return send_referral(
            referral=draft, on=on or today(), due_on=due_on or today() + WEEK, by=lead
        )

    return make


@pytest.fixture
def inside(send, protection):
    def make(**values):
        return send(target="section", to_section=protection, names_client=True, **values)

    return make


def test_the_head_of_the_section_that_was_asked_accepts(inside, head):
    referral = answer_inside(referral=inside(), reply=Reply(State.ACCEPTED), by=head)

    assert referral.state == State.ACCEPTED
    assert head.full_name in referral.answered_by


def test_an_answer_is_told_to_the_lead_and_leaves_one_line(inside, head, lead):
    answer_inside(referral=inside(), reply=Reply(State.REFUSED, note="Penuh."), by=head)

    assert AuditEvent.objects.filter(verb="referral.answered").count() == 1
    assert Notice.objects.unscoped(reason="test").filter(user=lead, kind="referral_answered")


def test_the_head_of_the_asking_section_does_not_answer(inside, make_user):
    with pytest.raises(PermissionDenied):
        answer_inside(referral=inside(), reply=Reply(State.ACCEPTED), by=make_user("section_head"))


def test_a_referral_is_answered_once(inside, head):
    referral = answer_inside(referral=inside(), reply=Reply(State.ACCEPTED), by=head)

    with pytest.raises(RuleError) as refusal:
        answer_inside(referral=referral, reply=Reply(State.REFUSED), by=head)

    assert refusal.value.rule == "R-CASE-38"


def test_full_names_a_day_to_come(inside, head):
    past = Reply(State.FULL, full_until=today() - WEEK)

    with pytest.raises(RuleError) as refusal:
        answer_inside(referral=inside(), reply=past, by=head)

    assert refusal.value.rule == "R-CASE-39"


def test_a_case_is_opened_from_an_accepted_referral(inside, head, protection):
    referral = answer_inside(referral=inside(), reply=Reply(State.ACCEPTED), by=head)

    made = open_case_from_referral(
        referral=referral, facts=NewCase(section=protection, problem="Pendampingan"), by=head
    )

    referral.refresh_from_db()
    assert made.section == protection
    assert (referral.opened_case, made.person) == (made, referral.case.person)


def test_a_case_from_a_restricted_one_is_restricted_too(inside, head, protection, lead, make_case):
    case = make_case(lead=lead, stage="intervention", restricted=True)
    referral = answer_inside(referral=inside(case=case), reply=Reply(State.ACCEPTED), by=head)

    made = open_case_from_referral(
        referral=referral, facts=NewCase(section=protection, problem="Pendampingan"), by=head
    )

    assert made.restricted


def test_no_case_is_opened_while_the_referral_waits(inside, head, protection):
    with pytest.raises(RuleError) as refusal:
        open_case_from_referral(
            referral=inside(), facts=NewCase(section=protection, problem="Dampingi"), by=head
        )

    assert refusal.value.rule == "R-CASE-38"


def test_a_referral_that_names_nobody_opens_no_case(send, head, protection):
    referral = send(target="section", to_section=protection)
    answer_inside(referral=referral, reply=Reply(State.ACCEPTED), by=head)

    with pytest.raises(RuleError) as refusal:
        open_case_from_referral(
            referral=referral, facts=NewCase(section=protection, problem="Dampingi"), by=head
        )

    assert refusal.value.rule == "R-CASE-38"


def test_the_holder_of_the_letter_answers_without_an_account(send):
    referral = send()

    answered = answer_from_outside(token=token_for(referral), reply=YES)

    assert answered.state == State.ACCEPTED
    assert answered.answered_by == "Perawat Contoh, RSJ Contoh"
    assert AuditEvent.objects.get(verb="referral.answered_by_link").actor is None


def test_a_letter_takes_one_answer(send):
    token = token_for(send())
    answer_from_outside(token=token, reply=YES)

    with pytest.raises(RuleError) as refusal:
        answer_from_outside(token=token, reply=YES)

    assert refusal.value.rule == "R-CASE-39"


def test_an_expired_link_takes_no_answer(send):
    long_ago = today() - dt.timedelta(days=60)
    referral = send(on=long_ago, due_on=long_ago + WEEK)

    with pytest.raises(RuleError) as refusal:
        answer_from_outside(token=token_for(referral), reply=YES)

    assert refusal.value.rule == "R-CASE-39"


@pytest.mark.parametrize("token", ["", "0" * 32, "ü" * 32, "x" * 500])
def test_an_unknown_link_takes_no_answer(db, token):
    with pytest.raises(RuleError) as refusal:
        answer_from_outside(token=token, reply=YES)

    assert refusal.value.rule == "R-CASE-39"


def test_an_answer_by_letter_says_who_gives_it(send):
    with pytest.raises(RuleError) as refusal:
        answer_from_outside(token=token_for(send()), reply=Reply(State.ACCEPTED))

    assert refusal.value.rule == "R-CASE-39"


def test_silence_is_told_to_the_section_head_once(send, lead):
    referral = send(on=today() - WEEK, due_on=today() - dt.timedelta(days=1))

    told = [escalate_referrals(), escalate_referrals()]

    assert told == [1, 0]
    assert Task.objects.unscoped(reason="test").filter(subject_id=referral.pk).count() == 1
    assert referral.case.events.filter(kind="referral_overdue").count() == 1


def test_an_answer_ends_what_silence_had_started(send):
    referral = send(on=today() - WEEK, due_on=today() - dt.timedelta(days=1))
    escalate_referrals()

    answer_from_outside(token=token_for(referral), reply=YES)

    assert not Task.objects.unscoped(reason="test").filter(subject_id=referral.pk, done_at=None)


def test_a_referral_is_not_late_on_its_own_day(send):
    send(on=today() - WEEK, due_on=today())

    assert escalate_referrals(today()) == 0
    assert escalate_referrals(today() + dt.timedelta(days=1)) == 1


def test_the_clock_runs_in_the_background(send):
    send(on=today() - WEEK, due_on=today() - dt.timedelta(days=1))

    assert escalate_referrals_today.enqueue().return_value == 1
