"""R-EXC-5, R-EXC-7, R-EXC-8: mended rows, undoing, and going on after a stop."""

import io

import openpyxl
import pytest
from django.apps import apps
from django.db import connection

from pulih.cases.models import Report
from pulih.common.errors import RuleError
from pulih.exchange import tasks
from pulih.exchange.actions.progressing import resume, start_undo
from pulih.exchange.actions.uploading import start_import
from pulih.exchange.models import ImportBatch, ImportedRow
from pulih.exchange.refused import refused_workbook
from pulih.exchange.tasks import work_on_batch
from pulih.people.models import KeyCount, Person, PersonFact, PpksStatus
from tests.exchange.test_import_people import PARDI, SULASTRI

WHY = "test"
NAMELESS = (3, "3521091201670003", "", "L", "12/01/1967", "Grudo", "Ngawi", "=1+1")
# What stays when an import is undone: the trail, counters, the file and its batch.
KEPT = ("access_", "exchange_", "files_", "inbox_", "django_", "sessions")


def people():
    return Person.objects.unscoped(reason=WHY)


def fresh(batch):
    return ImportBatch.objects.unscoped(reason=WHY).get(pk=batch.pk)


def dump():
    """Every row of the tables of people and cases."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if table.startswith(KEPT):
                continue
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
            found[table] = sorted(map(str, cursor.fetchall()))
    # A key that nobody has any more is counted as nought; that says the same as no row.
    found["people_keycount"] = sorted(
        f"{count.key} {count.people}" for count in KeyCount.objects.exclude(people=0)
    )
    return found


def undo(batch, by):
    start_undo(batch=fresh(batch), by=by)
    work_on_batch.enqueue(str(batch.pk))
    return fresh(batch)


def test_refused_rows_can_be_mended_and_uploaded_again(make_sheet, import_file, data_officer):
    batch = import_file(make_sheet([SULASTRI, NAMELESS]))
    book = openpyxl.load_workbook(io.BytesIO(refused_workbook(batch=batch, by=data_officer)))
    book.active["C2"] = "Pardi Utomo"
    mended = io.BytesIO()
    book.save(mended)

    again = import_file(mended.getvalue())

    assert (again.counts["new"], again.counts.get("refused", 0)) == (1, 0)
    assert set(people().values_list("full_name", flat=True)) == {"Sulastri", "Pardi Utomo"}


def test_refused_rows_are_text_with_their_reason(make_sheet, check, data_officer):
    batch = check(make_sheet([SULASTRI, NAMELESS]))

    page = openpyxl.load_workbook(io.BytesIO(refused_workbook(batch=batch, by=data_officer))).active

    cells = [page.cell(2, column) for column in range(1, 10)]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert cells[1].value == "3521091201670003"
    assert "nama" in cells[8].value


def test_undoing_removes_exactly_what_was_written(make_sheet, import_file, data_officer):
    import_file(make_sheet([SULASTRI]))
    before = dump()

    batch = import_file(make_sheet([(1, *SULASTRI[1:7], "8"), PARDI]))
    undone = undo(batch, data_officer)

    assert undone.state == "undone"
    assert dump() == before


def test_the_same_file_can_be_imported_after_it_was_undone(make_sheet, import_file, data_officer):
    content = make_sheet([SULASTRI, PARDI])
    undo(import_file(content), data_officer)

    again = import_file(content)

    assert (again.counts["new"], people().count()) == (2, 2)


def test_an_import_on_which_a_case_was_built_stays(
    make_sheet, import_file, data_officer, make_case
):
    batch = import_file(make_sheet([SULASTRI]))
    make_case(person=people().get())

    with pytest.raises(RuleError):
        start_undo(batch=batch, by=data_officer)

    assert people().count() == 1


def break_after(monkeypatch, count):
    """Let the writing fail after some chunks, as a fault of the program would."""
    real, done = tasks.writing.write_chunk, []

    def write(chunk, batch, earlier):
        if len(done) == count:
            raise OSError("disk")
        done.append(chunk)
        real(chunk, batch, earlier)

    monkeypatch.setattr(tasks.writing, "write_chunk", write)
    return lambda: monkeypatch.setattr(tasks.writing, "write_chunk", real)


@pytest.fixture
def small_chunks(monkeypatch):
    """Chunks of two rows."""
    monkeypatch.setattr("pulih.exchange.work.checking.CHUNK", 2)


MANY = [
    (at, "", f"Warga Nomor{chr(97 + at)}{chr(98 + at)}", "L", "", "", "", "") for at in range(7)
]


@pytest.mark.django_db(transaction=True)
def test_an_import_that_stopped_goes_on_where_it_stands(
    make_sheet, check, data_officer, monkeypatch, small_chunks
):
    batch = check(make_sheet(MANY))
    mend = break_after(monkeypatch, 2)
    start_import(batch=batch, by=data_officer)
    work_on_batch.enqueue(str(batch.pk))
    stopped = fresh(batch)
    assert (stopped.state, people().count(), stopped.percent) == ("failed", 4, 57)

    mend()
    resume(batch=stopped, by=data_officer)
    work_on_batch.enqueue(str(batch.pk))

    assert (fresh(batch).state, people().count()) == ("done", 7)
    assert ImportedRow.objects.filter(batch=batch).count() == 7


def test_a_task_that_comes_twice_writes_nothing_twice(make_sheet, import_file):
    batch = import_file(make_sheet(MANY))

    work_on_batch.enqueue(str(batch.pk))

    assert people().count() == 7


def test_a_changed_row_of_a_known_nik_extends_that_person(make_sheet, import_file):
    import_file(make_sheet([SULASTRI]))

    batch = import_file(make_sheet([(1, *SULASTRI[1:7], "Gelandangan")]))

    assert (batch.counts["known"], people().count()) == (1, 1)
    assert PpksStatus.objects.unscoped(reason=WHY).count() == 2


CHILDREN = "No|Inisial|Usia|JK|Jenis Kasus|Tgl Laporan|Ditangani oleh".split("|")
CHILD = (1, "A.S.", 13, "P", "Penelantaran", "13-02-2026", "Peksos 1")


def test_a_list_of_initials_becomes_sealed_reports_without_names(
    make_sheet, import_file, make_user, data_officer
):
    make_user("section_head")

    batch = import_file(make_sheet([CHILD], CHILDREN))

    reports = Report.objects.unscoped(reason=WHY)
    assert (batch.state, batch.counts["sealed"], people().count()) == ("done", 1, 0)
    assert reports.get().compartment_id is not None
    assert not Report.objects.visible_to(data_officer).exists()


def test_a_row_of_a_sealed_kind_leaves_no_name_in_the_registry(make_sheet, import_file, make_user):
    make_user("section_head")
    victim = (1, "", "Melati Putri", "P", "", "Beran", "Ngawi", "6")

    batch = import_file(make_sheet([victim, PARDI]))

    assert batch.counts["sealed"] == 1
    assert list(people().values_list("full_name", flat=True)) == ["Pardi Utomo"]
    assert not PersonFact.objects.filter(person__full_name="Melati Putri").exists()


def test_sealed_rows_need_somebody_who_can_open_them(make_sheet, import_file):
    batch = import_file(make_sheet([CHILD], CHILDREN))

    assert batch.state == "failed"
    assert batch.fault["reason"]
