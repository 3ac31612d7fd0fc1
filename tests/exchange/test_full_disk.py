"""A background task that meets a full disk waits for room; it does not give the work up."""

from __future__ import annotations

import errno

import pytest

from pulih.exchange import tasks
from pulih.exchange.actions.uploading import start_import
from pulih.exchange.models import ImportBatch

ROWS = [(1, "", "Warga Satu", "L", "", "", "", ""), (2, "", "Warga Dua", "P", "", "", "", "")]


def state_of(batch: ImportBatch) -> str:
    return ImportBatch.objects.unscoped(reason="the test looks").get(pk=batch.pk).state


@pytest.mark.django_db(transaction=True)
def test_an_import_that_meets_a_full_disk_goes_on_when_there_is_room(
    make_sheet, check, data_officer, monkeypatch
):
    batch = check(make_sheet(ROWS))
    start_import(batch=batch, by=data_officer)

    def no_room(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as full:
        full.setattr(tasks.writing, "write_chunk", no_room)
        with pytest.raises(OSError, match="no room"):
            tasks.work_on_batch.func(str(batch.pk))
    assert state_of(batch) == "importing"

    tasks.work_on_batch.func(str(batch.pk))

    assert state_of(batch) == "done"
