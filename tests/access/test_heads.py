"""The daily head: printed, it finds a tail that was cut together with the head in the database."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from pulih.access import audit, chain, heads
from pulih.access.models import AuditEvent, AuditHead, DailyHead, Office
from pulih.access.tasks import keep_heads_today


@pytest.fixture
def trail(make_user):
    """Ten lines of one user."""
    user = make_user()
    for _number in range(10):
        with transaction.atomic():
            audit.record("case.seen", actor=user)
    return user.office


def without_triggers(*statements):
    with connection.cursor() as cursor:
        for verb in ("update", "delete", "replace", "truncate"):
            on = f" ON {chain.TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_no_{verb}{on}")
        for statement, values in statements:
            cursor.execute(statement, values)


def cut(office, at):
    """Cut the tail off and put a head of before back, as whoever holds the keys could."""
    last = AuditEvent.objects.get(office=office, sequence=at)
    without_triggers((f"DELETE FROM {chain.TABLE} WHERE sequence > %s", [at]))
    AuditHead.objects.filter(office=office).update(
        sequence=at, mac=last.mac, seal=chain.seal_of(office, at, last.mac)
    )


def test_a_head_is_read_back_from_paper(trail):
    point = audit.current_heads()[trail.code]

    text = heads.text_of(point)

    assert heads.read(text) == chain.Point(10, chain.short(point.mac))
    assert heads.read(text.upper().replace(" ", "-")).sequence == 10


@pytest.mark.parametrize("text", ["", "10", "abc", "10 xyz1 xyz1 xyz1 xyz1 xyz1", "10 ab12"])
def test_what_is_no_head_is_said_to_be_none(text):
    with pytest.raises(heads.HeadError):
        heads.read(text)


def test_a_tail_cut_with_its_head_is_found_by_the_printed_one_alone(trail):
    kept = heads.read(heads.text_of(audit.current_heads()[trail.code]))
    cut(trail, 7)

    assert list(chain.faults(trail)) == []
    assert any("kept elsewhere" in fault for fault in chain.faults(trail, kept=kept))


def test_an_older_head_is_not_put_back_without_the_keys(trail):
    last = AuditEvent.objects.get(office=trail, sequence=7)
    without_triggers((f"DELETE FROM {chain.TABLE} WHERE sequence > %s", [7]))
    AuditHead.objects.filter(office=trail).update(sequence=7, mac=last.mac)

    assert any("not written by Pulih" in fault for fault in chain.faults(trail))


def test_a_trail_that_goes_on_still_holds_yesterdays_head(trail, make_user):
    kept = heads.read(heads.text_of(audit.current_heads()[trail.code]))
    with transaction.atomic():
        audit.record("case.seen", actor=make_user())

    assert list(chain.faults(trail, kept=kept)) == []


def test_the_head_of_each_day_is_kept_once_with_what_the_walk_found(trail):
    keep_heads_today.call()
    keep_heads_today.call()

    kept = DailyHead.objects.get(office=trail)
    assert kept.sequence == 10
    assert kept.verified


def test_the_auditor_prints_the_heads_and_others_do_not(client, trail, make_user):
    keep_heads_today.call()
    text = heads.text_of(audit.current_heads()[trail.code])
    client.force_login(make_user("auditor"))
    page = client.get(reverse("access:heads"))
    client.force_login(make_user("administrator"))

    assert text in page.content.decode()
    assert client.get(reverse("access:heads")).status_code == 403
    assert Office.objects.count() == 1


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's own word")
def test_a_row_of_the_trail_is_not_replaced(trail):
    with pytest.raises(Exception, match="insert-only"), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO {chain.TABLE} SELECT * FROM {chain.TABLE} LIMIT 1")
