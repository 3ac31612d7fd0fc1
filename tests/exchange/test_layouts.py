"""The layouts in use, from the file to the registry."""

import io

import pytest

from pulih.cases.models import Report
from pulih.people.models import Person, PersonFact
from tests.exchange.sheets import lists


def people():
    return Person.objects.unscoped(reason="test")


def content(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_by_name_by_address(import_file):
    batch = import_file(content(lists.village_list()))

    names = set(people().values_list("full_name", flat=True))
    assert names == {"Karto Wiyono", "Mbah Rebi", "Tukimin", "Jumlah Sari"}
    assert batch.counts["refused"] == 1
    assert {one.home_code.count(".") for one in people()} == {3}


def test_a_sheet_for_each_district(import_file):
    batch = import_file(content(lists.district_recap()))

    assert batch.counts["rows"] == 19 * 4
    assert batch.counts.get("refused", 0) == 0
    # The same four people on each sheet: those with a NIK are one each.
    assert people().filter(full_name="Warsini").count() == 1


def test_a_health_centre_list(import_file):
    import_file(lists.health_centre_text().encode("cp1252"), name="odgj.csv")

    assert people().get(full_name="Suparno").home_code.count(".") == 3
    said = [one.detail for one in PersonFact.objects.filter(kind="condition")]
    assert {"pasung", "haloperidol"} <= set(said)


def test_a_child_protection_list(import_file, make_user):
    make_user("section_head")

    batch = import_file(content(lists.child_list()))

    assert (batch.counts["sealed"], people().count()) == (2, 0)
    assert Report.objects.unscoped(reason="test").exclude(compartment=None).count() == 2


def test_a_dtsen_extract(import_file):
    batch = import_file(lists.extract_text(30).encode(), name="dtsen.txt")

    assert (batch.counts["rows"], batch.counts.get("refused", 0)) == (30, 0)
    assert PersonFact.objects.filter(kind="decile").count() == batch.counts["taken"]


@pytest.mark.parametrize("name", ["village.xls", "village.ods"])
def test_other_formats_say_the_same(name, import_file, read_test_file):
    import_file(read_test_file(name))

    assert people().filter(full_name="Karto Wiyono").count() == 1
