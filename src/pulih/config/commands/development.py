"""`pulih test` and `pulih lint`: for a checkout, not for an installed wheel."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from pulih.config.commands.starting import say

CHECKOUT = Path(__file__).resolve().parents[4]


def add_to(commands: Any) -> None:
    """Add the commands."""
    test = commands.add_parser("test", help="run the tests (in a checkout)")
    test.add_argument("pytest", nargs=argparse.REMAINDER, help="passed on to pytest")
    test.set_defaults(run=run_test)
    lint = commands.add_parser("lint", help="run ruff, mypy, import-linter, template checks")
    lint.set_defaults(run=run_lint)


def run_test(options: argparse.Namespace) -> int:
    """All tests: many at a time, journeys in a browser after them."""
    if not (CHECKOUT / "tests").is_dir():
        say("The tests are in a checkout of Pulih, not in the installed package.")
        return 2
    given = options.pytest
    if given:
        return _run(sys.executable, "-m", "pytest", *given)
    quick = _run(
        sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-m", "not journey"
    )
    journeys = _run(sys.executable, "-m", "pytest", "-q", "-m", "journey")
    return quick or journeys


def run_lint(options: argparse.Namespace) -> int:
    """Every static check; all are run, so that one pass shows everything."""
    bin_folder = Path(sys.executable).parent
    checks = (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
        ("djlint", "--lint", "--quiet", "src/pulih"),
    )
    codes = [_run(str(bin_folder / name), *arguments) for name, *arguments in checks]
    codes.append(_run(sys.executable, "script/messages", "--check"))
    return 1 if any(codes) else 0


def _run(*command: str) -> int:
    say("$ " + " ".join(Path(part).name if part.startswith("/") else part for part in command))
    environment = {**os.environ, "PYTHONWARNINGS": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode  # noqa: S603
