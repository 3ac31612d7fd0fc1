"""A working day at once: users who think, read and write, and a flood of logins beside them.

.venv/bin/python benchmarks/security/load.py --small | --full

The server is the one of `serve` (two processes, the worker of background tasks beside them); the
crowd runs in a process of its own on the same machine. Full: 50 users for 10 minutes on 200,000
people and 100,000 cases, on both engines, with the flood in the last quarter. Sizes can be taken
between with PEOPLE, CASES, USERS, SECONDS and ENGINES in the environment, for looking only.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from security.figures import Figure, is_full, tell

BENCHMARKS = Path(__file__).resolve().parents[1]
READ_MS, WRITE_MS, FLOODED_MS, LEAST_RATE = 500, 1000, 1000, 8
THINK_SECONDS = 5
ROLES = ("peksos", "loket", "peksos.anak", "kabid", "data", "peksos.jaminan", "kadis", "auditor")
PASSWORD = "pulih-demo-2026"
SERVE = """
import sys
from pathlib import Path
import world
world.prepare(Path(sys.argv[1]))
from pulih.config import server
server.collect_static()
sys.exit(server.Supervisor(server.Address(port=int(sys.argv[2]), workers=2)).run())
"""
SAMPLE = """
import json, random, sys
from pathlib import Path
import world
world.prepare(Path(sys.argv[1]))
from django.urls import resolve, reverse
from pulih.access.models import RoleGrant, User
from pulih.cases.models import Case, CounterService
from pulih.people.models import Person
draw = random.Random(7)
WORDS = ("slamet", "siti nur", "suparno", "djoko", "wati", "ahmad rizky", "tukiyem", "agus")
def some(rows, name):
    return [str(one) for one in rows.values_list(name, flat=True)[:2000]]
why = "a sample to open"
people = some(Person.objects.unscoped(reason=why), "pk")
opened = Case.objects.unscoped(reason=why).filter(restricted=False, compartment=None)
counter = some(CounterService.objects.unscoped(reason=why), "number")
users = []
for number in range(int(sys.argv[2])):
    like = User.objects.get(username=json.loads(sys.argv[3])[number % len(json.loads(sys.argv[3]))])
    user = User.objects.create_user(
        f"ramai-{number}", sys.argv[4], office=like.office, full_name=f"Orang {number}",
        unit=like.unit, is_demo=True,
    )
    grants = list(like.grants.all())
    for grant in grants:
        RoleGrant.objects.create(
            user=user, role=grant.role, section=grant.section, valid_from=grant.valid_from
        )
    roles = {grant.role for grant in grants}
    pages = [reverse("day"), reverse("inbox:list"), reverse("inbox:notices")]
    if roles & {"social_worker", "section_head", "head_of_office", "data_officer"}:
        sections = [grant.section for grant in grants if grant.section]
        cases = opened.filter(section__in=sections) if sections else opened
        numbers = some(cases, "number") if "data_officer" not in roles else []
        pages += [reverse("people:list")] * 3
        pages += [f"{reverse('people:list')}?text={draw.choice(WORDS)}" for _ in range(10)]
        pages += [f"{reverse('search')}?q={draw.choice(WORDS)}" for _ in range(10)]
        pages += [reverse("people:detail", args=[key]) for key in draw.sample(people, 20)]
        if numbers:
            pages += [reverse("cases:list")] * 5
            pages += [f"{reverse('cases:list')}?text={draw.choice(WORDS)}" for _ in range(5)]
            for key in draw.sample(numbers, min(20, len(numbers))):
                pages += [reverse(f"cases:{name}", args=[key]) for name in ("detail", "services")]
    if "front_desk" in roles:
        pages += [reverse("counter:home")] * 5 + [f"{reverse('counter:list')}?when=all"] * 3
        pages += [reverse("counter:serve", args=[key]) for key in draw.sample(people, 10)]
        pages += [reverse("counter:service", args=[key]) for key in draw.sample(counter, 10)]
    users.append({"login": user.username, "password": sys.argv[4], "pages": pages})
