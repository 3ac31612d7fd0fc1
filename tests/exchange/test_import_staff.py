"""R-EXC-6: staff come in by their NIP, and the same list changes nothing."""

import pytest

from pulih.access.models import User
from pulih.common.crypto import blind_index
from pulih.exchange.actions.uploading import confirm_mapping, start_import, upload_file
from pulih.exchange.models import ImportBatch
from pulih.exchange.sheets.read import proposed_mappings
from pulih.exchange.tasks import work_on_batch
from pulih.exchange.work import layouts

TITLES = ("No", "Nama", "NIP", "Jabatan", "Unit Kerja")
RARA = (1, "Rara Contoh, S.Sos.", "19800101 200501 2 001", "Pekerja Sosial", "Rehabilitasi Sosial")
DAMAGED = (2, "Dimas Misal", 198512122010011000, "Penyuluh Sosial", "-")


@pytest.fixture
def import_staff_file(make_sheet, make_user):
    """Walk a list of staff to its end."""
    by = make_user("administrator")

    def walk(rows):
        batch = upload_file(
            kind="staff", name="pegawai.xlsx", content=make_sheet(rows, TITLES), by=by
        )
        work_on_batch.enqueue(str(batch.pk))
        batch = fresh(batch)
        proposed = proposed_mappings(layouts.unpack(batch.layout))
        mapping = {
            sheet: {str(column): str(name) for column, name in columns.items()}
            for sheet, columns in proposed.items()
        }
        confirm_mapping(batch=batch, mapping=mapping, settings={}, by=by)
        work_on_batch.enqueue(str(batch.pk))
        start_import(batch=fresh(batch), by=by)
        work_on_batch.enqueue(str(batch.pk))
        return fresh(batch)

    return walk


def fresh(batch):
    return ImportBatch.objects.unscoped(reason="test").get(pk=batch.pk)


def test_a_row_becomes_a_user_without_a_role(import_staff_file):
    import_staff_file([RARA])

    user = User.objects.get(nip_index=blind_index("198001012005012001", purpose="nip"))
    assert (user.full_name, user.position) == ("Rara Contoh, S.Sos.", "Pekerja Sosial")
    assert not user.grants.exists()


def test_a_nip_that_lost_its_digits_is_refused(import_staff_file):
    batch = import_staff_file([RARA, DAMAGED])

    assert batch.counts["refused"] == 1
    assert not User.objects.filter(full_name="Dimas Misal").exists()


def test_the_same_list_again_changes_nobody(import_staff_file):
    import_staff_file([RARA])
    before = list(User.objects.order_by("pk").values())

    again = import_staff_file([RARA])

    assert again.counts["unchanged"] == 1
    assert list(User.objects.order_by("pk").values()) == before
