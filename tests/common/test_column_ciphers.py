"""A migration encrypts what lay in clear, and can put it back."""

from types import SimpleNamespace

from django.db import connection

from pulih.common.column_ciphers import encrypt_columns
from pulih.inbox.models import Task

EDITOR = SimpleNamespace(connection=connection)


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM inbox_task ORDER BY title DESC")
        return [row[0] for row in cursor.fetchall()]


def lay_in_clear(text):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inbox_task SET title = %s", [text])


def test_rows_that_lay_in_clear_are_encrypted_and_read_as_before(office, make_user):
    for _ in range(2):
        Task.objects.create(office=office, kind="x", title="x", owner=make_user())
    lay_in_clear("Jawab surat K-1")

    encrypt_columns(("inbox_task", "title")).code(None, EDITOR)

    assert all(token.startswith("v1.k1.") for token in stored())
    titles = [task.title for task in Task.objects.unscoped(reason="test")]
    assert titles == ["Jawab surat K-1"] * 2


def test_the_way_back_lays_them_in_clear_again(office, make_user):
    Task.objects.create(office=office, kind="x", title="Jawab surat K-1", owner=make_user())

    encrypt_columns(("inbox_task", "title")).reverse_code(None, EDITOR)

    assert stored() == ["Jawab surat K-1"]


def test_an_empty_value_stays_empty(office, make_user):
    Task.objects.create(office=office, kind="x", title="x", owner=make_user())
    lay_in_clear("")

    encrypt_columns(("inbox_task", "title")).code(None, EDITOR)

    assert stored() == [""]
