"""Canaries through the real pages of a running server, and the pages that must show them again."""

from __future__ import annotations

import http.cookiejar
import mimetypes
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import lxml.html
from security.canary_search import Nursery

PASSWORD = "pulih-demo-2026"
FREE = {"text", "search", "textarea"}
PATIENCE = 60
WEIGHT = 6 * 1024 * 1024
"""More bytes than a server keeps in memory by itself."""


class Server:
    """The server of an installation, in a process of its own, with a log and a temporary folder."""

    def __init__(self, folder: Path, *, aside: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = aside / "server.log"
        (aside / "tmp").mkdir(parents=True)
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
                *("--port", str(self.port), "--workers", "1", "--blocking-threads", "4"),
                *("--no-ws", "--log-level", "info", "pulih.config.wsgi:application"),
            ],
            env={**os.environ, "TMPDIR": str(aside / "tmp")},
            stdout=self.log.open("wb"),
            stderr=subprocess.STDOUT,
        )

    def pids(self) -> list[int]:
        """The process and those it started."""
        found = [self.process.pid]
        for task in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            found += [int(pid) for pid in task.read_text().split()]
        return found

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(PATIENCE)


class Visitor:
    """A browser without a screen: fetches pages, fills forms with canaries, sends them."""

    def __init__(self, port: int, nursery: Nursery) -> None:
        self.base, self.nursery = f"http://127.0.0.1:{port}", nursery
        self.jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open
        self.sent: list[str] = []
        self.refused: list[str] = []
        limit = time.monotonic() + PATIENCE
        while self.get("/healthz")[0] != 200:
            if time.monotonic() > limit:
                raise RuntimeError("The server does not answer.")
            time.sleep(0.05)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        return self._fetch(urllib.request.Request(self.base + path))

    def log_in(self, name: str) -> None:
        """Log in; before that a slip of the keyboard puts the password where it may be logged."""
        for password in (self.nursery.canary("a mistyped password"), PASSWORD):
            self._post(*self._form("/masuk/", {"login": name, "password": password}))
        if self.get("/")[0] != 200:
            raise RuntimeError("The login failed.")

    def fill(self, path: str, said: dict[str, Any]) -> list[str]:
        """Fill every free field of the form of a page with a canary and send it.

        Returns:
            The canaries, if the form was taken; else none.
        """
        before = len(self.nursery.made)
        action, values, kind = self._form(path, said)
        status, _text = self._post(action, values, kind)
        words = list(self.nursery.made)[before:]
        if status != 200:
            self.refused.append(f"{path}: {status}")
            return []
        self.sent += words
        return words

    def begin_upload(self, path: str, name: str) -> socket.socket:
        """Send most of a large upload and then wait, as a slow line does."""
        action, values, _kind = self._form(path, {})
        host = self.base.removeprefix("http://")
        content = (self.nursery.canary("an upload in flight") + " ").encode() * (WEIGHT // 24)
        edge, body = _multipart({**values, "file": (name, content)})
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.jar)
        line = socket.create_connection(("127.0.0.1", int(host.partition(":")[2])))
        head = (
            f"POST {action.removeprefix(self.base)} HTTP/1.1\r\n"
            f"Host: {host}\r\nCookie: {cookies}\r\n"
            f"Origin: {self.base}\r\nContent-Type: multipart/form-data; boundary={edge}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        line.sendall(head.encode() + body[:-100])
        self._rest = body[-100:]
        return line

    def end_upload(self, line: socket.socket) -> None:
        """Send the rest and hear the answer."""
        line.sendall(self._rest)
        line.settimeout(PATIENCE)
        line.recv(4096)
        line.close()

    def _form(self, path: str, said: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
        status, text = self.get(path)
        if status != 200:
            raise RuntimeError(f"{path} answers {status}.")
        forms = [
            one
            for one in lxml.html.fromstring(text).forms
            if one.method == "POST" and "keluar" not in (one.action or "")
        ]
        form = max(forms, key=lambda one: len(one.fields))
        values: dict[str, Any] = dict(form.form_values())
        for field in form.inputs:
            kind = field.get("type", "text") if field.tag == "input" else field.tag
            if field.name and field.name not in said and kind in FREE and not field.get("value"):
                values[field.name] = self.nursery.canary(f"{path} {field.name}")
        action = urllib.parse.urljoin(self.base + path, form.action or path)
        return action, {**values, **said}, form.get("enctype", "")

    def _post(self, action: str, values: dict[str, Any], kind: str = "") -> tuple[int, str]:
        headers = {"Origin": self.base, "Referer": self.base + "/"}
        if any(isinstance(one, tuple) for one in values.values()) or "multipart" in kind:
            edge, body = _multipart(values)
            headers["Content-Type"] = f"multipart/form-data; boundary={edge}"
        else:
            body = urllib.parse.urlencode(values, doseq=True).encode()
        return self._fetch(urllib.request.Request(action, data=body, headers=headers))

    def _fetch(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self._open(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as fault:
            return fault.code, fault.read().decode(errors="replace")
        except urllib.error.URLError:
            return 0, ""


def _multipart(values: dict[str, Any]) -> tuple[str, bytes]:
    edge, parts = secrets.token_hex(12), []
    for name, value in values.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"'
        if isinstance(value, tuple):
            kind = mimetypes.guess_type(value[0])[0] or "application/octet-stream"
            head += f'; filename="{value[0]}"\r\nContent-Type: {kind}'
            parts.append(head.encode() + b"\r\n\r\n" + value[1] + b"\r\n")
        else:
            parts.append(f"{head}\r\n\r\n{value}\r\n".encode())
    return edge, b"".join(parts) + f"--{edge}--\r\n".encode()
