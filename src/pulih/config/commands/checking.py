"""`pulih check` and `pulih audit verify`: what an installation can prove of itself."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from pulih.config.commands.starting import add_place_options, say, start


def add_to(commands: Any) -> None:
    """Add the commands."""
    check = commands.add_parser("check", help="look at keys, trail, database and settings")
    add_place_options(check)
    check.add_argument("--json", action="store_true", help="print JSON alone on stdout")
    check.set_defaults(run=run_check)
    audit = commands.add_parser("audit", help="the audit trail")
    parts = audit.add_subparsers(dest="part", required=True)
    verify = parts.add_parser("verify", help="find edits, deletions, reordering and cut tails")
    add_place_options(verify)
    verify.add_argument("--head", metavar="TEXT", help="a head that was printed or mailed")
    verify.add_argument(
        "--office", metavar="CODE", help="whose head it is, where there are several"
    )
    verify.set_defaults(run=run_verify)
    head = parts.add_parser("head", help="print where the trail of each office stands now")
    add_place_options(head)
    head.set_defaults(run=run_head)


def run_check(options: argparse.Namespace) -> int:
    """Print every finding; 1 when one is bad."""
    start(options)
    from pulih.config import health  # Django must be started first.

    found = health.findings()
    if options.json:
        json.dump([asdict(finding) for finding in found], sys.stdout, indent=1)
    else:
        for finding in found:
            say(f"{'ok  ' if finding.good else 'LOOK'}  {finding.name}: {finding.text}")
    return 0 if all(finding.good for finding in found) else 1


def run_verify(options: argparse.Namespace) -> int:
    """Walk the chain of every office; 1 when it is broken, 2 when the head is none."""
    start(options)
    from pulih.access import chain, heads
    from pulih.access.models import AuditEvent, Office

    broken = False
    try:
        kept = heads.read(options.head) if options.head else None
    except heads.HeadError as fault:
        say(str(fault))
        return 2
    offices = Office.objects.all()
    if options.office:
        offices = offices.filter(code=options.office)
    for office in offices:
        faults = list(chain.faults(office, kept=kept))
        broken = broken or bool(faults)
        count = AuditEvent.objects.filter(office=office).count()
        say(f"{office.name}: {count} events, " + ("; ".join(faults) or "unbroken"))
    return 1 if broken else 0


def run_head(options: argparse.Namespace) -> int:
    """Print the head of every office, to be kept on paper."""
    start(options)
    from pulih.access import audit, heads

    for code, point in audit.current_heads().items():
        sys.stdout.write(f"{code}  {heads.text_of(point)}\n")
    return 0
