"""Who looked at a closed case: told to its lead and the heads, to nobody else."""

from django.db import transaction
from django.urls import reverse

from pulih.access import audit


def page_of(client, user, case):
    client.force_login(user)
    return client.get(reverse("cases:seen", args=[case.number]))


def test_the_lead_sees_who_looked_and_when(client, make_case, make_user):
    lead, member = make_user(full_name="Ketua Tim"), make_user(full_name="Anggota Tim")
    case = make_case(sealed=True, lead=lead, team=[member])
    client.force_login(member)
    client.get(reverse("cases:detail", args=[case.number]))

    page = page_of(client, lead, case)

    assert page.status_code == 200
    assert [look.who for look in page.context["looks"]].count("Anggota Tim") == 1


def test_changes_are_no_looks(client, make_case, make_user):
    lead = make_user()
    case = make_case(restricted=True, lead=lead)
    with transaction.atomic():
        audit.record("case.closed", actor=lead, subject=case)
        audit.record("case.read", actor=lead, subject=case)

    looks = page_of(client, lead, case).context["looks"]

    assert len(looks) == 1


def test_a_member_of_the_team_is_not_told(client, make_case, make_user):
    member = make_user()
    case = make_case(restricted=True, team=[member])

    assert page_of(client, member, case).status_code == 403


def test_for_who_may_not_know_the_case_there_is_no_such_page(client, make_case, make_user):
    assert page_of(client, make_user(), make_case(sealed=True)).status_code == 404


def test_the_team_page_leads_there_for_a_closed_case_alone(client, make_case, make_user):
    lead = make_user()
    closed, plain = make_case(restricted=True, lead=lead), make_case(lead=lead)
    client.force_login(lead)

    def links(case):
        page = client.get(reverse("cases:team", args=[case.number])).content.decode()
        return reverse("cases:seen", args=[case.number]) in page

    assert links(closed)
    assert not links(plain)
