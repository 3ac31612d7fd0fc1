"""R-CONF-42: the main key is replaced from wherever it stopped, and everything still opens."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator

from pulih.access import audit, chain
from pulih.access.factors import open_secret
from pulih.access.models import AuditEvent
from pulih.cases.models import CaseNote
from pulih.common import crypto, datakeys
from pulih.common.keyring import add_key, create_key_file, keyring
from pulih.common.resealing import swap
from pulih.config.keys import rotating
from pulih.config.keys.rotating import RotationError, rotate
from pulih.config.keys.standing import in_use, left
from pulih.files import store
from pulih.files.actions.attaching import keep_made
from pulih.files.models import Attachment, Owner


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    """A key file and a folder of files that no other test sees."""
    settings.PULIH_KEY_FILE = tmp_path / "keys" / "pulih.key.json"
    settings.MEDIA_ROOT = tmp_path / "files"
    create_key_file(settings.PULIH_KEY_FILE, demo=False)


@pytest.fixture
def notes(make_case, make_user):
    """Notes in an open and in a sealed case."""
    by = make_user()
    return [
        CaseNote.objects.create(
            case=case, written_on=dt.date(2021, 1, 11), shared=f"kata {n}", private="", by=by
        )
        for case in (make_case(), make_case(sealed=True))
        for n in range(3)
    ]


def quiet(_words):
    """Hears and forgets."""


def words():
    return sorted(note.shared for note in CaseNote.objects.all())


def tokens():
    return [note.__dict__["shared"].token for note in CaseNote.objects.order_by("pk")]


def test_a_rotation_brings_every_text_under_a_new_key(notes):
    before = words()

    assert rotate(tell=quiet).total == 0

    assert keyring().current == "k2"
    assert words() == before
    assert {token.partition(".")[0] for token in tokens()} == {"v1", "v2"}
    assert all(token.startswith(("v1.k2.", "v2.")) for token in tokens())


def test_the_texts_of_a_sealed_record_stay_and_its_key_is_wrapped_anew(notes):
    sealed = notes[-1].case
    before = [token for token in tokens() if token.startswith("v2.")]

    rotate(tell=quiet)

    assert [token for token in tokens() if token.startswith("v2.")] == before
    assert datakeys.wrapped_by(sealed.pk) == "k2"


def test_the_trail_keeps_its_key_and_stays_whole(notes, office, make_user):
    audit.record("case.opened", actor=make_user(), subject=notes[0].case, reason="sebab")

    rotate(tell=quiet)

    event = AuditEvent.objects.filter(verb="case.opened").get()
    assert event.__dict__["reason"].token.startswith("v1.k1.")
    assert event.reason == "sebab"
    assert list(chain.faults(office)) == []
    assert in_use()["k1"] == AuditEvent.objects.exclude(reason="", detail="").count()


def test_a_rotation_that_stopped_goes_on_and_makes_no_further_key(notes, monkeypatch):
    monkeypatch.setattr(rotating, "BATCH", 1)
    calls = []

    def stop_at_the_second(*what):
        calls.append(what)
        if len(calls) == 2:
            raise KeyboardInterrupt
        swap(*what)

    with monkeypatch.context() as patch:
        patch.setattr(rotating, "swap", stop_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            rotate(tell=quiet)
    assert left().total > 0
    assert len(words()) == len(notes)

    assert rotate(tell=quiet).total == 0
    assert keyring().current == "k2"


def test_whoever_writes_during_a_rotation_is_not_overwritten(notes, monkeypatch):
    def write_first(model, field, changes):
        if model is CaseNote and field.name == "shared":
            for key, _old, _new in changes:
                note = CaseNote.objects.get(pk=key)
                note.shared = "baru"
                note.save(update_fields=["shared"])
        swap(model, field, changes)

    monkeypatch.setattr(rotating, "swap", write_first)

    rotate(tell=quiet)

    assert words().count("baru") == 3


def test_a_row_that_an_older_reader_writes_back_is_readable_and_is_left_to_the_next(notes):
    stale = CaseNote.objects.get(pk=notes[0].pk)
    rotate(tell=quiet)

    stale.save()

    assert CaseNote.objects.get(pk=notes[0].pk).shared == notes[0].shared
    assert left().rows == {"cases.CaseNote": 1}
    assert rotate(tell=quiet).total == 0
    assert keyring().current == "k2"


def test_files_lie_under_the_new_key_and_nothing_is_left_behind(make_case, make_user, tmp_path):
    file = keep_made(
        owner=Owner.of(make_case()), content=b"%PDF isi", name="surat.pdf", by=make_user()
    )
    old = file.storage_path
    # The files of this test lie in a transaction that never commits.
    rotate(tell=quiet)

    file = Attachment.objects.unscoped(reason="test").get(pk=file.pk)
    assert file.storage_path != old
    assert store.is_under(file.storage_path, None)
    assert store.read(file.storage_path, key=file.pk) == b"%PDF isi"


def test_second_factors_lie_under_the_new_key(make_user):
    user = make_user()
    factor = Authenticator.objects.create(user=user, type="totp", data={"secret": "JBSWY3DP"})

    rotate(tell=quiet)

    factor = Authenticator.objects.get(pk=factor.pk)
    assert ":v1.k2." in factor.data["secret"]
    assert open_secret(factor.data["secret"]) == "JBSWY3DP"


def test_what_was_sealed_before_there_were_own_keys_gets_one(notes, monkeypatch):
    note = next(note for note in notes if note.case.compartment_id)
    field = CaseNote._meta.get_field("shared")
    place = field.place(note)
    old = CaseNote.objects.get(pk=note.pk).__dict__["shared"].token
    swap(CaseNote, field, [(note.pk, old, crypto.encrypt("lama", place=place))])
    assert left().sealed == {"cases.CaseNote": 1}

    rotate(tell=quiet)

    again = CaseNote.objects.get(pk=note.pk)
    assert again.__dict__["shared"].token.startswith(f"v2.{note.case.pk.hex}.")
    assert again.shared == "lama"


def test_two_rotations_at_once_are_refused(notes):
    with rotating._alone(), pytest.raises(RotationError):
        rotate(tell=quiet)


def test_a_key_that_was_added_counts_as_a_rotation_that_stopped_before_its_first_row(
    notes, settings
):
    add_key(settings.PULIH_KEY_FILE)
    assert left().total > 0

    rotate(tell=quiet)

    assert keyring().current == "k2"
