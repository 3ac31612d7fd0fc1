"""R-ACC-21, R-EXC-6: students come in by NIM, without a role; who is known stays as they are."""

import datetime as dt

import pytest
from django.urls import reverse

from pulih.access.models import StudentRecord, User

TITLES = (
    "No",
    "NIM",
    "Nama Mahasiswa",
    "Program Studi",
    "Universitas",
    "Angkatan",
    "Email",
    "No HP",
    "Tanggal Mulai",
    "Tanggal Selesai",
)
AYU = (
    1,
    "D0320001",
    "Ayu Contoh",
    "Sosiologi",
    "Universitas Contoh",
    "2023",
    "ayu@contoh.ac.id",
    "081200000001",
    "11-01-2027",
    "24-02-2027",
)
BIMA = (2, 21040284012, "Bima Contoh", "Sosiologi", "Universitas Contoh", 2023, "-", "-", "", "")


@pytest.fixture
def import_students_file(make_sheet, import_file):
    """Walk a list of students to its end."""

    def walk(rows, titles=TITLES, **settings):
        content = make_sheet(rows, titles)
        return import_file(content, kind="students", name="mahasiswa.xlsx", **settings)

    return walk


def test_a_row_becomes_an_account_without_a_role(import_students_file):
    import_students_file([AYU])

    user = User.objects.get(full_name="Ayu Contoh")
    assert not user.grants.exists()
    assert not user.has_usable_password()
    assert user.student.university == "Universitas Contoh"


def test_the_planned_days_are_kept_for_the_role(import_students_file):
    import_students_file([AYU])

    student = StudentRecord.objects.get()
    assert student.planned_from == dt.date(2027, 1, 11)
    assert student.planned_until == dt.date(2027, 2, 24)


def test_a_nim_that_is_kept_as_a_number_keeps_its_digits(import_students_file):
    import_students_file([BIMA])

    assert str(StudentRecord.objects.get().nim) == "21040284012"


def test_a_known_nim_is_told_and_changes_nothing(import_students_file):
    import_students_file([AYU])
    before = list(User.objects.order_by("pk").values())

    other = list(AYU)
    other[1], other[2] = "d 0320001", "Ayu Nama Baru"
    again = import_students_file([BIMA, other])

    assert (again.counts["new"], again.counts["unchanged"]) == (1, 1)
    assert User.objects.get(full_name="Ayu Contoh").pk in {row["id"] for row in before}
    assert not User.objects.filter(full_name="Ayu Nama Baru").exists()


def test_the_same_nim_at_another_university_is_another_student(import_students_file):
    other = list(AYU)
    other[2], other[4] = "Candra Contoh", "Politeknik Contoh"

    batch = import_students_file([AYU, other])

    assert batch.counts["new"] == 2


def test_a_row_without_nim_or_with_the_nim_of_another_row_is_refused(check, make_sheet):
    nameless, twice = list(AYU), list(AYU)
    nameless[1] = "-"

    batch = check(make_sheet([AYU, nameless, twice], TITLES), kind="students")

    assert (batch.counts["taken"], batch.counts["refused"]) == (1, 2)


def test_the_university_of_the_whole_file_fills_what_no_column_says(import_students_file):
    row = ("D0320009", "Dewi Contoh")

    import_students_file([row], titles=("NIM", "Nama"), university="Universitas Contoh")

    assert StudentRecord.objects.get().university == "Universitas Contoh"


def test_a_last_day_before_the_first_is_told_and_neither_is_taken(import_students_file):
    row = list(AYU)
    row[8], row[9] = "24-02-2027", "11-01-2027"

    batch = import_students_file([row])

    assert batch.counts["warned"] == 1
    assert StudentRecord.objects.get().planned_from is None


def test_the_coordinator_sees_imports_of_students_alone(
    client, make_user, check, make_sheet, import_students_file
):
    people = check(make_sheet([(1, "", "Warsini", "P", "", "", "", "")]))
    students = import_students_file([AYU])
    client.force_login(make_user("programme_coordinator"))

    assert client.get(reverse("exchange:batch", args=[students.pk])).status_code == 200
    assert client.get(reverse("exchange:batch", args=[people.pk])).status_code == 404


def test_the_role_of_a_student_is_proposed_with_the_planned_days(
    client, make_user, import_students_file
):
    import_students_file([AYU])
    client.force_login(make_user("administrator"))

    page = client.get(reverse("access:user", args=[StudentRecord.objects.get().user_id]))

    form = page.context["grant_form"]
    assert form["role"].value() == "student"
    assert form["valid_until"].value() == dt.date(2027, 2, 24)
