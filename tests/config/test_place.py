"""Where an installation keeps its data."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pulih.common.keyring import read_key_file
from pulih.config.place import Place, find_place


@pytest.fixture(autouse=True)
def _no_places_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PULIH_DATA", "PULIH_HOME", "PULIH_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_the_folder_on_the_command_line_wins(monkeypatch, tmp_path):
    monkeypatch.setenv("PULIH_DATA", "/elsewhere")

    assert find_place(demo=False, data=str(tmp_path)).data == tmp_path


def test_demo_and_office_never_share_a_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("PULIH_HOME", str(tmp_path))

    folders = {find_place(demo=demo, data=None).data for demo in (True, False)}

    assert folders == {tmp_path / "demo", tmp_path / "office"}


def test_a_new_place_is_for_its_owner_alone(tmp_path):
    place = Place(tmp_path / "office", demo=False)

    place.prepare()

    assert stat.S_IMODE(place.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.key_file.stat().st_mode) == 0o600


def test_keys_are_made_once(tmp_path):
    place = Place(tmp_path / "office", demo=False)
    place.prepare()
    before = place.key_file.read_bytes()

    place.prepare()

    assert place.key_file.read_bytes() == before


def test_keys_of_a_demonstration_say_so(tmp_path):
    place = Place(tmp_path / "demo", demo=True)

    place.prepare()

    assert read_key_file(place.key_file).demo


def test_the_key_file_can_lie_on_other_media(monkeypatch, tmp_path):
    monkeypatch.setenv("PULIH_KEY_FILE", str(tmp_path / "stick" / "pulih.key.json"))
    place = Place(tmp_path / "office", demo=False)

    place.prepare()

    assert (tmp_path / "stick" / "pulih.key.json").exists()
    assert not (Path(place.data) / "keys").exists()
