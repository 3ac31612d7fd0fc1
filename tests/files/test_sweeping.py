"""What a crash left on the disk goes, and nothing else (R-FILE-11)."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from pulih.files import store, sweeping
from pulih.files.actions import attach, remove
from tests.files.makers import pdf

LONG_AGO = time.time() - 2 * sweeping.LONGEST_STEP_SECONDS


@pytest.fixture
def media(settings) -> Path:
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def kept(shelf, make_user):
    """A file that its record names."""
    user = make_user()
    shelf.readers.add(user)
    shelf.writers.add(user)
    return attach(owner=shelf.owner, content=pdf(), name="surat.pdf", by=user)


def leave(media: Path, path: str = "ab/cdef", *, age: float | None = LONG_AGO) -> Path:
    file = media / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"sealed")
    if age:
        os.utime(file, (age, age))
    return file


@pytest.mark.parametrize("name", ["ab/cdef", "ab/cdef.t", "ab/.cdef.1a2b3c4d"])
def test_a_content_without_a_record_goes(kept, media, name):
    stray = leave(media, name)

    assert sweeping.sweep_strays() == 1
    assert not stray.exists()


def test_a_content_with_a_record_stays(kept, media):
    assert sweeping.sweep_strays() == 0
    assert (media / kept.storage_path).exists()


def test_the_content_of_a_removed_file_goes_when_the_removal_was_cut_off(kept, media):
    remove(attachment=kept, reason="Salah orang", by=kept.uploaded_by)
    file = leave(media, kept.storage_path)

    assert sweeping.sweep_strays() == 1
    assert not file.exists()


def test_a_step_that_is_rolled_back_after_its_file_leaves_nothing_for_long(shelf, make_user, media):
    user = make_user()
    shelf.writers.add(user)
    with transaction.atomic():
        attachment = attach(owner=shelf.owner, content=pdf(), name="surat.pdf", by=user)
        os.utime(media / attachment.storage_path, (LONG_AGO, LONG_AGO))
        transaction.set_rollback(True)

    assert sweeping.sweep_strays() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer, its lock tells")
def test_a_content_whose_record_may_still_come_is_left(kept, media):
    young = leave(media, age=None)

    assert sweeping.sweep_strays() == 0
    assert young.exists()


def test_the_files_of_another_database_are_left_alone(db, media, caplog):
    for number in range(sweeping.FEW + 1):
        leave(media, f"ab/{number}")

    assert sweeping.sweep_strays() == 0
    assert "none is removed" in caplog.text


def test_the_names_that_are_kept_are_the_names_that_are_written(media):
    path = store.new_path()
    for part in (store.CONTENT, store.THUMBNAIL):
        store.write(path, b"content", key="k", part=part)

    written = {str(file.relative_to(media)) for file in media.glob("*/*")}
    assert written == set(store.names_of(path))
