"""./pulih: what it says when something is missing, and that a second start installs nothing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "cat", "cksum", "dirname", "id", "readlink", "rm", "sed", "sleep", "tail")


@pytest.fixture
def checkout(tmp_path):
    """A folder with a blank in its name that has what the launcher reads."""
    folder = tmp_path / "a checkout"
    (folder / "script").mkdir(parents=True)
    for name in ("pulih", "uv.lock", "pyproject.toml", "script/uv.txt"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def bare_path(tmp_path):
    """A PATH with the tools of a small system and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def start(checkout, path, *arguments, **environment):
    return subprocess.run(
        [shutil.which("sh"), str(checkout / "pulih"), *arguments],
        env={"PATH": str(path), "HOME": str(checkout), **environment},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def write_program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)


def pretend_installed(checkout):
    """A .venv as the launcher leaves it, with programs that only tell how they were called."""
    for name in ("python", "pulih"):
        write_program(
            checkout / ".venv" / "bin" / name,
            f'echo "{name}:$PULIH_HOME:$PULIH_CHROMIUM:" "$@"\n',
        )
    texts = b"".join((checkout / n).read_bytes() for n in ("uv.lock", "pyproject.toml"))
    texts += (checkout / "script/uv.txt").read_bytes()
    summed = subprocess.run(["cksum"], input=texts, capture_output=True, check=True)
    for group in ("base", "test"):
        stamp = f"{checkout.resolve()} {summed.stdout.decode().strip()}\n"
        (checkout / ".venv" / f".pulih-{group}").write_text(stamp)


def test_the_launcher_is_plain_posix_shell():
    shell = shutil.which("dash") or shutil.which("sh")

    assert subprocess.run([shell, "-n", str(ROOT / "pulih")], check=False).returncode == 0
    assert os.access(ROOT / "pulih", os.X_OK)


def test_without_python_it_says_so_in_both_languages(checkout, bare_path):
    answer = start(checkout, bare_path)

    assert answer.returncode == 1
    assert "Python tidak ditemukan" in answer.stderr
    assert "No Python was found" in answer.stderr


def test_an_old_python_is_named_with_its_version(checkout, bare_path):
    write_program(
        bare_path / "python3", 'case "$2" in *version_info\\[:2\\]*) echo 3.9;; *) exit 1;; esac\n'
    )

    answer = start(checkout, bare_path)

    assert answer.returncode == 1
    assert "3.11" in answer.stderr
    assert "(3.9)" in answer.stderr


def test_a_python_without_venv_names_the_debian_package(checkout, bare_path):
    write_program(
        bare_path / "python3",
        'case "$2" in *ensurepip*) exit 1;; *version_info\\[:2\\]*) echo 3.11;; esac\n',
    )

    answer = start(checkout, bare_path)

    assert answer.returncode == 1
    assert "apt install python3.11-venv" in answer.stderr


def test_a_failed_step_shows_its_end_and_leaves_no_claim(checkout, bare_path):
    write_program(
        bare_path / "python3",
        'case "$1" in -m) echo "Network is unreachable"; exit 1;; esac\n'
        'case "$2" in *version_info\\[:2\\]*) echo 3.11;; esac\n',
    )

    answer = start(checkout, bare_path)

    assert "Network is unreachable" in answer.stderr
    assert "jaringan" in answer.stderr
    assert not (checkout / ".venv.pid").exists()


def test_a_second_start_only_hands_its_arguments_on(checkout, bare_path):
    pretend_installed(checkout)

    answer = start(checkout, bare_path, "demo", "--port", "80 81")

    assert answer.stderr == ""
    assert answer.stdout.splitlines()[-1] == f"pulih:{checkout}/var:: demo --port 80 81"


def test_it_is_found_through_links_from_another_folder(checkout, bare_path, tmp_path):
    pretend_installed(checkout)
    (tmp_path / "inner").symlink_to("a checkout/pulih")
    (tmp_path / "outer").symlink_to(tmp_path / "inner")

    answer = subprocess.run(
        [shutil.which("sh"), str(tmp_path / "outer"), "check"],
        env={"PATH": str(bare_path)},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.splitlines()[-1] == f"pulih:{checkout}/var:: check"


def test_a_changed_lock_is_installed_again(checkout, bare_path):
    pretend_installed(checkout)
    with (checkout / "uv.lock").open("a") as lock:
        lock.write("\n")

    assert "Preparing Pulih" in start(checkout, bare_path).stderr


def test_a_killed_installation_is_not_trusted(checkout, bare_path):
    pretend_installed(checkout)
    (checkout / ".venv" / ".pulih-base").unlink()
    (checkout / ".venv.pid").write_text("4194999\n")
    write_program(
        bare_path / "python3",
        'case "$1" in -m) shift; echo "asked for $*" >&2; exit 1;; esac\n'
        'case "$2" in *version_info\\[:2\\]*) echo 3.11;; esac\n',
    )

    answer = start(checkout, bare_path)

    assert "asked for venv --clear" in answer.stderr


def test_the_tests_get_the_chromium_that_is_there(checkout, bare_path):
    pretend_installed(checkout)
    write_program(bare_path / "chromium-browser", "")

    answer = start(checkout, bare_path, "test", "-x")

    assert answer.stdout.splitlines()[-1] == (
        f"pulih:{checkout}/var:{bare_path}/chromium-browser: test -x"
    )


def test_root_on_debian_gets_chromium_from_its_package(checkout, bare_path):
    pretend_installed(checkout)
    (bare_path / "id").unlink()
    write_program(bare_path / "id", "echo 0\n")
    (bare_path / "chmod").symlink_to(shutil.which("chmod"))
    program = bare_path / "chromium"
    write_program(
        bare_path / "apt-get",
        f'case "$*" in *chromium) echo > "{program}"; chmod +x "{program}";; esac\n',
    )

    answer = start(checkout, bare_path, "test")

    assert answer.stdout.splitlines()[-1] == f"pulih:{checkout}/var:{bare_path}/chromium: test"


def test_without_chromium_the_tests_fail_and_say_so(checkout, bare_path):
    pretend_installed(checkout)
    (bare_path / "id").unlink()
    write_program(bare_path / "id", "echo 1000\n")

    answer = start(checkout, bare_path, "test")

    assert answer.returncode == 1
    assert "PULIH_CHROMIUM" in answer.stderr
