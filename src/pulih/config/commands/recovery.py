"""`pulih backup`, `restore` and `drill`: what saves an office whose computer is gone."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pulih.config.commands.starting import add_place_options, say, start


def add_to(commands: Any) -> None:
    """Add the commands."""
    backup = commands.add_parser("backup", help="write an encrypted backup of database and files")
    add_place_options(backup)
    backup.add_argument("--to", required=True, metavar="FOLDER", help="best on another disk")
    backup.add_argument(
        "--keep", type=int, default=14, metavar="DAYS", help="older backups go (default 14 days)"
    )
    backup.add_argument("--json", action="store_true", help="print JSON alone on stdout")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="put a backup in the place of the data")
    add_place_options(restore)
    restore.add_argument("file", metavar="BACKUP")
    restore.add_argument("--identity", required=True, metavar="FILE", help="a secret key of two")
    restore.add_argument("--replace", action="store_true", help="put the present data aside")
    restore.set_defaults(run=run_restore)
    drill = commands.add_parser("drill", help="prove that the newest backup can be restored")
    add_place_options(drill)
    drill.add_argument("--from", dest="folder", required=True, metavar="FOLDER")
    drill.add_argument("--identity", required=True, metavar="FILE", help="a secret key of two")
    drill.add_argument("--json", action="store_true", help="print JSON alone on stdout")
    drill.set_defaults(run=run_drill_command)


def run_backup(options: argparse.Namespace) -> int:
    """Write a backup; 2 when it cannot be done."""
    start(options)
    from pulih.config.recovery.backup import make_backup, thin_out
    from pulih.config.recovery.recipients import RecoveryError

    folder = Path(options.to).resolve()
    try:
        made = make_backup(folder, tell=lambda words: say(f"  {words} …"))
    except RecoveryError as fault:
        say(str(fault))
        return 2
    gone = thin_out(folder, days=options.keep)
    if options.json:
        json.dump({**asdict(made), "file": str(made.file)}, sys.stdout)
    say(
        f"{made.file}: {made.size // 1024} KB, {made.rows} rows, {made.files} files."
        + (f" {len(gone)} old backups removed." if gone else "")
    )
    say("The key file is not in it. Keep their copy elsewhere: pulih keys escrow --to FOLDER")
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Restore; 2 when it cannot be done, 1 when the trail is broken."""
    start(options, alone=True)
    from pulih.config.recovery.recipients import RecoveryError
    from pulih.config.recovery.restoring import restore

    try:
        report = restore(
            Path(options.file),
            identity=Path(options.identity),
            replace=options.replace,
            tell=lambda words: say(f"  {words} …"),
        )
    except RecoveryError as fault:
        say(str(fault))
        return 2
    say(f"Restored as of {report['made_at']}. What was done after that moment is not in it.")
    say(f"{report['applied']} destructions were applied again. All sessions have ended.")
    say(f"What was here before lies in {report['aside']}; remove it once all is well.")
    say("Trail: " + ("; ".join(report["trail"]) or "unbroken"))
    return 1 if report["trail"] else 0


def run_drill_command(options: argparse.Namespace) -> int:
    """Drill; 1 when the backup would not have saved the office."""
    start(options)
    from pulih.config.recovery.drills import run_drill
    from pulih.config.recovery.recipients import RecoveryError

    try:
        drill = run_drill(
            Path(options.folder).resolve(),
            identity=Path(options.identity),
            tell=lambda words: say(f"  {words} …"),
        )
    except RecoveryError as fault:
        say(str(fault))
        return 2
    if options.json:
        json.dump(asdict(drill), sys.stdout)
    say(
        f"{drill.backup}: {drill.tables} tables, {drill.rows} rows, {drill.opened} of"
        f" {drill.openable} encrypted records opened, {drill.seconds} s. "
        + ("Good." if drill.good else "; ".join(drill.faults))
    )
    return 0 if drill.good else 1
