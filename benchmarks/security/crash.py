"""A serving office falls: killed at named points under load, and rebuilt from its own writes.

.venv/bin/python benchmarks/security/crash.py --small | --full

Kills: the whole server is killed (SIGKILL) exactly at a point of the product while users write;
it is started again, and everything that was acknowledged must be there. Images: see images.py.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from security import images, living
from security.crash_load import Load
from security.falling.points import OF_IMPORTS, POINTS
from security.figures import Figure, is_full, tell
from security.inspecting import Inspector

PORT = 8713
KILLS_BAR, IMAGES_BAR = 500, 1000
SMALL_POINTS = ("after commit, before the answer", "a file has its name")
FALLING = Path(__file__).resolve().parent / "falling"
FALL_SECONDS = 60
RESTART_BAR, RESTART_BAR_SMALL = 10, 30
"""The second is for a landing, whose machine does other work as well."""
ROWS = 40
TRIES = 4


@dataclass
class Fallen:
    """A round that ended at its point, not yet looked through."""

    point: str
    load: Load
    imported: str = ""


class Rounds:
    """An office that is killed again and again.

    The server that comes back after one kill is the one that falls next; before anybody writes to
    it, everything is looked through.
    """

    def __init__(self, data: Path, people: list[str], armed: Path) -> None:
        self.data, self.people, self.armed = data, people, armed
        self.inspector = Inspector(data)
        self.fallen: Fallen | None = None
        self.kills = self.lost = self.acknowledged = self.cut_off = 0
        self.wrong: list[str] = []
        self.restarts: list[float] = []

    def kill_at(self, point: str, draw: random.Random) -> None:
        """Kill once at a point; again where the round had no write of each kind in flight."""
        for _attempt in range(TRIES):
            load = self._fall(point, draw)
            if load.acknowledged and load.cut_off:
                self.kills += 1
                self.acknowledged += len(load.acknowledged)
                self.cut_off += len(load.cut_off)
                return
        self.wrong.append(f"{point}: no round with a write of each kind")

    def finish(self) -> None:
        """Start once more, and look through what the last kill left."""
        server = living.Server(self.data, PORT)
        try:
            self._come_back(server)
        finally:
            server.stop()

    def _fall(self, point: str, draw: random.Random) -> Load:
        self.armed.unlink(missing_ok=True)
        of_imports = point.startswith(OF_IMPORTS)
        hit = draw.randint(1, _most_hits(point))
        environment = {"PYTHONPATH": str(FALLING), "FALL_AT": point, "FALL_ON": str(hit)}
        environment["FALL_ARMED"] = str(self.armed)
        server = living.Server(self.data, PORT, environment)
        load = Load(PORT, self.people)
        fallen = Fallen(point, load)
        try:
            self._come_back(server)
            load.start()
            load.wait_for_first(FALL_SECONDS)
            self.armed.touch()
            self.fallen = fallen
            if of_imports:
                seed = draw.getrandbits(30)
                fallen.imported = living.queue_import(self.data, rows=ROWS, seed=seed)
            limit = time.monotonic() + FALL_SECONDS
            while server.is_up() and time.monotonic() < limit:
                time.sleep(0.01)
            if server.is_up():
                self.wrong.append(f"{point}: never came to it")
        finally:
            server.kill()
            load.end()
        return load

    def _come_back(self, server: living.Server) -> None:
        seconds = server.start()
        fallen, self.fallen = self.fallen, None
        if fallen is None:
            return
        self.restarts.append(seconds)
        found = self.inspector.look(fallen.load, imported=fallen.imported, rows=ROWS)
        self.lost += len(found.lost)
        self.wrong += [f"{fallen.point}: {text}" for text in (*found.lost, *found.wrong)]


def _most_hits(point: str) -> int:
    """How often users come to a point within some seconds."""
    if point.startswith(OF_IMPORTS):
        return 1
    return 3 if "file" in point or "session" in point else 12


def main() -> int:
    """Kill and rebuild; print what was lost."""
    full = is_full()
    times, size = (20, IMAGES_BAR) if full else (1, 20)
    points = tuple(POINTS) if full else SMALL_POINTS
    draw = random.Random(11)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people = living.build_office(folder / "built")
        shutil.copytree(folder / "built", folder / "office")
        rounds = Rounds(folder / "office", people, folder / "armed")
        for _time in range(times):
            for point in points:
                rounds.kill_at(point, draw)
        rounds.finish()
        report = images.measure(folder, people=people, count=size, draw=draw)
    kills_bar = KILLS_BAR if full else len(SMALL_POINTS)
    restart_bar = RESTART_BAR if full else RESTART_BAR_SMALL
    lost = rounds.lost + report.lost
    faults = rounds.wrong + report.wrong
    slowest = round(max(rounds.restarts), 1)
    return tell(
        Figure("crash_kills", rounds.kills, f">= {kills_bar}", rounds.kills >= kills_bar),
        Figure("crash_images", report.images, f">= {size}", report.images >= size),
        Figure("acked_lost", lost, "0", lost == 0),
        Figure("control_caught", str(report.control > 0).lower(), "true", report.control > 0),
        Figure("crash_faults", len(faults), "0", not faults),
        Figure("crash_restart_seconds", slowest, f"<= {restart_bar}", slowest <= restart_bar),
        points=len(points),
        acknowledged=rounds.acknowledged,
        cut_off=rounds.cut_off,
        slowest_restart_seconds=slowest,
        images_acknowledged=report.acknowledged,
        images_with_dropped_writes=report.dropped,
        control_images=report.control_images,
        control_losing=report.control,
        wrong=faults[:20],
    )


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main())
