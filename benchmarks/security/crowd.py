"""A crowd of users at a running server, in a process of its own: they think, read and write.

    python benchmarks/security/crowd.py PLAN.json

The plan says where, who, which pages, for how long, and when a flood of wrong logins runs besides.
Prints what was measured as JSON. It imports nothing of Pulih.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import sys
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

THINK = (2.0, 8.0)
WRITES = 0.12
"""How many of the steps send a form."""
TIMEOUT = 60


@dataclass
class Measured:
    """What the crowd saw; every line is (seconds since the start, milliseconds, status, kind)."""

    began: float
    lines: list[tuple[float, float, int, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, began: float, status: int, kind: str) -> None:
        """Keep one answer."""
        ended = time.perf_counter()
        with self.lock:
            self.lines.append((began - self.began, (ended - began) * 1000, status, kind))


class Visitor:
    """A browser with its cookies, on a connection that is kept."""

    def __init__(self, host: str, port: int, measured: Measured, address: str = "") -> None:
        self.connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        self.measured = measured
        self.cookies: dict[str, str] = {}
        self.headers = {"X-Forwarded-For": address} if address else {}

    def open(self, path: str, kind: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Open a page or send a form; a fault of the connection counts as 599."""
        headers = dict(self.headers)
        headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        body = None
        if form is not None:
            form = {**form, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        try:
            self.connection.request("POST" if body else "GET", path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode(errors="replace")
            status = answer.status
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
        except (OSError, http.client.HTTPException):
            self.connection.close()
            status, text = 599, ""
        self.measured.add(began, status, kind)
        return status, text

    def log_in(self, login: str, password: str) -> bool:
        """Log in by the form."""
        self.open("/masuk/", "login page")
        status, _text = self.open("/masuk/", "login", {"login": login, "password": password})
        return status == 302


def work(visitor: Visitor, user: dict[str, Any], until: float, draw: random.Random) -> None:
    """Think, then read a page or send a form, until the time is over."""
    time.sleep(draw.uniform(0, THINK[1]))
    while time.perf_counter() < until:
        if draw.random() < WRITES:
            # Everybody notes a task of their own; who may, also searches before creating.
            visitor.open("/tugas/baru/", "read")
            form = {"title": f"Catatan {draw.random()}", "priority": "1", "recurrence": "none"}
            visitor.open("/tugas/baru/", "write", form)
        else:
            visitor.open(draw.choice(user["pages"]), "read")
        time.sleep(draw.uniform(*THINK))


def flood(plan: dict[str, Any], measured: Measured, number: int) -> None:
    """Wrong logins, as fast as asked for, each from another address where the plan says so."""
    start, end = (measured.began + second for second in plan["flood"])
    draw = random.Random(number)
    time.sleep(max(0.0, start - time.perf_counter()))
    visitor = Visitor(plan["host"], plan["port"], measured)
    visitor.open("/masuk/", "flood page")
    pause = plan["flooders"] / plan["flood_per_second"]
    while time.perf_counter() < end:
        if plan["spread"]:
            visitor.headers = {
                "X-Forwarded-For": f"203.0.{draw.randrange(256)}.{draw.randrange(256)}"
            }
        began = time.perf_counter()
        names = {"login": draw.choice(plan["flooded"]), "password": f"salah {draw.random()}"}
        visitor.open("/masuk/", "flood", names)
        time.sleep(max(0.0, pause - (time.perf_counter() - began)))


def main() -> int:
    """Let the crowd in, and print what it saw."""
    plan = json.loads(Path(sys.argv[1]).read_text())
    entering = Measured(time.perf_counter())
    inside = []
    for number, user in enumerate(plan["users"]):
        visitor = Visitor(plan["host"], plan["port"], entering, f"198.51.100.{number + 1}")
        if not visitor.log_in(user["login"], user["password"]):
            raise SystemExit(f"{user['login']} could not log in")
        _status, text = visitor.open("/", "first page")
        if not re.search("<title>", text):
            raise SystemExit(f"{user['login']} saw no page")
        inside.append((visitor, user))
    measured = Measured(time.perf_counter())
    until = measured.began + plan["seconds"]
    crowd = []
    for number, (visitor, user) in enumerate(inside):
        visitor.measured = measured
        words = (visitor, user, until, random.Random(number))
        crowd.append(threading.Thread(target=work, args=words))
    for number in range(plan["flooders"]):
        crowd.append(threading.Thread(target=flood, args=(plan, measured, number)))
    for member in crowd:
        member.start()
    for member in crowd:
        member.join()
    json.dump({"lines": measured.lines, "entering": entering.lines}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
