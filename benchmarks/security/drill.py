"""A backup of an office is drilled: how long it takes, and whether one flipped byte is found.

.venv/bin/python benchmarks/security/drill.py --small | --full
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from security.figures import Figure, is_full, tell

BENCHMARKS = Path(__file__).resolve().parents[1]
BAR = 300


def main() -> int:
    """Build an office, back it up, drill the backup, flip a byte, drill again."""
    full = is_full()
    people, cases, services = (200_000, 100_000, 400_000) if full else (2000, 1000, 4000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, backups = folder / "data", folder / "backups"
        begun = time.perf_counter()
        _run(
            [str(BENCHMARKS / "world.py"), str(data), "--people", str(people)]
            + ["--cases", str(cases), "--services", str(services)]
        )
        built = time.perf_counter() - begun
        identity = folder / "identity"
        for who in ("kadis", "sekretaris"):
            identity.write_text(_pulih(data, "keys", "recipient", who))
        begun = time.perf_counter()
        made = json.loads(_pulih(data, "backup", "--to", str(backups), "--json"))
        backed_up = time.perf_counter() - begun
        drill = _drill(data, backups, identity)
        file = Path(made["file"])
        content = bytearray(file.read_bytes())
        content[len(content) // 3] ^= 1
        file.write_bytes(content)
        flipped = _drill(data, backups, identity)
    return tell(
        Figure("drill_seconds", drill["seconds"], f"<= {BAR}", drill["seconds"] <= BAR),
        Figure("drill_good", int(drill["good"]), "1", bool(drill["good"])),
        Figure("flipped_byte_found", int(not flipped["good"]), "1", not flipped["good"]),
        cases=cases,
        rows=drill["rows"],
        tables=drill["tables"],
        opened=drill["opened"],
        backup_seconds=round(backed_up, 1),
        backup_megabytes=round(made["size"] / 2**20, 1),
        built_in_seconds=round(built),
    )


def _drill(data: Path, backups: Path, identity: Path) -> dict:
    printed = _pulih(
        data,
        *("drill", "--from", str(backups), "--identity", str(identity), "--json"),
        codes=(0, 1),
    )
    return json.loads(printed)


def _pulih(data: Path, *words: str, codes: tuple[int, ...] = (0,)) -> str:
    return _run(["-m", "pulih.config", *words, "--data", str(data), "--demo"], codes=codes)


def _run(arguments: list[str], codes: tuple[int, ...] = (0,)) -> str:
    names = ("PULIH_", "DJANGO_", "DATABASE_URL")
    done = subprocess.run(
        [sys.executable, *arguments],
        env={k: v for k, v in os.environ.items() if not k.startswith(names)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in codes:
        raise SystemExit(f"{arguments[:3]} failed: {done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
