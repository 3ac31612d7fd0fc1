"""R-CASE-333: a case is held more closely in one act that reaches all that hangs on it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.access.policy import RecordClass
from pulih.cases.actions.glass import break_glass
from pulih.cases.actions.granting import grant_case
from pulih.cases.actions.holding import hold_closer
from pulih.cases.intake_facts import GrantFacts
from pulih.cases.models import Case, ServiceRecord
from pulih.cases.reach import keys_of
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.files.models import Attachment
from pulih.inbox.actions import notify, open_task
from pulih.inbox.models import Notice, Subject, Task
from pulih.people.actions.statuses import add_status
from pulih.people.drafts import StatusDraft
from pulih.people.models import Person

SEALED, RESTRICTED = RecordClass.SEALED, RecordClass.RESTRICTED
REASON = "Ternyata korban kekerasan seksual"


@pytest.fixture
def head(make_user):
    return make_user("section_head")


@pytest.fixture
def other(make_user):
    """A social worker who is not on the team."""
    return make_user()


def seen(model, user, **wanted):
    return model.objects.visible_to(user).filter(**wanted).exists()


def test_a_sealed_case_is_gone_for_who_is_not_named_with_all_its_parts(
    case, lead, head, other, client
):
    asked = open_task(kind="x", title="Kunjungi", about=Subject.of(case), to=other, by=lead)
    told = notify(kind="x", title="Kabar", about=Subject.of(case), to=[other], by=lead)
    client.force_login(other)
    page = reverse("cases:detail", args=[case.number])
    before = client.get(page).status_code

    hold_closer(case=case, held=SEALED, reason=REASON, by=lead)

    assert before == 200
    assert client.get(page).status_code == 404
    assert not seen(Case, other, pk=case.pk)
    assert not seen(ServiceRecord, other, case=case.pk)
    assert not seen(Task, other, pk=asked.pk)
    assert not seen(Notice, other, pk=told[0].pk)
    assert case.number not in client.get(reverse("cases:list")).content.decode()


def test_team_and_heads_are_named_and_go_on(case, lead, head):
    hold_closer(case=case, held=SEALED, reason=REASON, by=lead)

    assert seen(Case, lead, pk=case.pk)
    assert seen(Case, head, pk=case.pk)


def test_the_person_gets_a_sealed_entry_and_the_open_one_tells_nothing(
    make_case, make_person, lead, head
):
    person = make_person(full_name="Sari")
    case = make_case(lead=lead, person=person)
    draft = StatusDraft(kind=11, status_on=today(), source=case.number)
    add_status(person=person, draft=draft, by=lead)

    held = hold_closer(case=case, held=SEALED, reason=REASON, by=lead)

    open_entry = Person.objects.unscoped(reason="test").get(pk=person.pk)
    assert held.person.pk != person.pk
    assert held.person.own_name == "Sari"
    assert held.person.compartment_id == held.compartment_id
    assert held.open_entry_id == person.pk
    assert not open_entry.is_sealed
    assert not open_entry.statuses.exists()
    assert open_entry.main_kind is None


def test_its_report_and_files_go_along(make_case, make_report, lead, head, office):
    report = make_report()
    case = make_case(lead=lead, report=report)
    file = Attachment.objects.create(
        office=office,
        owner_kind="cases.case",
        owner_id=case.pk,
        content_type="image/png",
        size=1,
        sha256="0" * 64,
        storage_path="x",
    )

    held = hold_closer(case=case, held=SEALED, reason=REASON, by=lead)

    report.refresh_from_db()
    file.refresh_from_db()
    assert report.compartment_id == file.compartment_id == held.compartment_id
    assert report.person_id == held.person_id


def test_grants_and_broken_glasses_end(make_case, make_user, lead, head, other):
    case = make_case(lead=lead, restricted=True)
    student = make_user("student")
    facts = GrantFacts(student, "Belajar", today(), today() + dt.timedelta(days=3), lead)
    grant_case(case=case, facts=facts, by=lead)
    break_glass(number=case.number, reason="Obat harus diketahui malam ini juga", by=other)

    hold_closer(case=case, held=SEALED, reason=REASON, by=lead)

    assert not seen(Case, student, pk=case.pk)
    assert not seen(Case, other, pk=case.pk)


def test_restricted_closes_it_to_all_but_team_and_head(case, lead, head, other):
    hold_closer(case=case, held=RESTRICTED, reason="Ada riwayat HIV", by=lead)

    assert not seen(Case, other, pk=case.pk)
    assert seen(Case, lead, pk=case.pk)
    assert seen(Case, head, pk=case.pk)


def test_it_is_never_held_less_closely_by_this(make_case, lead, head):
    sealed = make_case(lead=lead, sealed=True, team=[head])
    for held in RecordClass:
        with pytest.raises(RuleError):
            hold_closer(case=sealed, held=held, reason=REASON, by=lead)
    with pytest.raises(RuleError):
        hold_closer(case=make_case(lead=lead), held=RecordClass.OPEN, reason=REASON, by=lead)


def test_a_reason_is_needed_and_only_lead_and_heads_do_it(case, lead, other):
    with pytest.raises(RuleError):
        hold_closer(case=case, held=SEALED, reason=" ", by=lead)
    with pytest.raises(PermissionDenied):
        hold_closer(case=case, held=SEALED, reason=REASON, by=other)


def test_who_is_shut_out_is_not_named_as_a_head(case, lead, head, make_user):
    second = make_user("section_head")
    case.exclusions.create(
        user=head, reason="Keluarga", excluded_by=second, excluded_at=case.updated_at
    )

    hold_closer(case=case, held=SEALED, reason=REASON, by=lead)

    assert not seen(Case, head, pk=case.pk)
    assert seen(Case, second, pk=case.pk)


def test_the_keys_reach_every_row_that_cannot_stand_alone(case):
    keys = keys_of(case)

    assert case.pk in keys
    assert set(case.assessments.values_list("pk", flat=True)) <= keys
    assert set(case.plans.values_list("pk", flat=True)) <= keys
    assert set(case.plans.get().goals.values_list("pk", flat=True)) <= keys


def test_the_page_seals_and_the_trail_tells(client, case, lead, head):
    client.force_login(lead)
    page = reverse("cases:closer", args=[case.number])

    without = client.post(page, {"held": "sealed", "reason": ""})
    client.post(page, {"held": "sealed", "reason": REASON})

    assert client.get(page).status_code == 200
    assert without.status_code == 422
    line = AuditEvent.objects.get(verb="case.held_closer")
    assert line.detail == {"before": "open", "after": "sealed"}
    [told] = case.events.filter(kind="held_closer")
    assert REASON not in str(told.detail)
