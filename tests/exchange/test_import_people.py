"""R-EXC-3, R-EXC-4, R-EXC-6: rows become people, and the same rows again change nothing."""

from pulih.access.models import AuditEvent
from pulih.inbox.models import Task
from pulih.people.models import Identifier, Person, PpksStatus
from pulih.people.storage.numbers import index_of


def people():
    return Person.objects.unscoped(reason="test")


SULASTRI = (1, "3521095201870001", "Sulastri", "P", "12-01-1987", "Beran", "Ngawi", "9")
PARDI = (2, "'3521091201670003", "Pardi Utomo", "L", "12/01/1967", "Grudo", "Ngawi", "Gelandangan")


def test_each_row_becomes_a_person(make_sheet, import_file):
    batch = import_file(make_sheet([SULASTRI, PARDI]))

    assert batch.state == "done"
    assert set(people().values_list("full_name", flat=True)) == {"Sulastri", "Pardi Utomo"}
    assert batch.counts["new"] == 2


def test_the_kind_of_a_row_becomes_a_dated_status(make_sheet, import_file):
    import_file(make_sheet([PARDI]))

    status = PpksStatus.objects.unscoped(reason="test").get()

    assert (status.kind, str(status.status_on)) == (11, "2026-11-24")


def test_the_village_is_found_by_its_name(make_sheet, import_file):
    import_file(make_sheet([SULASTRI]))

    assert people().get().home_code.startswith("35.21.09.")


def test_a_nik_with_a_quote_keeps_its_digits(make_sheet, import_file):
    import_file(make_sheet([PARDI]))

    assert Identifier.objects.unscoped(reason="test").get().value == "3521091201670003"


def test_the_same_file_twice_changes_nothing(make_sheet, import_file, check):
    content = make_sheet([SULASTRI, PARDI])
    import_file(content)

    again = check(content)

    assert (again.counts["unchanged"], again.counts.get("taken", 0)) == (2, 0)
    assert people().count() == 2


def test_two_rows_with_one_nik_are_one_person_with_two_kinds(make_sheet, import_file):
    second = (2, *SULASTRI[1:7], "8")

    import_file(make_sheet([SULASTRI, second]))

    assert people().count() == 1
    kinds = PpksStatus.objects.unscoped(reason="test").values_list("kind", flat=True)
    assert set(kinds) == {8, 9}


def test_a_row_of_somebody_known_adds_its_history_to_that_entry(make_sheet, import_file):
    import_file(make_sheet([SULASTRI]))

    import_file(make_sheet([(1, *SULASTRI[1:7], "8")]))

    assert people().count() == 1
    assert PpksStatus.objects.unscoped(reason="test").count() == 2


def test_a_row_without_a_name_is_refused_with_the_reason(make_sheet, check):
    batch = check(make_sheet([SULASTRI, (2, "3521091201670003", "", "L", "", "", "", "")]))

    report = batch.reports.get(verdict="refused")

    assert batch.counts["refused"] == 1
    assert report.row == 3


def test_nothing_is_written_before_the_yes(make_sheet, check):
    check(make_sheet([SULASTRI]))

    assert people().count() == 0


def test_an_import_leaves_a_trail(make_sheet, import_file):
    batch = import_file(make_sheet([SULASTRI]))

    verbs = list(AuditEvent.objects.filter(subject_id=str(batch.pk)).values_list("verb", flat=True))

    assert verbs[-1] == "import.finished"


def test_the_custodians_of_a_sealed_person_learn_of_an_imported_twin(
    make_sheet, import_file, make_case, make_user
):
    custodian = make_user()
    case = make_case(lead=custodian, sealed=True)
    nik = SULASTRI[1]
    case.person.identifiers.create(
        kind="nik",
        value=nik,
        index=index_of("nik", nik, sealed=True),
        sealed=True,
        recorded_by=custodian,
    )

    import_file(make_sheet([SULASTRI]))

    tasks = Task.objects.unscoped(reason="test").filter(kind="sealed_duplicate")
    assert [task.owner for task in tasks] == [custodian]
