"""A real server on demonstration data, and a real browser in front of it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from pulih.config.demo.cast import PASSWORD

START_SECONDS = 180
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server of the journeys keeps its data."""
    return tmp_path_factory.mktemp("journey") / "demo"


@pytest.fixture(scope="session")
def address(demo_folder: Path) -> Iterator[str]:
    """The address of a demonstration that runs as its users run it: server and worker."""
    port = _free_port()
    log = demo_folder.parent / "server.log"
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DJANGO_SETTINGS_MODULE", "PULIH_DATA", "PULIH_TEST_DATA", "DATABASE_URL"}
    }
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "pulih.config", "demo", "--data", str(demo_folder)]
            + ["--port", str(port), "--no-browser"],
            stdout=output,
            stderr=output,
            env=environment,
        )
    base = f"http://localhost:{port}"
    try:
        _wait_for(f"{base}/healthz", server, log)
        yield base
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"The server did not answer:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; no Chromium is an error, not a skip."""
    named = os.environ.get("PULIH_CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        raise RuntimeError("The journeys need Chromium; ./pulih test installs or names it.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def log_in(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a browser window of somebody's own and log in as them.

    A request to another host, a script error or a breach of the content policy fails the journey.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def enter(username: str, *, phone: bool = False) -> Page:
        context = browser.new_context(viewport=PHONE if phone else WIDE, locale="en-US")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on(
            "console",
            lambda line: faults.append(line.text) if "Content Security" in line.text else None,
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((address, "data:", "blob:"))
                else faults.append(f"request to {request.url}")
            ),
        )
        page.goto(f"{address}/masuk/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("form button[type=submit]:visible")
        page.wait_for_url(f"{address}/")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert faults == []
