"""The build of what the repository does not hold: it is quick when done, and checks itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from script import build_assets

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "script" / "build_assets.py"

CATALOGUE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "house"
msgstr "rumah"
"""


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    po = tmp_path / "app" / "locale" / "id" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(CATALOGUE)
    monkeypatch.setattr(build_assets, "SOURCE", tmp_path)
    return po


def test_everything_is_built_before_the_tests_run():
    checked = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, check=False)

    assert checked.returncode == 0, checked.stderr.decode()


def test_a_catalogue_is_compiled_once(catalogue):
    build_assets.compile_messages()

    assert b"rumah" in catalogue.with_suffix(".mo").read_bytes()
    assert list(build_assets.stale_catalogues()) == []


def test_no_vendored_file_names_a_source_map():
    for name in build_assets.FILES.values():
        assert "sourceMappingURL" not in (build_assets.VENDOR / name).read_text()


def test_every_package_has_its_licence_beside_it():
    text = (build_assets.VENDOR / "licences.txt").read_text()

    assert all(f"\n{package} " in f"\n{text}" for package in build_assets.PACKAGES)


def test_the_sprite_holds_exactly_the_listed_icons():
    sprite = (build_assets.VENDOR / "icons.svg").read_text()

    assert sprite.count("<symbol ") == len(build_assets.icon_names())
    assert 'id="house-door"' in sprite


def test_every_package_of_the_lock_is_pinned_by_its_integrity():
    lock = (ROOT / "package-lock.json").read_text()

    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')
    assert '"htmx.org": "2.0.' in lock


def test_without_a_network_the_build_says_what_could_not_be_fetched(tmp_path, monkeypatch):
    failing = tmp_path / "npm"
    failing.write_text("#!/bin/sh\necho no route to host >&2\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setattr(build_assets, "find_npm", lambda: [str(failing)])

    with pytest.raises(build_assets.BuildError, match="no route to host"):
        build_assets.fetch(tmp_path)