# One of each role looks at one page of each kind first: what may not be opened is no load.
from pulih.config.server import collect_static
collect_static()
from django.test import Client
kinds = len(json.loads(sys.argv[3]))
for user in users[:kinds]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=user["login"]))
    one_each = {resolve(page.partition("?")[0]).view_name: page for page in user["pages"]}
    seen = {page: client.get(page).status_code for page in one_each.values()}
    if wrong := {page: status for page, status in seen.items() if status != 200}:
        sys.exit(f"{user['login']}: {wrong}")
json.dump(users, sys.stdout)
"""


def main() -> int:
    """Measure each engine, and judge."""
    full = is_full()
    size = {
        "people": _size("PEOPLE", 200_000 if full else 2000),
        "cases": _size("CASES", 100_000 if full else 1000),
        "users": _size("USERS", 50 if full else 10),
        "seconds": _size("SECONDS", 600 if full else 20),
    }
    wanted = os.environ.get("ENGINES", "sqlite,postgres" if full else "sqlite").split(",")
    figures, notes = [], {}
    for engine in wanted:
        with tempfile.TemporaryDirectory(prefix="pulih-load-") as name:
            os.chmod(name, 0o755)
            with _database(engine, Path(name)) as environment:
                seen = _measure(Path(name), environment, size)
        judged, told = _judge(engine, seen, size)
        figures += judged
        notes[engine] = told
    if "postgres" not in wanted and not full:
        # The size of a landing has one engine; the figure of the other is not claimed by it.
        figures.append(Figure("load_read_p95_ms_postgres", "not at this size", "<= 500", True))
    return tell(*figures, **size, engines=notes)


def _size(name: str, usual: int) -> int:
    return int(os.environ.get(name, usual))


def _measure(folder: Path, environment: dict[str, str], size: dict[str, int]) -> dict[str, Any]:
    data = folder / "data"
    say(f"building {size['people']} people, {size['cases']} cases")
    _python(
        [str(BENCHMARKS / "world.py"), str(data), "--people", str(size["people"])]
        + ["--cases", str(size["cases"]), "--services", str(size["cases"] * 4)],
        environment,
    )
    say("choosing pages")
    words = [str(data), str(size["users"]), json.dumps(ROLES), PASSWORD]
    users = json.loads(_python(["-c", SAMPLE, *words], environment))
    with _server(data, environment) as port:
        plan = {
            "host": "127.0.0.1",
            "port": port,
            "users": users,
            "seconds": size["seconds"],
            # The last quarter: a flood from thousands of addresses, at accounts that exist.
            "flood": [size["seconds"] * 3 // 4, size["seconds"]],
            "flooders": 40,
            "flood_per_second": 50,
            "flooded": [user["login"] for user in users] + ["tidak-ada"],
            "spread": True,
        }
        (folder / "plan.json").write_text(json.dumps(plan))
        say(f"{size['users']} users for {size['seconds']} s")
        crowd = [str(BENCHMARKS / "security" / "crowd.py"), str(folder / "plan.json")]
        return {"plan": plan, **json.loads(_python(crowd, environment))}


def _judge(
    engine: str, seen: dict[str, Any], size: dict[str, int]
) -> tuple[list[Figure], dict[str, Any]]:
    start, end = seen["plan"]["flood"]
    lines = [line for line in seen["lines"] if line[3] in {"read", "write"}]
    calm = [line for line in lines if line[0] < start]
    flooded = [line for line in lines if start <= line[0] < end]
    # A crowd of this size that thinks this long cannot ask more often.
    least = min(LEAST_RATE, 0.8 * size["users"] / THINK_SECONDS)
    rate = round(len(calm) / start, 1)
    read, write = _p95(calm, "read"), _p95(calm, "write")
    under = _p95(flooded, "read", "write")
    broken = [line for line in seen["lines"] if line[2] >= 500]
    refused = [line for line in lines if line[2] not in {200, 302}]
    figures = [
        Figure(f"load_read_p95_ms_{engine}", read, f"<= {READ_MS}", 0 < read <= READ_MS),
        Figure(f"load_write_p95_ms_{engine}", write, f"<= {WRITE_MS}", 0 < write <= WRITE_MS),
        Figure(f"load_flooded_p95_ms_{engine}", under, f"<= {FLOODED_MS}", 0 < under <= FLOODED_MS),
        Figure(f"load_requests_per_second_{engine}", rate, f">= {least:g}", rate >= least),
        Figure(f"load_5xx_{engine}", len(broken), "0", not broken),
        Figure(f"load_refused_{engine}", len(refused), "0", not refused),
    ]
    flood = [line for line in seen["lines"] if line[3] == "flood"]
    told = {
        "reads": sum(line[3] == "read" for line in lines),
        "writes": sum(line[3] == "write" for line in lines),
        "read_p50_ms": _at([line[1] for line in calm if line[3] == "read"], 0.5),
        "read_p99_ms": _at([line[1] for line in calm if line[3] == "read"], 0.99),
        # 599 is a connection that broke or gave no answer within a minute.
        "statuses": dict(Counter(f"{line[3]} {line[2]}" for line in seen["lines"])),
        "flood_logins": len(flood),
        "flood_put_off": sum(line[2] == 429 for line in flood),
        "login_p50_ms": _at([line[1] for line in seen["entering"] if line[3] == "login"], 0.5),
    }
    return figures, told


def _p95(lines: list[Any], *kinds: str) -> float:
    return _at([line[1] for line in lines if line[3] in kinds], 0.95)


def _at(values: list[float], part: float) -> float:
    """The value below which this part of them lies; 0 where there are none."""
    if len(values) < 2:
        return round(values[0], 1) if values else 0
    return round(statistics.quantiles(values, n=100, method="inclusive")[round(part * 100) - 1], 1)


@contextmanager
def _server(data: Path, environment: dict[str, str]) -> Iterator[int]:
    port = _free_port()
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(data), str(port)],
            # The crowd says where it comes from, as one proxy would.
            env={**environment, "PULIH_PROXIES": "1"},
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(port, server, data / "server.log")
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    # A busy machine takes its time; nothing is measured yet.
    for _try in range(3000):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    raise SystemExit(f"the server did not start: {log.read_text()[-2000:]}")


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment for an engine; for PostgreSQL with a cluster of its own."""
    names = ("PULIH_", "DJANGO_", "DATABASE_URL")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(names)}
    environment["PYTHONPATH"] = str(BENCHMARKS)
    if engine == "sqlite":
        yield environment
        return
    tools = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    port, home = _free_port(), folder / "cluster"
    home.mkdir()
    if os.geteuid() == 0:
        subprocess.run(["chown", "postgres", str(home)], check=True)
    _as_postgres(tools / "initdb", "-D", home, "-A", "trust", "-U", "pulih", "-E", "UTF8", "-k")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home}"
    _as_postgres(tools / "pg_ctl", "-D", home, "-w", "-l", home / "log", "-o", options, "start")
    try:
        environment["DATABASE_URL"] = f"postgres://pulih@127.0.0.1:{port}/postgres"
        yield environment
    finally:
        _as_postgres(tools / "pg_ctl", "-D", home, "-m", "fast", "stop")


def _as_postgres(*words: object) -> None:
    """PostgreSQL refuses to run as root."""
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*before, *map(str, words)], cwd="/", stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise SystemExit(f"{words[0]} failed")


def _python(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{words[0]} failed: {done.stderr[-2000:]}")
    return done.stdout


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def say(text: str) -> None:
    """Tell whoever waits."""
    sys.stderr.write(f"  load: {text} …\n")


if __name__ == "__main__":
    sys.exit(main())
