"""A conflict of interest: for who is shut out the case does not exist, however they reach it."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.access.scope import compartments_of
from pulih.cases.actions.excluding import end_exclusion, exclude_user
from pulih.cases.actions.glass import break_glass
from pulih.cases.actions.team import add_member
from pulih.cases.actions.units import set_unit
from pulih.cases.models import Case, Referral, ServiceRecord
from pulih.common.errors import RuleError
from pulih.inbox.actions import open_task
from pulih.inbox.models import Subject, Task
from pulih.people.models import Person

REASON = "Saudara kandung tersangka"


@pytest.fixture
def head(make_user):
    """The head of the section."""
    return make_user("section_head")


@pytest.fixture
def worker(make_user):
    """A social worker of the section."""
    return make_user()


def test_an_open_case_is_gone_from_every_page(client, make_case, head, worker):
    case = make_case()
    client.force_login(worker)
    page = reverse("cases:detail", args=[case.number])
    assert client.get(page).status_code == 200

    exclude_user(case=case, user=worker, reason=REASON, by=head)

    assert client.get(page).status_code == 404
    assert case.number not in client.get(reverse("cases:list")).content.decode()
    for model, path in ((Case, "pk"), (ServiceRecord, "case"), (Referral, "case")):
        assert not model.objects.visible_to(worker).filter(**{path: case.pk}).exists()


def test_the_answer_is_that_of_a_number_that_does_not_exist(client, make_case, head, worker):
    case = make_case()
    exclude_user(case=case, user=worker, reason=REASON, by=head)
    client.force_login(worker)

    shut = client.get(reverse("cases:detail", args=[case.number]))
    none = client.get(reverse("cases:detail", args=["K-2020-00000"]))

    def plain(answer, number):
        text = answer.content.decode().replace(number, "")
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)

    assert shut.status_code == none.status_code == 404
    assert plain(shut, case.number) == plain(none, "K-2020-00000")


def test_a_member_of_a_sealed_team_loses_case_person_and_tasks(make_case, head, make_user):
    lead, member = make_user(), make_user()
    case = make_case(sealed=True, lead=lead, team=[member, head])
    task = open_task(kind="x", title="Kunjungi", about=Subject.of(case), to=member, by=lead)

    exclude_user(case=case, user=member, reason=REASON, by=head)

    assert not Case.objects.visible_to(member).filter(pk=case.pk).exists()
    assert not Person.objects.visible_to(member).filter(pk=case.person_id).exists()
    assert Task.objects.unscoped(reason="test").get(pk=task.pk).owner == lead


def test_a_head_of_office_can_be_shut_out_too(make_case, head, make_user):
    office_head, case = make_user("head_of_office"), make_case()

    exclude_user(case=case, user=office_head, reason=REASON, by=head)

    assert not Case.objects.visible_to(office_head).filter(pk=case.pk).exists()


def test_the_lead_hands_over_first(make_case, head, worker):
    with pytest.raises(RuleError):
        exclude_user(case=make_case(lead=worker), user=worker, reason=REASON, by=head)


def test_nobody_brings_the_excluded_back_by_another_way(make_case, head, worker):
    case = make_case(restricted=True)
    exclude_user(case=case, user=worker, reason=REASON, by=head)

    with pytest.raises(RuleError):
        add_member(case=case, user=worker, by=head)
    glass = break_glass(
        number=case.number, reason="Keadaan darurat, obat harus diketahui", by=worker
    )
    assert glass is None


@pytest.mark.parametrize("role", ["social_worker", "auditor", "administrator", "front_desk"])
def test_only_heads_shut_out(make_case, make_user, worker, role):
    with pytest.raises(PermissionDenied):
        exclude_user(case=make_case(), user=worker, reason=REASON, by=make_user(role))


def test_a_reason_is_needed_and_it_stands_once(make_case, head, worker):
    case = make_case()
    with pytest.raises(RuleError):
        exclude_user(case=case, user=worker, reason=" ", by=head)
    exclude_user(case=case, user=worker, reason=REASON, by=head)
    with pytest.raises(RuleError):
        exclude_user(case=case, user=worker, reason=REASON, by=head)


def test_who_is_let_in_again_sees_what_everybody_sees(make_case, head, worker):
    case = make_case()
    made = exclude_user(case=case, user=worker, reason=REASON, by=head)

    with pytest.raises(RuleError):
        end_exclusion(exclusion=made, reason="", by=head)
    end_exclusion(exclusion=made, reason="Perkara selesai", by=head)

    assert Case.objects.visible_to(worker).filter(pk=case.pk).exists()
    verbs = AuditEvent.objects.filter(subject_id=str(case.pk)).values_list("verb", flat=True)
    assert {"case.user_excluded", "case.user_admitted"} <= set(verbs)


def test_the_page_shuts_out_and_lets_in_again(client, make_case, head, worker):
    case = make_case()
    client.force_login(head)
    team = reverse("cases:team", args=[case.number])

    bad = client.post(reverse("cases:exclude", args=[case.number]), {"user": worker.pk})
    client.post(reverse("cases:exclude", args=[case.number]), {"user": worker.pk, "reason": REASON})
    [shut] = client.get(team).context["exclusions"]
    client.post(reverse("cases:admit", args=[case.number, shut.pk]), {"reason": "Perkara selesai"})

    assert bad.status_code == 422
    assert shut.user == worker
    assert client.get(team).context["exclusions"] == []


def test_nobody_but_heads_learns_who_is_shut_out(client, make_case, head, worker, make_user):
    case = make_case()
    exclude_user(case=case, user=worker, reason=REASON, by=head)
    client.force_login(make_user())

    page = client.get(reverse("cases:team", args=[case.number]))

    assert "exclusions" not in page.context
    assert REASON not in page.content.decode()


def test_shutting_out_ends_what_a_broken_glass_opened(make_case, head, worker):
    case = make_case(sealed=True, team=[head])
    break_glass(number=case.number, reason="Keadaan darurat, obat harus diketahui", by=worker)

    exclude_user(case=case, user=worker, reason=REASON, by=head)

    assert not compartments_of(worker).filter(compartment=case.compartment).exists()
    assert not Person.objects.visible_to(worker).filter(pk=case.person_id).exists()


def test_the_only_head_who_knows_a_sealed_case_stays(make_case, make_user, head):
    office_head = make_user("head_of_office")
    case = make_case(sealed=True, team=[head, office_head])

    with pytest.raises(RuleError):
        exclude_user(case=case, user=head, reason=REASON, by=office_head)


def test_an_excluded_head_of_a_unit_is_not_named_when_the_unit_gets_the_case(
    make_case, make_user, head, section
):
    office_head, unit_head = make_user("head_of_office"), make_user("section_head")
    unit = section.units.first()
    unit_head.grants.update(unit=unit)
    case = make_case(sealed=True, team=[head, office_head])
    exclude_user(case=case, user=unit_head, reason=REASON, by=office_head)

    set_unit(case=case, unit=unit, by=office_head)

    assert not Person.objects.visible_to(unit_head).filter(pk=case.person_id).exists()


def test_notices_and_tasks_that_were_there_before_are_gone_as_well(make_case, head, make_user):
    asker, case = make_user(), make_case()
    asked = open_task(kind="x", title="Kunjungi", about=Subject.of(case), to=head, by=asker)

    exclude_user(case=case, user=asker, reason=REASON, by=head)

    assert not Task.objects.visible_to(asker).filter(pk=asked.pk).exists()
    assert Task.objects.visible_to(head).filter(pk=asked.pk).exists()
