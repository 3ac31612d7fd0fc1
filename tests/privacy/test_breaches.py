"""The breach assistant: from the trail to the people and the letters."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from pulih.access import audit
from pulih.access.models import AuditEvent
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.inbox.models import Task
from pulih.papers.models import Letter
from pulih.privacy.actions.breaching import close_breach, open_breach, trace, write_letters
from pulih.privacy.actions.officer import name_officer
from pulih.privacy.facts import Noticed
from pulih.privacy.models import BreachedPerson


@pytest.fixture
def noticed():
    """A breach of the last hour; other words change it."""

    def make(**values):
        return Noticed(
            **{
                "noticed_at": now(),
                "account": None,
                "since": now() - dt.timedelta(hours=1),
                "until": now(),
                "what": "Nama dan alamat",
                "how": "Akun dipakai orang lain",
                "handling": "Akun ditutup",
                **values,
            }
        )

    return make


def looked(user, row):
    with transaction.atomic():
        audit.record("case.seen", actor=user, subject=row)


def touched(breach):
    return {row.person_id for row in BreachedPerson.objects.unscoped(reason="test")}


def test_the_people_of_a_breach_come_from_what_its_account_touched(
    make_user, make_case, head, noticed
):
    thief, other = make_user(), make_user()
    seen, unseen = make_case(), make_case()
    looked(thief, seen)
    looked(other, unseen)

    breach = open_breach(noticed=noticed(account=thief), by=head)

    assert seen.person_id in touched(breach)
    assert unseen.person_id not in touched(breach)
    assert breach.due_at - breach.noticed_at == dt.timedelta(hours=72)


def test_what_was_before_or_after_touches_nobody(make_user, make_case, head, noticed):
    thief, case = make_user(), make_case()
    looked(thief, case)

    breach = open_breach(
        noticed=noticed(
            account=thief,
            since=now() - dt.timedelta(days=2),
            until=now() - dt.timedelta(days=1),
        ),
        by=head,
    )

    assert not touched(breach)


def test_a_sealed_person_is_told_of_by_a_task_to_who_is_named_alone(
    make_user, make_case, head, noticed
):
    case = make_case(sealed=True)
    lead = case.team.get(is_lead=True).user
    looked(lead, case)

    breach = open_breach(noticed=noticed(account=lead), by=head)

    assert not BreachedPerson.objects.visible_to(head).filter(person=case.person).exists()
    assert Task.objects.visible_to(lead).filter(kind="tell_breached").count() == 1
    write_letters(breach=breach, by=head)
    letters = Letter.objects.unscoped(reason="test").filter(template="pemberitahuan-subjek-data")
    assert not letters.exists()


def test_letters_are_drafted_once_to_each_person_and_the_agency(
    make_user, make_case, head, noticed
):
    thief = make_user()
    for _number in range(2):
        looked(thief, make_case())
    breach = open_breach(noticed=noticed(account=thief), by=head)

    first = write_letters(breach=breach, by=head)
    second = write_letters(breach=breach, by=head)

    assert [letter.template for letter in first].count("pemberitahuan-subjek-data") == 2
    assert [letter.template for letter in first].count("pemberitahuan-pelindungan-data") == 1
    assert second == []


def test_the_letters_name_the_protection_officer(make_user, make_case, head, noticed):
    name_officer(name="Sri", contact="Jl. A, sri@ngawi", by=head)
    breach = open_breach(noticed=noticed(), by=head)

    [letter] = [
        one
        for one in write_letters(breach=breach, by=head)
        if one.template == "pemberitahuan-pelindungan-data"
    ]

    assert letter.fields["officer"] == "Sri, Jl. A, sri@ngawi"


def test_tracing_again_adds_who_was_found_since(make_user, make_case, head, noticed):
    thief = make_user()
    breach = open_breach(
        noticed=noticed(account=thief, until=now() + dt.timedelta(hours=1)), by=head
    )
    case = make_case()
    looked(thief, case)

    trace(breach=breach, by=head)

    assert case.person_id in touched(breach)
    assert AuditEvent.objects.filter(verb="breach.traced").count() == 2


@pytest.mark.parametrize("wrong", [{"what": ""}, {"how": " "}, {"until": now() - dt.timedelta(9)}])
def test_a_breach_says_what_and_how_and_its_times_fit(head, noticed, wrong):
    with pytest.raises(RuleError):
        open_breach(noticed=noticed(**wrong), by=head)


@pytest.mark.parametrize("role", ["social_worker", "section_head", "administrator"])
def test_only_head_and_protection_officer_handle_breaches(make_user, noticed, role):
    with pytest.raises(PermissionDenied):
        open_breach(noticed=noticed(), by=make_user(role))


def test_a_breach_closes_once_the_agency_is_told_and_something_was_done(head, noticed):
    breach = open_breach(noticed=noticed(), by=head)
    with pytest.raises(RuleError):
        close_breach(breach=breach, handling="Akun ditutup", by=head)
    write_letters(breach=breach, by=head)
    with pytest.raises(RuleError):
        close_breach(breach=breach, handling=" ", by=head)

    assert close_breach(breach=breach, handling="Akun ditutup", by=head).closed_at


def test_the_auditor_walks_it_without_reading_a_name(client, make_user, make_case, noticed):
    auditor, thief, case = make_user("auditor"), make_user(), make_case()
    looked(thief, case)
    client.force_login(auditor)
    local = now().astimezone()
    sent = {
        "noticed_at": local.strftime("%Y-%m-%dT%H:%M"),
        "account": str(thief.pk),
        "since": (local - dt.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "until": (local + dt.timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M"),
        "what": "Nama",
        "how": "Akun dipakai",
        "handling": "",
    }

    made = client.post(reverse("privacy:breach_new"), sent)
    page = client.get(made.url).content.decode()

    assert case.person.number in page
    assert case.person.name not in page


def test_who_was_refused_a_record_has_touched_nobody(make_user, make_case, head, noticed):
    thief, case = make_user(), make_case()
    with transaction.atomic():
        audit.record("record.denied", actor=thief, subject=case)

    breach = open_breach(noticed=noticed(account=thief), by=head)

    assert touched(breach) == set()
