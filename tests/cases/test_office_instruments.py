"""R-CASE-63, R-CASE-66, R-CASE-67: texts that the office loads, and scales of its own."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.instruments import define_instrument, load_text, switch_instrument
from pulih.cases.actions.measuring import take_measurement
from pulih.cases.facts import Wording
from pulih.cases.instruments import current, read_text
from pulih.cases.intake_facts import Answers
from pulih.cases.models import OfficeInstrument
from pulih.cases.queries.instruments import finder_for, held
from pulih.common.clock import today
from pulih.common.errors import RuleError

CODES = [f"q{n}" for n in range(1, 10)]
CONTENT = {"levels": ["a", "b", "c", "d"], "items": {code: f"Teks {code}" for code in CODES}}


def wording(**values):
    return Wording(
        **{
            "name": "Skala Tidur",
            "about": "Bagaimana klien tidur",
            "levels": ("tidak", "kadang", "ya"),
            "items": ("Tidur nyenyak", "Bangun segar"),
            "scorer": "sum",
            **values,
        }
    )


@pytest.fixture
def head(make_user):
    return make_user("section_head")


def test_a_loaded_text_is_off_until_it_is_switched_on(head, office):
    load_text(code="phq-9", content=CONTENT, licence="Izin", by=head)
    assert not held(office, "phq-9").is_usable

    switch_instrument(code="phq-9", on=True, by=head)

    assert held(office, "phq-9").is_usable
    assert held(office, "phq-9").instrument.domains[8].name == "Teks q9"


def test_loading_and_switching_leave_lines_in_the_trail(head):
    load_text(code="phq-9", content=CONTENT, licence="Izin", by=head)
    switch_instrument(code="phq-9", on=True, by=head)
    switch_instrument(code="phq-9", on=False, by=head)

    verbs = AuditEvent.objects.filter(verb__startswith="instrument.")
    assert {event.verb for event in verbs} == {
        "instrument.loaded",
        "instrument.switched_on",
        "instrument.switched_off",
    }


@pytest.mark.parametrize(
    ("code", "content", "licence"),
    [
        ("phq-9", CONTENT, " "),
        ("phq-9", {**CONTENT, "items": {"q1": "x"}}, "Izin"),
        ("phq-9", {**CONTENT, "items": CONTENT["items"] | {"q10": "x"}}, "Izin"),
        ("phq-9", {**CONTENT, "levels": ["a", "b"]}, "Izin"),
        ("barthel", CONTENT, "Izin"),
    ],
)
def test_a_text_that_is_not_whole_or_not_ours_to_load_is_refused(head, code, content, licence):
    with pytest.raises(RuleError) as refusal:
        load_text(code=code, content=content, licence=licence, by=head)

    assert refusal.value.rule == "R-CASE-66"


def test_without_its_text_an_instrument_is_not_switched_on(head):
    with pytest.raises(RuleError) as refusal:
        switch_instrument(code="whodas-12", on=True, by=head)

    assert refusal.value.rule == "R-CASE-63"


@pytest.mark.parametrize("role", ["social_worker", "front_desk", "administrator"])
def test_who_does_not_manage_instruments_changes_none(make_user, role):
    by = make_user(role)
    with pytest.raises(PermissionDenied):
        load_text(code="phq-9", content=CONTENT, licence="Izin", by=by)
    with pytest.raises(PermissionDenied):
        define_instrument(wording=wording(), by=by)
    with pytest.raises(PermissionDenied):
        switch_instrument(code="barthel", on=True, by=by)


def test_a_cut_off_of_the_office_counts(head, office):
    content = {"levels": ["tidak", "ya"], "items": {f"q{n}": f"T{n}" for n in range(1, 21)}}
    load_text(code="srq-20", content=content, licence="Izin", by=head)
    assert held(office, "srq-20").instrument.cutoff == 6

    switch_instrument(code="srq-20", on=True, cutoff=8, by=head)

    assert held(office, "srq-20").instrument.cutoff == 8


@pytest.mark.parametrize(("scorer", "total"), [("sum", 3), ("mean", 1.5), ("highest", 2)])
def test_an_office_measures_with_a_scale_of_its_own(head, make_case, scorer, total):
    row = define_instrument(wording=wording(scorer=scorer), by=head)
    switch_instrument(code=row.code, on=True, by=head)
    case = make_case(lead=head, stage="intervention")

    given = Answers({"i1": 2, "i2": 1}, today(), "self")
    taken = take_measurement(case=case, code=row.code, answers=given, by=head)

    assert taken.scores["total"] == total


def test_a_used_version_stays_and_the_change_becomes_the_next(head, make_case, office):
    row = define_instrument(wording=wording(), by=head)
    switch_instrument(code=row.code, on=True, by=head)
    case = make_case(lead=head, stage="intervention")
    given = Answers({"i1": 2, "i2": 1}, today(), "self")
    take_measurement(case=case, code=row.code, answers=given, by=head)

    changed = define_instrument(wording=wording(name="Skala Tidur Malam"), row=row, by=head)

    assert (row.version, changed.version, changed.is_on) == ("1", "2", True)
    assert finder_for(office)(row.code, "1").name == "Skala Tidur"
    assert held(office, row.code).instrument.name == "Skala Tidur Malam"


def test_a_version_that_nobody_used_is_changed_in_place(head):
    row = define_instrument(wording=wording(), by=head)

    define_instrument(wording=wording(name="Lain"), row=row, by=head)

    assert OfficeInstrument.objects.get().content["name"] == "Lain"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"levels": ("satu",)},
        {"levels": ("a", "A")},
        {"items": ()},
        {"scorer": "secret"},
    ],
    ids=str,
)
def test_a_scale_that_is_not_whole_is_refused(head, wrong):
    with pytest.raises(RuleError) as refusal:
        define_instrument(wording=wording(**wrong), by=head)

    assert refusal.value.rule == "R-CASE-67"


TOML = 'levels = ["a", "b", "c", "d"]\n[items]\n' + "\n".join(f'{c} = "Teks {c}"' for c in CODES)
CSV = "kode;teks\n" + "\n".join(
    [*(f"tingkat;{level}" for level in "abcd"), *(f"{code};Teks {code}" for code in CODES)]
)


@pytest.mark.parametrize(
    ("name", "raw"),
    [("t.toml", TOML), ("t.json", json.dumps(CONTENT)), ("t.csv", CSV)],
    ids=["toml", "json", "csv"],
)
def test_a_text_is_read_from_three_kinds_of_file(name, raw):
    assert read_text(raw, name) == CONTENT


@pytest.mark.parametrize(
    ("name", "raw"),
    [("t.toml", "x ="), ("t.json", "[1]"), ("t.csv", "a"), ("t.json", '{"items": {}}')],
)
def test_a_file_that_cannot_be_read_says_so(name, raw):
    with pytest.raises(ValueError, match=r".+"):
        read_text(raw, name)


@pytest.mark.parametrize("page", ["instruments", "instrument_new"])
def test_the_pages_open_for_the_head_and_not_for_the_front_desk(client, make_user, head, page):
    client.force_login(head)
    assert client.get(reverse(f"cases:{page}")).status_code == 200

    client.force_login(make_user("front_desk"))
    assert client.get(reverse(f"cases:{page}")).status_code == 403


def test_a_worker_reads_instruments_and_changes_none(client, make_user):
    client.force_login(make_user())

    assert client.get(reverse("cases:instrument", args=["barthel"])).status_code == 200
    assert client.get(reverse("cases:instrument_text", args=["phq-9"])).status_code == 403
    assert client.post(reverse("cases:instrument_switch", args=["barthel"])).status_code == 403


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("instrument", "nothing"),
        ("instrument_text", "barthel"),
        ("instrument_edit", "barthel"),
    ],
)
def test_a_page_of_what_is_not_there_is_404(client, head, page, code):
    client.force_login(head)

    assert client.get(reverse(f"cases:{page}", args=[code])).status_code == 404


def test_the_page_loads_a_file_and_switches_on(client, head, office):
    client.force_login(head)
    file = SimpleUploadedFile("phq.csv", CSV.encode())

    response = client.post(
        reverse("cases:instrument_text", args=["phq-9"]),
        {"file": file, "licence": "Izin", "unaltered": "on"},
    )
    client.post(reverse("cases:instrument_switch", args=["phq-9"]), {"on": "on"})

    assert response.status_code == 302
    assert held(office, "phq-9").is_usable


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"items": "satu\ndua"}, "items"),
        ({"licence": ""}, "licence"),
        ({"unaltered": ""}, "unaltered"),
    ],
)
def test_a_text_that_is_typed_and_lacks_something_is_422(client, head, values, field):
    client.force_login(head)
    sent = {
        "levels": "a\nb\nc\nd",
        "items": "\n".join(CODES),
        "licence": "Izin",
        "unaltered": "on",
        **values,
    }

    response = client.post(reverse("cases:instrument_text", args=["phq-9"]), sent)

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_the_page_defines_and_changes_a_scale(client, head, office):
    client.force_login(head)
    sent = {"name": "Tidur", "items": "Nyenyak\nSegar", "levels": "tidak\nya", "scorer": "sum"}

    client.post(reverse("cases:instrument_new"), sent)
    client.post(reverse("cases:instrument_edit", args=["dinas-tidur"]), {**sent, "name": "Lelap"})

    assert held(office, "dinas-tidur").instrument.name == "Lelap"
    assert len(held(office, "dinas-tidur").instrument.domains) == 2


def test_the_scorers_of_shipped_instruments_are_known(office):
    assert current("phq-9").highest() == 27
    assert current("srq-20").highest() == 20
