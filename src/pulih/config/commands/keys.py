"""`pulih keys`: who can open backups, the keys' own copy, how they stand, and a new main key."""

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
    status = parts.add_parser("status", help="which keys are in use, and what a rotation has left")
    add_place_options(status)
    status.add_argument("--json", action="store_true", help="print JSON alone on stdout")
    status.set_defaults(run=run_status)
    rotate = parts.add_parser("rotate", help="replace the main key, or go on where it stopped")
    add_place_options(rotate)
    rotate.set_defaults(run=run_rotate)


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


def run_status(options: argparse.Namespace) -> int:
    """Say how the keys stand; 1 while something lies under an older key."""
    start(options)
    from pulih.common import datakeys
    from pulih.common.keyring import keyring
    from pulih.config.keys import standing

    left, used = standing.left(), standing.in_use()
    kept = sum(1 for _unit in datakeys.units())
    if options.json:
        json.dump({"current": keyring().current, "rows": used, "left": asdict(left)}, sys.stdout)
    say(f"Current key {keyring().current}, for {standing.age_of_current()} days.")
    for kid, count in used.items():
        say(f"  {kid}: {count} rows, the trail among them")
    say(f"Keys of sealed records: {kept}")
    for name, count in {**left.rows, **left.sealed}.items():
        say(f"  left: {name}: {count} rows")
    say(
        f"Left under an older key: {left.total}"
        f" ({left.files} files, {left.factors} second factors, {left.record_keys} wrapped keys)."
        + (" Run: pulih keys rotate" if left.total else "")
    )
    return 1 if left.total else 0


def run_rotate(options: argparse.Namespace) -> int:
    """Replace the main key; 2 when it cannot be done, 1 when something is left."""
    start(options)
    from pulih.config.keys.rotating import RotationError, rotate

    try:
        left = rotate(tell=lambda words: say(f"  {words} …"))
    except RotationError as fault:
        say(str(fault))
        return 2
    say("Everything lies under the new key." if not left.total else f"{left.total} are left.")
    say("The key file has changed: make its copy anew: pulih keys escrow --to FOLDER")
    say("The older key stays in it: backups and the texts of the trail are opened with it.")
    return 1 if left.total else 0
