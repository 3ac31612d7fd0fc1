"""R-EXC-10 to R-EXC-12: every list leaves as a spreadsheet, with its purpose."""

import datetime as dt
import io
import uuid
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from msoffcrypto import OfficeFile

from pulih.access.lists import declared
from pulih.access.models import AuditEvent, Compartment
from pulih.common.clock import now
from pulih.common.errors import CipherError
from pulih.exchange import rules
from pulih.exchange.actions import exporting
from pulih.exchange.export_tasks import expire_exports, write_export
from pulih.exchange.exports import keeping
from pulih.exchange.exports.protecting import password_of
from pulih.exchange.models import ExportRun
from pulih.people.drafts import NumberDraft

PURPOSE = "Verifikasi bersama perangkat desa"


def opened(content, password):
    """A workbook with its password taken off."""
    clear = io.BytesIO()
    book = OfficeFile(io.BytesIO(content))
    book.load_key(password=password)
    book.decrypt(clear)
    return clear.getvalue()


def book_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def lines_of(content):
    return [list(row) for row in book_of(content).worksheets[0].iter_rows(values_only=True)]


def post(client, user, code, query="", purpose=PURPOSE):
    client.force_login(user)
    address = reverse("export:ask", args=[code])
    return client.post(f"{address}?{query}" if query else address, {"purpose": purpose})


def taken(client, user, code, query=""):
    """A list of people as it comes out: asked for, fetched, its password taken off."""
    answer = post(client, user, code, query)
    key = uuid.UUID(answer.url.strip("/").split("/")[-1])
    fetched = client.post(reverse("export:fetch", args=[key]))
    return opened(fetched.content, password_of(key))


@pytest.fixture
def small_limit(monkeypatch):
    """Let every list be a long one."""
    monkeypatch.setattr(rules, "EXPORT_AT_ONCE", 1)


def test_a_list_of_people_is_exported_as_it_was_filtered(client, make_person, data_officer):
    make_person("Slamet Riyanto", sex="L")
    make_person("Siti Aminah", sex="P")

    lines = lines_of(taken(client, data_officer, "orang", "sex=P"))

    assert [line[1] for line in lines[1:]] == ["Siti Aminah"]


def test_a_nik_leaves_hidden(client, make_person, data_officer):
    make_person("Slamet", numbers=(NumberDraft("3521090101700001", "nik"),))

    lines = lines_of(taken(client, data_officer, "orang"))

    assert lines[1][3] == "3521********0001"


def test_sealed_people_never_leave_with_a_list(client, office, make_person, make_user):
    worker = make_user("social_worker")
    room = Compartment.objects.create(office=office)
    room.members.create(user=worker, valid_from=dt.date(2020, 1, 1), purpose="uji")
    make_person("Anak Tersegel", compartment=room, by=worker)
    make_person("Slamet Riyanto")

    lines = lines_of(taken(client, worker, "orang"))

    assert [line[1] for line in lines[1:]] == ["Slamet Riyanto"]


def test_a_list_of_people_is_not_exported_for_nothing(client, make_person, data_officer):
    make_person("Slamet Riyanto")

    answer = post(client, data_officer, "orang", purpose="x")

    assert answer.status_code == 422
    assert not AuditEvent.objects.filter(verb="person.exported").exists()


def test_an_export_stands_in_the_trail_with_rows_filter_and_purpose(
    client, make_person, data_officer
):
    make_person("Siti Aminah", sex="P")

    post(client, data_officer, "orang", "sex=P")

    event = AuditEvent.objects.get(verb="person.exported")
    assert event.reason == PURPOSE
    assert event.detail["rows"] == 1
    assert ["Jenis kelamin", "Perempuan"] in event.detail["filter"]


