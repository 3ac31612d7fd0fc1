"""The `pulih` command as somebody at a terminal uses it, on data folders of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

USER = ("createuser", "kepala", "--full-name", "Kepala Sistem", "--generate-password")


def _environment() -> dict[str, str]:
    dropped = ("PULIH_", "DJANGO_", "DATABASE_URL")
    return {key: value for key, value in os.environ.items() if not key.startswith(dropped)}


def _pulih(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pulih.config", *arguments],
        capture_output=True,
        text=True,
        env=_environment(),
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def office_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office's own installation, up to date, without users."""
    folder = tmp_path_factory.mktemp("installation") / "office"
    done = _pulih("migrate", "--data", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    "command",
    [
        "demo",
        "serve",
        "migrate",
        "import",
        "test",
        "check",
        "createuser",
        "regions",
        "lint",
        "audit",
    ],
)
def test_every_command_explains_itself(command):
    done = _pulih(command, "--help")

    assert done.returncode == 0
    assert "usage: pulih" in done.stdout


def test_serve_refuses_a_database_that_is_not_up_to_date(tmp_path):
    done = _pulih("serve", "--data", str(tmp_path / "office"))

    assert done.returncode == 2
    assert "pulih migrate" in done.stderr


def test_serve_says_how_to_create_the_first_administrator(office_data):
    done = _pulih("serve", "--data", str(office_data))

    assert done.returncode == 2
    assert "pulih createuser" in done.stderr


def test_serve_speaks_plain_http_on_this_computer_alone(office_data):
    done = _pulih("serve", "--data", str(office_data), "--host", "0.0.0.0")

    assert done.returncode == 2
    assert "--tls-cert" in done.stderr


def test_a_role_that_does_not_exist_is_named_with_those_that_do(office_data):
    done = _pulih(*USER, "--role", "king", "--data", str(office_data))

    assert done.returncode == 2
    assert "administrator" in done.stderr


def test_a_section_role_needs_its_section(office_data):
    done = _pulih(*USER, "--role", "section_head", "--data", str(office_data))

    assert done.returncode == 2
    assert "rehabilitation" in done.stderr


def test_check_reports_as_json_alone_on_stdout(office_data):
    done = _pulih("check", "--json", "--data", str(office_data))

    names = {finding["name"] for finding in json.loads(done.stdout)}
    assert {"migrations", "key file", "trail protected", "durable writes"} <= names


def test_an_office_can_start_work(office_data):
    made = _pulih(*USER, "--role", "administrator", "--data", str(office_data))
    assert made.returncode == 0, made.stderr
    port = _free_port()
    server = _serve(office_data, port)
    try:
        assert _status(f"http://127.0.0.1:{port}/masuk/") == 200
        assert _status(f"http://127.0.0.1:{port}/orang/") in {200, 302}
    finally:
        server.send_signal(signal.SIGTERM)
        stopped = server.wait(20)
    assert stopped == 0


def test_audit_verify_says_that_the_chain_is_unbroken(office_data):
    done = _pulih("audit", "verify", "--data", str(office_data))

    assert done.returncode == 0
    assert "unbroken" in done.stderr or not done.stderr


def test_a_folder_that_is_no_demonstration_is_never_thrown_away(office_data):
    done = _pulih("demo", "--fresh", "--prepare-only", "--data", str(office_data))

    assert done.returncode == 2
    assert (office_data / "pulih.sqlite3").exists()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(folder: Path, port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        [sys.executable, "-m", "pulih.config", "serve", "--data", str(folder), "--port", str(port)],
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    limit = time.monotonic() + 60
    while time.monotonic() < limit and server.poll() is None:
        if _status(f"http://127.0.0.1:{port}/healthz") == 200:
            return server
        time.sleep(0.2)
    server.kill()
    raise AssertionError("the server did not answer")


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


def test_a_command_says_what_gave_way_instead_of_a_trace(tmp_path):
    folder = tmp_path / "office"
    (folder / "pulih.sqlite3").mkdir(parents=True)

    done = _pulih("migrate", "--data", str(folder))

    assert done.returncode == 2
    assert "The database cannot be reached." in done.stderr
    assert "Traceback" not in done.stderr
