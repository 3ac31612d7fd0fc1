"""`pulih backup`, `restore`, `drill` and `keys`: what saves an office whose computer is gone."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pulih.config.commands.starting import add_place_options, say, start
from pulih.config.place import find_place


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
    keys = commands.add_parser("keys", help="who can open backups; the keys' own copy")
    parts = keys.add_subparsers(dest="part", required=True)
    recipient = parts.add_parser("recipient", help="make a key pair for one of two people")
    add_place_options(recipient)
    recipient.add_argument("name", metavar="NAME", help="whose it is")
    recipient.set_defaults(run=run_recipient)
    escrow = parts.add_parser("escrow", help="write an encrypted copy of the keys")
    add_place_options(escrow)
    escrow.add_argument("--to", required=True, metavar="FOLDER", help="not beside the backups")
    escrow.set_defaults(run=run_escrow)
    recover = parts.add_parser("recover", help="put keys back from their copy")
    add_place_options(recover)
    recover.add_argument("file", metavar="COPY")
    recover.add_argument("--identity", required=True, metavar="FILE")
    recover.set_defaults(run=run_recover)


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
    say("The keys are not in it. Keep their copy elsewhere: pulih keys escrow --to FOLDER")
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


def run_recipient(options: argparse.Namespace) -> int:
    """Make a key pair and print the secret key once, on stdout."""
    start(options)
    from pulih.config.recovery.recipients import new_recipient

    sys.stdout.write(f"{new_recipient(options.name)}\n")
    say(f"This is the secret key of {options.name}. It is shown once and kept nowhere.")
    say("Print it, put it into an envelope, and keep it where neither computer nor backup is.")
    return 0


def run_escrow(options: argparse.Namespace) -> int:
    """Write the keys' own copy; 2 when it cannot be done."""
    start(options)
    from pulih.config.recovery.keeping_keys import escrow
    from pulih.config.recovery.recipients import RecoveryError

    try:
        say(f"{escrow(Path(options.to).resolve())}")
    except RecoveryError as fault:
        say(str(fault))
        return 2
    return 0


def run_recover(options: argparse.Namespace) -> int:
    """Put keys back; 2 when it cannot be done."""
    from pulih.config.recovery.keeping_keys import recover
    from pulih.config.recovery.recipients import RecoveryError, identities

    try:
        place = find_place(demo=options.demo, data=options.data)
        put = recover(
            Path(options.file),
            identity_keys=list(identities(Path(options.identity))),
            key_file=place.key_file,
        )
    except RecoveryError as fault:
        say(str(fault))
        return 2
    say("Put back: " + (", ".join(put) or "nothing; everything was there"))
    return 0
