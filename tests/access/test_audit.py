"""R-ACC-1: the trail is written with what it tells of, and no tampering goes unseen."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from pulih.access import audit, triggers
from pulih.access.audit import AuditError
from pulih.access.chain import faults
from pulih.access.models import AuditEvent, AuditHead, Office

VERBS = ("case.opened", "plan.agreed", "case.closed")


@pytest.fixture
def chain(make_user):
    worker = make_user()
    return [
        audit.record(verb, actor=worker, reason="alasan", detail={"n": number})
        for number, verb in enumerate(VERBS)
    ]


def tamper(sql, *values):
    """Change the trail as somebody with the database file would: without the triggers."""
    with connection.cursor() as cursor:
        for name in ("audit_no_update", "audit_no_delete", "audit_no_replace", "audit_no_truncate"):
            where = f" ON {triggers.TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")
        cursor.execute(sql, values)
    triggers.install()


def key(event):
    return event.pk.hex if connection.vendor == "sqlite" else str(event.pk)


def test_an_untouched_chain_has_no_fault(chain, office):
    assert list(faults(office)) == []


def test_events_follow_one_another(chain):
    assert [event.sequence for event in chain] == [1, 2, 3]


def test_an_event_names_its_subject_by_kind_key_and_number(make_user, make_case):
    case = make_case()

    event = audit.record("case.closed", actor=make_user(), subject=case)

    assert (event.subject_kind, event.subject_label) == ("cases.case", case.number)
    assert event.subject_id == str(case.pk)


def test_reason_and_detail_lie_encrypted(chain):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT reason, detail FROM {triggers.TABLE}")
        stored = str(cursor.fetchall())

    assert "alasan" not in stored
    assert AuditEvent.objects.get(sequence=2).detail == {"n": 1}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "case.read"),
        ("subject_label", "K-2026-99999"),
        ("subject_kind", "cases.case"),
        ("subject_id", "x"),
        ("at", dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
        ("actor_id", None),
        ("reason", ""),
        ("detail", ""),
        ("digest", "0" * 64),
        ("mac", "0" * 64),
    ],
)
def test_an_edited_event_is_found(chain, office, column, value):
    stored = str(value) if isinstance(value, dt.datetime) else value
    tamper(f"UPDATE {triggers.TABLE} SET {column} = %s WHERE sequence = 2", stored)

    assert any("2" in fault for fault in faults(office))


def test_a_deleted_event_is_found(chain, office):
    tamper(f"DELETE FROM {triggers.TABLE} WHERE sequence = 2")

    assert any("event 2 is missing" in fault for fault in faults(office))


def test_a_cut_tail_is_found(chain, office):
    tamper(f"DELETE FROM {triggers.TABLE} WHERE sequence = 3")

    assert any("ends at 2" in fault for fault in faults(office))


def test_a_cut_tail_is_found_though_the_number_of_the_head_was_set_back(chain, office):
    tamper(f"DELETE FROM {triggers.TABLE} WHERE sequence = 3")
    AuditHead.objects.update(sequence=2)

    assert list(faults(office))


def test_two_events_that_changed_places_are_found(chain, office):
    first, second = chain[0], chain[1]
    for event, place in ((first, 90), (second, 1), (first, 2)):
        tamper(f"UPDATE {triggers.TABLE} SET sequence = %s WHERE id = %s", place, key(event))

    assert any("edited" in fault for fault in faults(office))


def test_the_chains_of_two_offices_do_not_meet(chain, office, make_user):
    far = Office.objects.create(code="far", name="Dinas lain", region_code="35.20")

    event = audit.record("case.opened", actor=make_user(office=far))

    assert event.sequence == 1
    assert list(faults(far)) == list(faults(office)) == []


def test_nothing_is_recorded_for_nobody(db):
    with pytest.raises(AuditError, match="office"):
        audit.record("case.opened", actor=None)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction(make_user):
    with pytest.raises(AuditError, match="transaction"):
        audit.record("case.opened", actor=make_user())


def test_what_is_rolled_back_leaves_no_line(make_user):
    worker = make_user()

    with transaction.atomic():
        audit.record("case.opened", actor=worker)
        transaction.set_rollback(True)

    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "sql", [f"UPDATE {triggers.TABLE} SET verb = 'x'", f"DELETE FROM {triggers.TABLE}"]
)
def test_the_database_refuses_to_change_or_delete(chain, sql):
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        connection.cursor().execute(sql)


def test_the_models_cannot_go_around_it(chain):
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        AuditEvent.objects.update(verb="x")
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        chain[0].delete()


def test_the_database_refuses_to_empty_the_trail(chain):
    # SQLite has no TRUNCATE; its DELETE without a condition is held back by the same trigger.
    emptying = "TRUNCATE {} CASCADE" if connection.vendor == "postgresql" else "DELETE FROM {}"
    connection.check_constraints()  # what is pending would stop TRUNCATE before the trigger

    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        connection.cursor().execute(emptying.format(triggers.TABLE))


def test_missing_triggers_are_noticed_and_put_back(chain):
    where = f" ON {triggers.TABLE}" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER audit_no_delete{where}")
    assert triggers.missing() == ["audit_no_delete"]

    triggers.install()

    assert triggers.missing() == []


def test_a_trigger_of_the_right_name_that_refuses_nothing_is_missing(chain):
    assert triggers.missing() == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_no_update")
            cursor.execute(
                f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {triggers.TABLE}"
                " BEGIN SELECT 1; END"
            )
        else:
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER audit_no_update BEFORE UPDATE ON {triggers.TABLE}"
                " FOR EACH ROW WHEN (OLD.sequence < 0) EXECUTE FUNCTION audit_refuse()"
            )

    assert triggers.missing() == ["audit_no_update"]

    triggers.install()
    assert triggers.missing() == []


def test_a_function_that_lets_everything_pass_is_no_trigger(chain):
    if connection.vendor == "sqlite":
        pytest.skip("the triggers of SQLite call no function")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NEW; END $$"
        )

    assert triggers.missing() == list(triggers.names())

    triggers.install()
    assert triggers.missing() == []
