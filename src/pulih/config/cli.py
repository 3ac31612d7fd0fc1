"""The `pulih` command: one word a task, `--help` everywhere."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pulih.common.errors import CipherError
from pulih.common.faults import Fault, fault_of
from pulih.config.commands import (
    checking,
    demo,
    development,
    keys,
    office,
    recovery,
    server,
    users,
)
from pulih.config.holding import InstallationError

PARTS = (demo, server, office, users, checking, recovery, keys, development)
FAULTS = {
    Fault.FULL: "The disk is full. Make room on it, then run this again.",
    Fault.BUSY: "Somebody else is writing in the database. Run this again in a moment.",
    Fault.GONE: "The database cannot be reached. Is it running, and is its file where it was?",
    Fault.BROKEN: "The disk or the database cannot be written, or is damaged.",
}


def build_parser() -> argparse.ArgumentParser:
    """The parser with every subcommand."""
    parser = argparse.ArgumentParser(
        prog="pulih",
        description="Sistem kerja Dinas Sosial. The working system of a social office.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for part in PARTS:
        part.add_to(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when all is well, 1 when a check found something, 2 for wrong input.
    """
    options = build_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (CipherError, InstallationError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        ground = fault_of(error)
        if ground is None:
            raise
        sys.stderr.write(f"{FAULTS[ground]} ({error})\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
