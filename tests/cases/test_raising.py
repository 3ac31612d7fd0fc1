"""R-CASE-84, R-FILE-7: a counter service is raised to a case in one step, with all it has."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.policy import RecordClass
from pulih.cases.actions.countering import cancel_service, raise_service, start_service
from pulih.cases.counter_facts import Visit
from pulih.cases.intake_facts import NewCase
from pulih.cases.models import Case, CounterService
from pulih.common.errors import RuleError
from pulih.files.actions import attach
from pulih.files.models import Attachment, Owner
from tests.files.makers import pdf


@pytest.fixture
def worker(make_user):
    return make_user()


@pytest.fixture
def service(worker, make_person, offers):
    visit = Visit(
        person=make_person(), offer=offers["lansia-terlantar"], brought=frozenset({"pengantar"})
    )
    return start_service(visit=visit, by=worker)


@pytest.fixture
def facts(section, worker):
    return NewCase(section=section, problem="Hidup sendiri.", ppks_kind=8, lead=worker)


def files_of(row):
    rows = Attachment.objects.unscoped(reason="test")
    return rows.filter(owner_kind=row._meta.label_lower, owner_id=row.pk)


def test_person_and_problem_go_along(service, facts, worker):
    case = raise_service(service=service, facts=facts, by=worker)
    service.refresh_from_db()

    assert (case.person_id, service.case_id) == (service.person_id, case.pk)
    assert service.state == CounterService.State.RAISED
    assert case.events.filter(kind="from_counter").exists()


def test_documents_go_along(service, facts, worker):
    attach(owner=Owner.of(service), content=pdf(), name="kk.txt", by=worker)

    case = raise_service(service=service, facts=facts, by=worker)

    assert files_of(case).count() == 1
    assert not files_of(service).exists()


def test_it_is_raised_once(service, facts, worker):
    raise_service(service=service, facts=facts, by=worker)

    with pytest.raises(RuleError, match="has ended"):
        raise_service(service=service, facts=facts, by=worker)


def test_a_cancelled_service_is_not_raised(service, facts, worker):
    cancel_service(service=service, reason="Pindah.", by=worker)

    with pytest.raises(RuleError, match="has ended"):
        raise_service(service=service, facts=facts, by=worker)


def test_the_front_desk_does_not_open_cases(service, facts, make_user):
    with pytest.raises(PermissionDenied):
        raise_service(service=service, facts=facts, by=make_user("front_desk"))


@pytest.mark.parametrize("held", [RecordClass.RESTRICTED, RecordClass.SEALED])
def test_of_a_closely_held_case_the_counter_learns_nothing(
    service, section, worker, make_user, held
):
    make_user("section_head")
    facts = NewCase(section=section, problem="Perlu dijaga.", lead=worker, held=held)

    case = raise_service(service=service, facts=facts, by=worker)
    service.refresh_from_db()

    assert case.is_held_closely
    assert (service.state, service.case_id) == (CounterService.State.DONE, None)
    assert not service.events.filter(kind="raised").exists()


def test_files_of_a_sealed_case_are_sealed_with_it(service, section, worker, make_user):
    make_user("section_head")
    attach(owner=Owner.of(service), content=b"catatan", name="a.txt", by=worker)
    facts = NewCase(section=section, problem="x", lead=worker, held=RecordClass.SEALED)

    case = raise_service(service=service, facts=facts, by=worker)

    assert files_of(case).get().compartment_id == case.compartment_id


def test_the_page_opens_filled_and_one_press_raises(client, service, worker):
    client.force_login(worker)
    address = f"{reverse('cases:open')}?loket={service.number}"

    form = client.get(address).context["form"]
    assert form.initial["ppks_kind"] == 8
    sent = {name: value or "" for name, value in form.initial.items()}
    answer = client.post(address, {**sent, "opened_on": form["opened_on"].value()})

    assert Case.objects.unscoped(reason="test").get().number in answer.url
