"""Measures a fresh clone to its first page, a restart, and the size of the base install.

    python benchmarks/starting.py FOLDER

The package cache is warm when something was installed from it before; the bar is for that.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[1]
PORT = 8198
BARS = {"fresh_clone_seconds": 90, "restart_seconds": 4, "base_install_mb": 650}


def _first_page(clone: Path) -> float:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PULIH_", "DJANGO_"))}
    began = time.perf_counter()
    server = subprocess.Popen(
        [str(clone / "pulih"), "demo", "--port", str(PORT), "--no-browser"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/masuk/", timeout=2):
                    return time.perf_counter() - began
            except OSError:
                if server.poll() is not None or time.perf_counter() - began > 600:
                    raise SystemExit("the demonstration did not start") from None
                time.sleep(0.05)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def main() -> int:
    """Clone, start, start again, weigh; JSON on stdout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    began = time.perf_counter()
    subprocess.run(["git", "clone", "-q", str(TOP), str(folder)], check=True)
    cloned = time.perf_counter() - began
    figures: dict[str, Any] = {
        "fresh_clone_seconds": round(cloned + _first_page(folder), 1),
        "restart_seconds": round(min(_first_page(folder) for _ in range(3)), 2),
        "base_install_mb": round(
            sum(f.lstat().st_size for f in (folder / ".venv").rglob("*") if not f.is_dir()) / 1e6
        ),
    }
    passed = all(figures[name] <= bar for name, bar in BARS.items())
    json.dump({**figures, "bars": BARS, "pass": passed}, sys.stdout, indent=1)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
