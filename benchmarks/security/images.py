"""What a power cut leaves: images rebuilt from a server's own writes, unsynced dropped or torn.

Each image falls into a moment in which one user's write was acknowledged and another's was not. It
is opened, checked, and searched for everything that was acknowledged by then. The control is the
same server with `PRAGMA synchronous=NORMAL`: its images must be seen to lose something.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from security import living
from security.crash_load import Load, Write
from security.inspecting import acknowledged_missing, half_written
from security.tracing import Change, Naming, Recording, Syncs, recorder

PORT = 8714
SHOWN = ("pulih.sqlite3", "files/")
NOT_SHOWN = "-shm"
CHECKPOINT_PAGES = "200"
"""Forty times as often as served, so that images fall into checkpoints too."""
FALLING = Path(__file__).resolve().parent / "falling"
ENOUGH, LONGEST_SECONDS = 20, 120
JITTER_SECONDS = 0.001
DROPPED, TORN = 0.5, 0.2


@dataclass
class Report:
    """What the images held."""

    images: int = 0
    lost: int = 0
    acknowledged: int = 0
    dropped: int = 0
    control: int = 0
    control_images: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Traced:
    """A recording, and what was acknowledged meanwhile."""

    recording: Recording
    load: Load

    times: list[float] = field(default_factory=list)

    def moment(self, draw: random.Random) -> float:
        """A moment of unsynced writes, with one user's write in flight and another acknowledged."""
        first = min(write.acknowledged or 0 for write in self.load.acknowledged)
        if not self.times:
            changes = self.recording.changes.values()
            self.times = sorted(one.begun for many in changes for one in many if one.begun > first)
        for _attempt in range(10_000):
            moment = draw.choice(self.times) + draw.random() * JITTER_SECONDS
            if any(one.sent <= moment < (one.acknowledged or 0) for one in self.load.acknowledged):
                return moment
        raise SystemExit("no moment with a write in flight")

    def acknowledged_by(self, moment: float) -> list[Write]:
        """What users had been told by then."""
        return [one for one in self.load.acknowledged if (one.acknowledged or 0) <= moment]


def measure(folder: Path, *, people: list[str], count: int, draw: random.Random) -> Report:
    """Record an office that lies in `built`, rebuild so many images, and the control's."""
    report = Report()
    seconds = 4 if count < 100 else 30
    traced = _record(folder, "full", people, seconds, {})
    for _number in range(count):
        moment = traced.moment(draw)
        lost, wrong, dropped = _try_image(folder / "image", traced, moment, draw)
        report.images += 1
        report.acknowledged += len(traced.acknowledged_by(moment))
        report.dropped += bool(dropped)
        report.lost += bool(lost)
        report.wrong += [f"image at {moment:.6f}: {text}" for text in (*lost, *wrong)][:3]
    control = _record(folder, "normal", people, seconds, {"FALL_SYNC": "NORMAL"})
    report.control_images = max(20, count // 10)
    for _number in range(report.control_images):
        lost, _wrong, _dropped = _try_image(folder / "image", control, control.moment(draw), draw)
        report.control += bool(lost)
    return report


def _record(
    folder: Path, name: str, people: list[str], seconds: float, more: dict[str, str]
) -> Traced:
    data, log = folder / name, folder / f"{name}.trace"
    shutil.copytree(folder / "built", data)
    recording = Recording.of(data, SHOWN)
    environment = {"PYTHONPATH": str(FALLING), "FALL_CHECKPOINT": CHECKPOINT_PAGES, **more}
    server = living.Server(data, PORT, environment, prefix=recorder(log), log=folder / "log")
    load = Load(PORT, people)
    with living.serving(server):
        load.start()
        load.wait_for_first(60)
        limit = time.monotonic() + LONGEST_SECONDS
        load.ending.wait(seconds)
        while len(load.acknowledged) < ENOUGH and time.monotonic() < limit:
            load.ending.wait(0.2)
        load.end()
    recording.read(log, SHOWN)
    log.unlink()
    return Traced(recording, load)


def _try_image(
    folder: Path, traced: Traced, moment: float, draw: random.Random
) -> tuple[list[str], list[str], int]:
    """Rebuild and search one image: what is lost, what else is wrong, how much was dropped."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "files").mkdir(parents=True)
    dropped = _rebuild(folder, traced.recording, moment, draw)
    told = traced.acknowledged_by(moment)
    tasks = {write.mark for write in told if write.kind == "task"}
    sizes = {write.mark for write in told if write.kind == "file"}
    try:
        with closing(sqlite3.connect(folder / "pulih.sqlite3")) as link:
            state = link.execute("PRAGMA integrity_check").fetchone()[0]
            wrong = [] if state == "ok" else [f"integrity: {state}"]
            lost = acknowledged_missing(link, folder / "files", tasks, sizes)
            return lost, wrong + half_written(link), dropped
    except sqlite3.Error as fault:
        return [], [f"does not open: {fault}"], dropped


def _rebuild(folder: Path, recording: Recording, moment: float, draw: random.Random) -> int:
    """Write the files as the disk may hold them; returns how many writes were dropped or torn."""
    names: dict[str, int] = dict(recording.names)
    for place, namings in recording.namings.items():
        syncs = recording.folder_syncs.get(place, Syncs())
        for naming in _surviving(namings, syncs, moment, draw):
            if naming.file is None:
                (folder / naming.name).mkdir(parents=True, exist_ok=True)
            elif naming.is_gone:
                if names.get(naming.name) == naming.file:
                    del names[naming.name]
            else:
                names[naming.name] = naming.file
    dropped = 0
    for name, key in names.items():
        if name.endswith(NOT_SHOWN):
            continue
        content, harmed = _content(recording, key, moment, draw)
        dropped += harmed
        # A name in a folder whose own name did not survive cannot be reached.
        if (folder / name).parent.is_dir() or key in recording.contents:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return dropped


def _surviving(
    namings: list[Naming], syncs: Syncs, moment: float, draw: random.Random
) -> list[Naming]:
    """A folder keeps what was synced, and of the rest as many first steps as chance has it."""
    begun = [one for one in namings if one.begun <= moment]
    safe = 0
    for number, naming in enumerate(begun, start=1):
        if syncs.hold(naming.ended, moment):
            safe = number
    return begun[: draw.randint(safe, len(begun))]


def _content(
    recording: Recording, key: int, moment: float, draw: random.Random
) -> tuple[bytes, int]:
    content = bytearray(recording.contents.get(key, b""))
    syncs = recording.syncs.get(key, Syncs())
    harmed = 0
    for change in recording.changes.get(key, []):
        if change.begun > moment:
            break
        data: bytes | None = change.data
        if not syncs.hold(change.ended, moment):
            if draw.random() < DROPPED:
                harmed += 1
                continue
            if data and draw.random() < TORN:
                harmed += 1
                data = data[: draw.randrange(len(data))]
        _apply(content, change, data)
    return bytes(content), harmed


def _apply(content: bytearray, change: Change, data: bytes | None) -> None:
    if data is None:
        del content[change.offset :]
        content.extend(bytes(change.offset - len(content)))
        return
    if len(content) < change.offset:
        content.extend(bytes(change.offset - len(content)))
    content[change.offset : change.offset + len(data)] = data
