"""The backup of every day: made where somebody can open it, and not failed in silence."""

import pytest
from django.urls import reverse

from pulih.config import background, tasks
from pulih.config.recovery.backup import Made
from pulih.config.recovery.recipients import RecoveryError, new_recipient
from pulih.inbox.models import Notice


@pytest.fixture
def place(settings, tmp_path):
    """A data folder of the test's own, whose backups go beside it."""
    settings.PULIH_DATA = tmp_path / "data"
    settings.PULIH_DATA.mkdir()
    settings.PULIH_BACKUPS = tmp_path / "backups"
    return tmp_path


@pytest.fixture
def failing(place, monkeypatch):
    """A disk that is full."""
    new_recipient("kadis")

    def fail(folder, *, tell):
        raise RecoveryError("The disk is full.")

    monkeypatch.setattr(tasks, "make_backup", fail)


def notices_of(user):
    return [row.title for row in Notice.objects.visible_to(user)]


def test_it_is_asked_for_once_a_day():
    assert "pulih.config.tasks.back_up_today" in background.DAILY


def test_nothing_is_made_where_nobody_could_open_it(db, place):
    assert "nobody" in tasks.back_up()
    assert not (place / "backups").exists()


def test_it_goes_into_the_folder_of_backups_and_thins_it_out(db, place, monkeypatch):
    new_recipient("kadis")
    made, thinned = [], []

    def make(folder, *, tell):
        made.append(folder)
        return Made(folder / "pulih-x.age", 1, 1, 0)

    monkeypatch.setattr(tasks, "make_backup", make)
    monkeypatch.setattr(tasks, "thin_out", lambda folder, *, days: thinned.append(days))

    assert tasks.back_up().endswith("pulih-x.age")
    assert (made, thinned) == ([place / "backups"], [14])


def test_administrators_are_told_when_it_fails_once_a_day(make_user, failing):
    administrator, head = make_user("administrator"), make_user("head_of_office")

    tasks.back_up()
    tasks.back_up()

    assert notices_of(administrator) == ["Cadangan hari ini gagal"]
    assert notices_of(head) == []


def test_the_notice_says_why(client, make_user, failing):
    client.force_login(make_user("administrator"))

    tasks.back_up()

    assert "The disk is full." in client.get(reverse("inbox:notices")).content.decode()


def test_one_recipient_alone_makes_no_backup_and_is_told(make_user, place):
    administrator = make_user("administrator")
    new_recipient("kadis")

    assert "at least 2" in tasks.back_up()
    assert len(notices_of(administrator)) == 1
