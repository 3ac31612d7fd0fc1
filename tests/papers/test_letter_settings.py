"""Letterhead, numbering and signatories: who sets them, what is refused."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.common.errors import RuleError
from pulih.papers.actions.setting import (
    add_signatory,
    change_signatory,
    set_letterhead,
    set_series,
)
from pulih.papers.facts import HeadFacts, SeriesFacts, SignatoryFacts
from pulih.papers.models import NumberSeries, Signatory
from pulih.papers.queries import letterhead_of, series_of

DAY = dt.date(2026, 1, 1)
HEAD = HeadFacts("Pemerintah Kabupaten Ngawi", " Dinas Sosial ", "Jl. A", "", "Ngawi", "404", "")
SERIES = SeriesFacts("{nomor}/{kantor}/{tahun}", 4, 10, True)


def who(**values):
    """A signatory in words."""
    return SignatoryFacts(
        **{
            "name": "Budi",
            "post": "Kepala Dinas Sosial",
            "capacity": "own",
            "valid_from": DAY,
            **values,
        }
    )


@pytest.fixture
def admin(make_user):
    return make_user("administrator")


def test_the_letterhead_is_set(admin, office):
    set_letterhead(facts=HEAD, by=admin)

    assert letterhead_of(office).name == "Dinas Sosial"
    assert AuditEvent.objects.filter(verb="letterhead.changed").count() == 1


def test_until_it_is_set_the_office_gives_its_name(office):
    assert letterhead_of(office).name == office.name


def test_a_letterhead_without_a_name_is_refused(admin):
    with pytest.raises(RuleError, match="nama dinas"):
        set_letterhead(facts=HeadFacts("", " ", "", "", "", "", ""), by=admin)


def test_a_series_is_set(admin, office):
    set_series(code="umum", facts=SERIES, by=admin)

    assert series_of(office, "umum").start == 10
    assert AuditEvent.objects.filter(verb="numbering.changed").count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        SeriesFacts("{tahun}", 3, 1, True),
        SeriesFacts("{nomor}/{tahun}", 0, 1, True),
        SeriesFacts("{nomor}/{tahun}", 3, 0, True),
        SeriesFacts("{nomor}/{tahun}", 9, 1, True),
        SeriesFacts("TT-{klasifikasi}/{nomor}/{kantor}/{tahun}", 3, 1, True),
    ],
)
def test_a_series_that_makes_no_numbers_of_its_own_is_refused(admin, facts):
    with pytest.raises(RuleError):
        set_series(code="umum", facts=facts, by=admin)


def test_a_signatory_is_added_and_changed(admin):
    made = add_signatory(facts=who(nip="1968 0512 1994 0320 04"), by=admin)
    change_signatory(signatory=made, facts=who(valid_until=dt.date(2026, 6, 30)), by=admin)

    made = Signatory.objects.get()
    assert (made.nip, made.valid_until) == ("", dt.date(2026, 6, 30))
    assert AuditEvent.objects.filter(verb__startswith="signatory.").count() == 2


@pytest.mark.parametrize(
    "facts",
    [
        who(nip="123"),
        who(valid_until=dt.date(2025, 12, 31)),
        who(capacity="on_behalf"),
        who(capacity="daily"),
        who(capacity="tasked"),
    ],
)
def test_facts_that_do_not_fit_together_are_refused(admin, facts):
    with pytest.raises(RuleError):
        add_signatory(facts=facts, by=admin)


@pytest.mark.parametrize("role", ["front_desk", "social_worker", "section_head", "auditor"])
def test_nobody_else_sets_them(make_user, role):
    user = make_user(role)

    with pytest.raises(PermissionDenied):
        set_letterhead(facts=HEAD, by=user)
    with pytest.raises(PermissionDenied):
        set_series(code="umum", facts=SERIES, by=user)
    with pytest.raises(PermissionDenied):
        add_signatory(facts=who(), by=user)


PAGES = [
    ("settings", []),
    ("letterhead", []),
    ("series", ["umum"]),
    ("add_signatory", []),
    ("seal_certificate", []),
]


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_the_pages_open_for_who_sets_them_alone(client, make_user, admin, name, args):
    client.force_login(admin)
    assert client.get(reverse(f"papers:{name}", args=args)).status_code == 200

    client.force_login(make_user())
    assert client.get(reverse(f"papers:{name}", args=args)).status_code == 403


def test_the_certificate_of_the_seal_is_saved_without_its_key(client, admin):
    client.force_login(admin)

    answer = client.get(reverse("papers:seal_certificate"))

    assert answer["Content-Disposition"] == 'attachment; filename="segel-surat.pem"'
    assert answer.content.startswith(b"-----BEGIN CERTIFICATE")
    assert b"PRIVATE" not in answer.content


def test_the_series_are_read_at_once(client, admin, django_assert_max_num_queries):
    client.force_login(admin)

    with django_assert_max_num_queries(10):
        client.get(reverse("papers:settings"))


def test_the_letterhead_is_saved_from_its_page(client, admin, office):
    client.force_login(admin)

    client.post(reverse("papers:letterhead"), {"name": "Dinas Sosial", "place": "Ngawi"})

    assert letterhead_of(office).place == "Ngawi"


def test_a_bad_pattern_is_422_with_what_is_wrong(client, admin):
    client.force_login(admin)
    sent = {"pattern": "{nomer}/{tahun}", "padding": 3, "start": 1, "yearly": "on"}

    answer = client.post(reverse("papers:series", args=["umum"]), sent)

    assert answer.status_code == 422
    assert "{nomer} tidak dikenal" in answer.context["form"].errors["pattern"][0]


def test_a_good_pattern_is_saved(client, admin, office):
    client.force_login(admin)
    sent = {"pattern": "{nomor}/{tahun}", "padding": 3, "start": 1, "yearly": "on"}

    client.post(reverse("papers:series", args=["umum"]), sent)

    assert NumberSeries.objects.get(office=office).pattern == "{nomor}/{tahun}"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"pattern": "{nomor}/X/{tahun}", "padding": 4, "start": 1, "yearly": "on"}, "0012/X/"),
        ({"pattern": "{nomor}", "padding": 4, "start": 1, "yearly": "on"}, "{tahun}"),
        ({"pattern": "{nomor}", "padding": "x"}, "bukan bilangan"),
    ],
)
def test_the_example_follows_what_is_typed(client, admin, query, words):
    client.force_login(admin)

    assert words in client.get(reverse("papers:series_example", args=["umum"]), query).text


def test_a_series_that_is_none_is_absent(client, admin):
    client.force_login(admin)

    assert client.get(reverse("papers:series", args=["apa"])).status_code == 404


def test_a_signatory_is_added_and_ended_from_the_pages(client, admin):
    client.force_login(admin)
    sent = {
        "name": "Budi",
        "post": "Kepala Dinas Sosial",
        "capacity": "own",
        "valid_from": "2026-01-01",
    }
    client.post(reverse("papers:add_signatory"), sent)
    made = Signatory.objects.get()

    client.post(reverse("papers:signatory", args=[made.pk]), {**sent, "valid_until": "2026-02-01"})

    assert Signatory.objects.get().valid_until == dt.date(2026, 2, 1)


def test_a_signatory_of_another_office_is_absent(client, admin, signatory, office):
    far = type(office).objects.create(code="jauh", name="Dinas Jauh", region_code="35.20")
    signatory.office = far
    signatory.save()
    client.force_login(admin)

    assert client.get(reverse("papers:signatory", args=[signatory.pk])).status_code == 404