def test_nothing_becomes_a_formula(client, make_person, data_officer):
    make_person('=HYPERLINK("http://jahat.invalid";"klik")')

    content = taken(client, data_officer, "orang")

    cell = book_of(content).worksheets[0]["B2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("=HYPERLINK")


def test_the_file_says_what_it_is_and_for_whom(client, make_person, data_officer):
    make_person("Siti Aminah")

    about = book_of(taken(client, data_officer, "orang")).worksheets[1]

    said = [cell for row in about.iter_rows(values_only=True) for cell in row]
    assert data_officer.full_name in said
    assert PURPOSE in said


@pytest.mark.parametrize("code", ["kasus", "laporan", "pengguna"])
def test_who_does_not_open_a_list_does_not_export_it(code, client, data_officer):
    assert post(client, data_officer, code).status_code == 403


def test_an_unknown_list_is_absent(client, data_officer):
    assert post(client, data_officer, "rahasia").status_code == 404


ROLES = {
    "orang": "data_officer",
    "ganda": "data_officer",
    "gabungan": "data_officer",
    "impor": "data_officer",
    "kasus": "section_head",
    "laporan": "section_head",
    "tugas": "section_head",
    "pengguna": "administrator",
}


def test_every_list_is_tried_here():
    assert set(ROLES) <= set(declared())


@pytest.mark.parametrize(("code", "role"), ROLES.items())
def test_the_page_of_every_export_opens(code, role, client, make_user):
    client.force_login(make_user(role))

    assert client.get(reverse("export:ask", args=[code])).status_code == 200


def test_cases_and_reports_leave_with_their_columns(client, make_case, make_report, make_user):
    head = make_user("section_head")
    make_case(stage="intervention")
    make_report()

    cases = lines_of(taken(client, head, "kasus"))
    reports = lines_of(taken(client, head, "laporan", "status=new"))

    assert cases[1][0].startswith("K-2026-")
    assert reports[1][2] == "Laki-laki kira-kira 50 tahun, mengaku Pardi"


def test_sealed_cases_and_reports_stay(client, make_case, make_report, make_user):
    head = make_user("section_head")
    make_case(sealed=True, lead=head)
    make_report(sealed=True, members=[head])

    client.force_login(head)
    for code in ("kasus", "laporan"):
        assert client.get(reverse("export:ask", args=[code])).context["rows"] == 0


def test_users_leave_with_their_roles(client, make_user):
    admin = make_user("administrator", full_name="Admin Contoh")

    lines = lines_of(post(client, admin, "pengguna", purpose="").content)

    assert lines[1][0] == "Admin Contoh"
    assert lines[1][4] == "Administrator teknis"


def test_a_long_list_is_written_in_the_background_and_fetched_once(
    client, make_person, data_officer, small_limit
):
    make_person("Siti Aminah")
    make_person("Slamet Riyanto")
    answer = post(client, data_officer, "orang")
    run = ExportRun.objects.unscoped(reason="test").get()
    assert answer["Location"] == reverse("export:run", args=[run.pk])

    fetch = reverse("export:fetch", args=[run.pk])
    first, second = client.post(fetch), client.post(fetch)

    assert len(lines_of(opened(first.content, password_of(run.pk)))) == 3
    assert second.status_code == 302


@pytest.fixture
def ready(client, make_person, data_officer, small_limit):
    """Have an export of two people lie ready."""
    for name in ("Siti Aminah", "Slamet Riyanto"):
        make_person(name)
    client.force_login(data_officer)
    run = exporting.request_export(
        export=declared()["orang"],
        query="",
        purpose=PURPOSE,
        session=client.session.session_key,
        by=data_officer,
    )
    write_export.func(str(run.pk))
    return ExportRun.objects.unscoped(reason="test").get(pk=run.pk)


def test_what_was_fetched_is_kept_no_longer(ready, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("export:fetch", args=[ready.pk]))

    assert not keeping.is_kept(ready.pk)
    assert ready.row_keys
    assert not ExportRun.objects.unscoped(reason="test").get().row_keys


def test_what_nobody_fetched_is_gone_after_a_quarter_of_an_hour(
    ready, client, django_capture_on_commit_callbacks
):
    with (
        time_machine.travel(now() + dt.timedelta(minutes=15)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert expire_exports() > 0

    assert not keeping.is_kept(ready.pk)
    assert client.post(reverse("export:fetch", args=[ready.pk])).status_code == 302


def test_what_waits_lies_encrypted_outside_of_the_files_that_are_backed_up(ready, settings):
    file = Path(settings.PULIH_DATA) / "outgoing" / ready.pk.hex

    assert Path(settings.MEDIA_ROOT) not in file.parents
    assert b"PK" not in file.read_bytes()[:64]
    assert keeping.take(ready.pk).startswith(b"PK")


def test_what_waits_opens_for_its_own_export_alone(ready, settings):
    other = uuid.uuid4()
    folder = Path(settings.PULIH_DATA) / "outgoing"
    (folder / other.hex).write_bytes((folder / ready.pk.hex).read_bytes())

    with pytest.raises(CipherError):
        keeping.take(other)


def test_nobody_fetches_what_another_asked_for(ready, client, make_user):
    client.force_login(make_user("data_officer"))

    assert client.post(reverse("export:fetch", args=[ready.pk])).status_code == 404


def test_an_export_is_written_again_after_a_killed_worker(ready, data_officer):
    rows = ExportRun.objects.unscoped(reason="test")
    rows.update(state=ExportRun.State.WRITING)

    write_export.func(str(ready.pk))

    assert rows.get().state == ExportRun.State.READY


def test_an_export_of_more_than_the_limit_is_refused(
    client, make_person, data_officer, monkeypatch
):
    monkeypatch.setattr(rules, "EXPORT_MOST", 1)
    make_person("Siti Aminah")
    make_person("Slamet Riyanto")

    answer = post(client, data_officer, "orang")

    assert answer.status_code == 422


def test_a_list_of_people_opens_with_its_password_alone(ready, client, data_officer):
    client.force_login(data_officer)
    page = client.get(reverse("export:run", args=[ready.pk])).content.decode()
    content = client.post(reverse("export:fetch", args=[ready.pk])).content

    password = password_of(ready.pk)
    assert password in page
    assert OfficeFile(io.BytesIO(content)).is_encrypted()
    assert b"Siti Aminah" not in content
    with pytest.raises(Exception, match=r"."):
        opened(content, "bukan sandinya")
    assert len(lines_of(opened(content, password))) == 3


def test_the_password_is_shown_no_more_once_the_file_is_fetched(ready, client, data_officer):
    client.force_login(data_officer)
    page = reverse("export:run", args=[ready.pk])
    client.post(reverse("export:fetch", args=[ready.pk]))

    assert password_of(ready.pk) not in client.get(page).content.decode()


def test_every_export_has_a_password_of_its_own():
    made = {password_of(uuid.uuid4()) for _number in range(200)}

    assert len(made) == 200
    assert all(len(one) == 19 for one in made)


def test_a_recap_without_people_downloads_at_once(client, make_user):
    content = post(client, make_user("administrator"), "pengguna", purpose="").content

    assert not OfficeFile(io.BytesIO(content)).is_encrypted()


def test_a_list_of_people_asks_first_who_sits_there(client, make_person, data_officer, settings):
    settings.PULIH_STEP_UP = True
    make_person("Siti Aminah")
    client.force_login(data_officer)

    asked = client.get(reverse("export:ask", args=["orang"]))

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert post(client, data_officer, "orang").status_code == 403
    assert not ExportRun.objects.unscoped(reason="test").exists()


def test_every_printed_sheet_says_who_took_it_out(client, make_person, data_officer):
    make_person("Siti Aminah")

    sheet = book_of(taken(client, data_officer, "orang")).worksheets[0]

    assert data_officer.full_name in sheet.oddFooter.left.text
    assert book_of(taken(client, data_officer, "orang")).properties.creator == "Pulih"
