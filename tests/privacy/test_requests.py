"""Requests of people on file: received with a clock, granted, refused, never by who wrote them."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent, CompartmentMember
from pulih.access.policy import Action
from pulih.cases.models import Case
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.inbox.models import Task
from pulih.people.actions.consents import record_consent
from pulih.people.drafts import ConsentTerms
from pulih.people.models import Consent, Person
from pulih.people.queries.limits import limit_of, limited
from pulih.privacy.actions.looking import open_dossier
from pulih.privacy.actions.requests import grant_request, refuse_request
from pulih.privacy.models import RightsRequest

REASON = "Memperlihatkannya membahayakan keselamatan saksi."


def verbs(subject):
    return list(
        AuditEvent.objects.filter(subject_id=str(subject.pk)).values_list("verb", flat=True)
    )


def test_a_request_is_due_three_times_24_hours_after_it_was_received(make_request):
    request = make_request()

    assert request.due_at - request.received_at == dt.timedelta(hours=72)
    assert verbs(request) == ["rights.received"]


def test_the_head_of_office_gets_it_as_an_urgent_task(make_request, head):
    request = make_request()

    task = Task.objects.visible_to(head).get(subject_id=request.pk)
    assert task.due_on == request.due_at.astimezone().date()
    assert task.priority == Task.Priority.URGENT


@pytest.mark.parametrize(
    "wrong",
    [
        {"proof": " "},
        {"wish": ""},
        {"asker": "parent", "asked_by": ""},
        {"received_at": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_a_request_without_proof_wish_name_or_a_moment_that_was_is_refused(make_request, wrong):
    with pytest.raises(RuleError, match=r"."):
        make_request(**wrong)


def test_whoever_may_not_know_the_person_writes_nothing_down(make_request, make_case, worker):
    sealed = make_case(sealed=True)

    with pytest.raises(PermissionDenied):
        make_request(person=sealed.person)


def test_a_request_of_a_sealed_person_is_sealed_with_a_number_of_no_series(make_case, make_request):
    case = make_case(sealed=True)
    lead = case.team.get(is_lead=True).user

    request = make_request(person=case.person, by=lead)

    assert request.compartment_id == case.compartment_id
    assert request.number.startswith("S-")


def test_nobody_decides_on_a_request_that_they_wrote_down(make_request, make_person, head):
    request = make_request(person=make_person(), by=head)

    with pytest.raises(PermissionDenied):
        grant_request(request=request, answer="Sudah diserahkan", by=head)


@pytest.mark.parametrize("role", ["social_worker", "auditor", "administrator", "front_desk"])
def test_only_the_head_of_office_decides(make_request, make_user, role):
    with pytest.raises(PermissionDenied):
        grant_request(request=make_request(), answer="Sudah", by=make_user(role))


def test_a_granted_request_says_what_was_done_and_ends_its_task(make_request, head):
    request = grant_request(request=make_request(), answer="Berkas diserahkan", by=head)

    assert request.state == RightsRequest.State.DONE
    assert verbs(request) == ["rights.received", "rights.granted"]
    assert (
        not Task.objects.unscoped(reason="test")
        .filter(subject_id=request.pk, done_at=None)
        .exists()
    )


def test_an_answered_request_is_not_answered_again(make_request, head):
    request = grant_request(request=make_request(), answer="Berkas diserahkan", by=head)

    with pytest.raises(RuleError, match="sudah dijawab"):
        refuse_request(request=request, ground="law", answer=REASON, by=head)


@pytest.mark.parametrize("kind", ["access", "erasure"])
def test_somebody_suspected_of_harming_the_person_gets_nothing_shown_or_destroyed(
    make_request, head, kind
):
    request = make_request(kind=kind, asker="parent", asked_by="Ayah", asker_is_suspect=True)

    with pytest.raises(RuleError) as refusal:
        grant_request(request=request, answer="Diberikan", by=head)
    assert refusal.value.rule == "R-PRI-3"
    if kind == "access":
        with pytest.raises(RuleError):
            open_dossier(request=request, by=head)


def test_a_refusal_needs_a_ground_and_a_reason_of_20_characters(make_request, head):
    request = make_request()

    with pytest.raises(RuleError):
        refuse_request(request=request, ground="", answer=REASON, by=head)
    with pytest.raises(RuleError, match="20"):
        refuse_request(request=request, ground="safety", answer="Bahaya", by=head)
    assert refuse_request(request=request, ground="safety", answer=REASON, by=head).ground


def test_a_restriction_keeps_the_person_out_of_every_list(make_request, make_case, head, worker):
    case = make_case(lead=worker)
    request = make_request(kind="restriction", person=case.person)

    grant_request(request=request, answer="Dibatasi", by=head)

    people = Person.objects.unscoped(reason="test").filter(~limited())
    cases = Case.objects.unscoped(reason="test").filter(~limited("person_id"))
    assert limit_of(case.person).request_number == request.number
    assert case.person not in people
    assert case not in cases


def test_limited_data_are_passed_to_nobody(make_request, head, worker):
    request = make_request(kind="restriction")
    grant_request(request=request, answer="Dibatasi", by=head)
    terms = ConsentTerms(
        purpose="share", basis="consent", capacity="self", given_on=now().date(), recipient="RSUD"
    )

    with pytest.raises(RuleError, match="dibatasi"):
        record_consent(person=request.person, terms=terms, by=worker)


def test_a_withdrawal_ends_the_chosen_consents_alone(make_request, head, worker):
    request = make_request(kind="withdrawal")
    first, second = (
        record_consent(
            person=request.person,
            terms=ConsentTerms(
                purpose=purpose, basis="consent", capacity="self", given_on=now().date()
            ),
            by=worker,
        )
        for purpose in ("photo", "student")
    )

    with pytest.raises(RuleError):
        grant_request(request=request, answer="Dicabut", consents=[], by=head)
    grant_request(request=request, answer="Dicabut", consents=[first.pk], by=head)

    ended = Consent.objects.exclude(withdrawn_on=None)
    assert [one.pk for one in ended] == [first.pk]
    assert second.withdrawn_on is None


def test_a_late_answer_says_so_in_the_trail(make_request, head):
    request = make_request()
    with time_machine.travel(request.due_at + dt.timedelta(minutes=1), tick=False):
        grant_request(request=request, answer="Terlambat, maaf", by=head)

    event = AuditEvent.objects.get(verb="rights.granted")
    assert event.detail["in_time"] is False


def test_the_dossier_names_no_other_person_and_leaves_a_line(client, make_request, make_case, head):
    case = make_case()
    request = make_request(person=case.person)
    client.force_login(head)

    answer = client.get(reverse("privacy:dossier", args=[request.pk]))

    assert answer.status_code == 200
    assert case.number in answer.content.decode()
    assert AuditEvent.objects.filter(verb="dossier.opened").count() == 1


def test_the_auditor_sees_the_clock_and_no_words(client, make_request, make_user):
    request = make_request(wish="Kata rahasia klien")
    client.force_login(make_user("auditor"))

    page = client.get(reverse("privacy:request", args=[request.pk])).content.decode()

    assert request.number in page
    assert "Kata rahasia klien" not in page
    assert request.person.name not in page


def test_a_request_is_written_down_and_decided_on_its_pages(client, make_person, worker, head):
    person = make_person(by=worker)
    client.force_login(worker)
    sent = {
        "kind": "restriction",
        "asker": "self",
        "proof": "KTP",
        "wish": "Jangan dibagikan",
        "received_at": (now() - dt.timedelta(minutes=5)).astimezone().strftime("%Y-%m-%dT%H:%M"),
    }
    made = client.post(reverse("privacy:receive", args=[person.pk]), sent)
    request = RightsRequest.objects.unscoped(reason="test").get()
    assert made.url == reverse("privacy:request", args=[request.pk])

    client.force_login(head)
    bad = client.post(reverse("privacy:grant", args=[request.pk]), {"answer": ""})
    good = client.post(reverse("privacy:grant", args=[request.pk]), {"answer": "Dibatasi"})

    assert bad.status_code == 422
    assert good.status_code == 302
    assert "dibatasi" in client.get(reverse("people:detail", args=[person.pk])).content.decode()


def test_a_sealed_request_is_like_one_that_does_not_exist(client, make_case, make_request, head):
    case = make_case(sealed=True)
    request = make_request(person=case.person, by=case.team.get(is_lead=True).user)
    client.force_login(head)

    assert client.get(reverse("privacy:request", args=[request.pk])).status_code == 404
    assert request.number not in client.get(reverse("privacy:requests")).content.decode()
    assert not RightsRequest.objects.visible_to(head, Action.RIGHTS_DECIDE).exists()


def test_a_sealed_request_is_asked_of_a_head_who_is_named_with_the_person(
    make_case, make_request, make_user
):
    case = make_case(sealed=True)
    lead = case.team.get(is_lead=True).user
    named = make_user("section_head")
    CompartmentMember.objects.create(
        compartment=case.compartment, user=named, valid_from=dt.date(2020, 1, 1), purpose="uji"
    )

    request = make_request(person=case.person, by=lead)

    task = Task.objects.visible_to(named).get(subject_id=request.pk)
    assert task.owner == named
    assert grant_request(request=request, answer="Diserahkan", by=named).decided_by == named
