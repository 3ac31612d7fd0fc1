"""Encrypted fields: opened per row, closed to SQL, and nowhere in the database in plain."""

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection

from pulih.access.models import Compartment, User
from pulih.common.errors import CipherError
from pulih.common.fields import Ciphertext
from pulih.inbox.models import CalendarEntry, Task
from pulih.people.models import Person

CANARY = "KenariRahasia198501012010011001"


@pytest.fixture
def task(make_user, office):
    return Task.objects.create(
        office=office, kind="x", title="x", owner=make_user(), body=CANARY, outcome="lain"
    )


def again(task):
    return Task.objects.unscoped(reason="a test").get(pk=task.pk)


def stored(row, column):
    key = row.pk.hex if connection.vendor == "sqlite" else str(row.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [key])
        return cursor.fetchone()[0]


def put(row, column, value):
    key = row.pk.hex if connection.vendor == "sqlite" else str(row.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [value, key])


def test_a_value_is_read_as_it_was_written(task):
    assert again(task).body == CANARY


def test_the_database_holds_no_word_of_it(task):
    assert CANARY not in stored(task, "body")
    assert stored(task, "body").startswith("v1.k1.")


def test_an_empty_value_stays_empty(task):
    assert again(task).blocked_reason == stored(task, "blocked_reason") == ""


def test_a_value_from_another_row_is_refused(task, office, make_user):
    other = Task.objects.create(office=office, kind="x", title="x", owner=make_user(), body="b")
    put(other, "body", stored(task, "body"))

    with pytest.raises(CipherError):
        again(other).body  # noqa: B018


def test_a_value_from_another_column_is_refused(task):
    put(task, "outcome", stored(task, "body"))

    with pytest.raises(CipherError):
        again(task).outcome  # noqa: B018


def test_a_value_from_another_table_is_refused(task, office):
    entry = CalendarEntry.objects.create(
        pk=task.pk, office=office, title="x", owner=task.owner, held_on="2026-01-01", note="b"
    )
    put(entry, "note", stored(task, "body"))

    with pytest.raises(CipherError):
        CalendarEntry.objects.unscoped(reason="a test").get().note  # noqa: B018


def test_a_flipped_letter_is_refused(task):
    token = stored(task, "body")
    put(task, "body", token[:-6] + ("A" if token[-6] != "A" else "B") + token[-5:])

    with pytest.raises(CipherError):
        again(task).body  # noqa: B018


def test_plain_text_in_the_column_is_refused(task):
    put(task, "body", "teks biasa")

    with pytest.raises(CipherError):
        again(task).body  # noqa: B018


@pytest.mark.parametrize(
    "query",
    [
        lambda rows: rows.filter(body="x"),
        lambda rows: rows.filter(body__contains="x"),
        lambda rows: rows.filter(body__in=["x"]),
        lambda rows: rows.exclude(body="x"),
        lambda rows: rows.update(body="x"),
    ],
)
def test_sql_never_sees_plain_text(task, query):
    with pytest.raises(FieldError):
        list(query(Task.objects.unscoped(reason="a test")) or [])


def test_a_bulk_update_is_refused(task):
    task.body = "lain"

    with pytest.raises(FieldError):
        Task.objects.unscoped(reason="a test").bulk_update([task], ["body"])


def test_rows_made_in_bulk_are_encrypted(office, make_user):
    owner = make_user()
    rows = [Task(office=office, kind="x", title="x", owner=owner, body=CANARY) for _ in range(3)]

    Task.objects.bulk_create(rows)

    assert {again(row).body for row in rows} == {CANARY}
    assert len({stored(row, "body") for row in rows}) == 3


def test_a_row_that_is_saved_unopened_keeps_its_value(task):
    before, row = stored(task, "body"), again(task)

    row.save()

    assert isinstance(row.__dict__["body"], Ciphertext)
    assert stored(task, "body") == before


def test_a_value_is_opened_only_when_it_is_read(task):
    put(task, "outcome", "rusak")

    assert again(task).body == CANARY


def test_a_deferred_value_is_opened_too(task):
    rows = Task.objects.unscoped(reason="a test")

    assert rows.defer("body").get(pk=task.pk).body == CANARY


def test_only_text_is_taken(task):
    task.body = 7

    with pytest.raises(TypeError):
        task.save()


@pytest.mark.parametrize("value", [{"a": [1, "é"]}, [1, 2], "kata", 5, {"n": None}])
def test_a_json_value_is_read_as_it_was_written(make_case, value):
    case = make_case()
    event = case.events.create(kind="x", happened_on="2026-01-01", by=case.opened_by, detail=value)

    assert case.events.get(pk=event.pk).detail == value


def test_secrets_are_not_serialised(task):
    with pytest.raises(FieldError):
        serializers.serialize("json", [task], fields=["body"])


def test_no_canary_lies_in_the_database(office, make_user):
    """Every text of a whole copy of the database, not of one column."""
    user = make_user(nip=CANARY)
    Person.objects.create(
        office=office,
        compartment=Compartment.objects.create(office=office),
        number="S-2026",
        full_name_sealed=CANARY,
        created_by=user,
    )
    Task.objects.create(office=office, kind="x", title="x", owner=user, body=CANARY)

    with connection.cursor() as cursor:
        text = "".join(
            str(row)
            for table in connection.introspection.table_names()
            for row in _rows(cursor, table)
        )

    assert User.objects.get(pk=user.pk).nip == CANARY
    assert str(user.username) in text
    assert CANARY not in text


def _rows(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')
    return cursor.fetchall()
