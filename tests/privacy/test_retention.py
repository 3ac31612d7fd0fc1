"""Retention: the schedule, holds, destruction by two, the certificate."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.models import Case, CaseNote
from pulih.common.errors import RuleError
from pulih.files.models import Attachment
from pulih.inbox.models import Task
from pulih.papers.actions import issue_letter
from pulih.people.models import Person
from pulih.privacy.actions.destroying import (
    certify,
    destroy,
    propose_destruction,
    refuse_destruction,
)
from pulih.privacy.actions.holding import lift_hold, place_hold, remove_retention, set_retention
from pulih.privacy.facts import Scheduled
from pulih.privacy.models import Destruction, LegalHold, RetentionRule
from pulih.privacy.rules import retained, schedule_of, years_after

FIVE = Scheduled("ordinary", None, 5, "destroy", "400.9.1", "Perbup 1/2026")


@pytest.fixture
def schedule(head):
    """Ordinary cases are destroyed after five years."""
    return set_retention(line=FIVE, by=head)


@pytest.fixture
def old(make_case, schedule):
    """A case whose term is over."""
    return make_case(stage="termination", ended_on=dt.date(2020, 1, 1))


@pytest.fixture
def section_head(make_user):
    """The head of the section."""
    return make_user("section_head")


def test_a_line_of_the_schedule_names_its_decree(head):
    with pytest.raises(RuleError, match="ketetapan|peraturan|dasar"):
        set_retention(line=Scheduled("ordinary", None, 5, "destroy", "", " "), by=head)


def test_only_the_head_of_office_keeps_the_schedule(section_head, schedule):
    with pytest.raises(PermissionDenied):
        set_retention(line=FIVE, by=section_head)
    with pytest.raises(PermissionDenied):
        remove_retention(rule=schedule, by=section_head)


def test_a_line_for_one_kind_goes_before_that_of_its_type(head, old):
    set_retention(line=Scheduled("ordinary", old.ppks_kind, 30, "keep", "", "Perbup"), by=head)

    assert retained(old, schedule_of(old.office)).rule.fate == RetentionRule.Fate.KEEP


def test_the_term_of_29_february_ends_on_1_march():
    assert years_after(dt.date(2024, 2, 29), 1) == dt.date(2025, 3, 1)
    assert years_after(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)


def test_a_case_is_not_proposed_a_day_before_its_term_is_over(old, section_head):
    with (
        time_machine.travel(dt.datetime(2024, 12, 31, 12, tzinfo=dt.UTC)),
        pytest.raises(RuleError),
    ):
        propose_destruction(case=old, by=section_head)
    with time_machine.travel(dt.datetime(2025, 1, 1, 12, tzinfo=dt.UTC)):
        assert propose_destruction(case=old, by=section_head).number == old.number


def test_a_case_without_a_line_of_the_schedule_is_kept(make_case, section_head):
    case = make_case(stage="termination", ended_on=dt.date(2000, 1, 1))

    with pytest.raises(RuleError, match="Jadwal"):
        propose_destruction(case=case, by=section_head)


def test_a_held_case_is_neither_proposed_nor_destroyed(old, section_head, head):
    place_hold(case=old, reason="Perkara di pengadilan", by=section_head)
    with pytest.raises(RuleError):
        propose_destruction(case=old, by=section_head)
    lift_hold(case=old, reason="Sudah inkracht", by=section_head)
    proposal = propose_destruction(case=old, by=section_head)
    place_hold(case=old, reason="Banding", by=section_head)

    with pytest.raises(RuleError):
        destroy(proposal=proposal, by=head)
    assert Case.objects.unscoped(reason="test").filter(pk=old.pk).exists()


def test_a_hold_needs_a_reason_and_stands_once(old, section_head):
    with pytest.raises(RuleError):
        place_hold(case=old, reason="", by=section_head)
    place_hold(case=old, reason="Perkara", by=section_head)
    with pytest.raises(RuleError):
        place_hold(case=old, reason="Perkara", by=section_head)
    assert LegalHold.objects.count() == 1


def test_who_proposed_a_destruction_does_not_decide_on_it(old, head):
    proposal = propose_destruction(case=old, by=head)

    with pytest.raises(PermissionDenied):
        destroy(proposal=proposal, by=head)


def test_a_refused_destruction_keeps_the_case_and_says_why(old, section_head, head):
    proposal = propose_destruction(case=old, by=section_head)

    with pytest.raises(RuleError):
        refuse_destruction(proposal=proposal, note="", by=head)
    refuse_destruction(proposal=proposal, note="Masih diperlukan", by=head)

    assert Case.objects.unscoped(reason="test").filter(pk=old.pk).exists()
    assert propose_destruction(case=old, by=section_head).state == Destruction.State.PROPOSED


def test_a_destroyed_case_is_gone_with_all_that_hung_on_it(old, section_head, head):
    CaseNote.objects.create(
        case=old, written_on=dt.date(2019, 1, 1), shared="kata", by=section_head
    )
    proposal = propose_destruction(case=old, by=section_head)

    done = destroy(proposal=proposal, by=head)

    assert not Case.objects.unscoped(reason="test").filter(pk=old.pk).exists()
    assert not CaseNote.objects.exists()
    assert not Attachment.objects.unscoped(reason="test").filter(owner_id=old.pk).exists()
    assert not Task.objects.unscoped(reason="test").filter(subject_id=old.pk).exists()
    assert Person.objects.unscoped(reason="test").filter(pk=old.person_id).exists()
    assert done.destroyed["case"] == 1
    assert done.destroyed["casenote"] == 1
    assert AuditEvent.objects.filter(verb="case.destroyed", subject_label=old.number).count() == 1


def test_the_certificate_says_what_was_destroyed_and_is_issued(old, section_head, head):
    done = destroy(proposal=propose_destruction(case=old, by=section_head), by=head)

    letter = issue_letter(letter=certify(destruction=done, by=head), by=head)

    assert letter.fields["case_number"] == old.number
    assert letter.number


def test_the_pages_of_retention_lead_from_the_case_to_its_certificate(
    client, old, section_head, head
):
    client.force_login(section_head)
    assert old.number in client.get(reverse("privacy:retention")).content.decode()
    client.post(reverse("privacy:propose", args=[old.number]))
    proposal = Destruction.objects.unscoped(reason="test").get()

    client.force_login(head)
    page = reverse("privacy:destruction", args=[proposal.pk])
    assert "Musnahkan kasus" in client.get(page).content.decode()
    client.post(reverse("privacy:decide", args=[proposal.pk]), {"jawaban": "musnahkan"})
    letter = client.post(reverse("privacy:certificate", args=[proposal.pk]))

    assert letter.status_code == 302
    assert client.get(page).status_code == 200


def test_a_sealed_case_is_proposed_by_who_is_named_in_it_alone(make_case, head, section_head):
    set_retention(line=Scheduled("sealed", None, 1, "destroy", "", "Perbup"), by=head)
    case = make_case(sealed=True, stage="termination", ended_on=dt.date(2020, 1, 1))

    with pytest.raises(PermissionDenied):
        propose_destruction(case=case, by=section_head)
