"""`pulih migrate`, `pulih regions` and `pulih import`: the office's database and its data."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pulih.config.commands.starting import add_place_options, say, start


def add_to(commands: Any) -> None:
    """Add the commands."""
    migrate = commands.add_parser("migrate", help="bring the database up to date")
    add_place_options(migrate)
    migrate.set_defaults(run=run_migrate)
    regions = commands.add_parser("regions", help="load every region of Indonesia")
    add_place_options(regions)
    regions.add_argument("--file", type=Path, help="a CSV with kode,nama instead of the package")
    regions.set_defaults(run=run_regions)
    imports = commands.add_parser("import", help="import a spreadsheet")
    kinds = imports.add_subparsers(dest="kind", required=True)
    for kind, words in (
        ("people", "clients of the office"),
        ("recipients", "recipients of aid, with amount and date"),
        ("staff", "staff with their NIP"),
        ("students", "students with their NIM"),
    ):
        parser = kinds.add_parser(kind, help=words)
        add_place_options(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="the user who imports")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--refused", type=Path, help="write refused rows to this XLSX file")
        parser.set_defaults(run=run_import)


def run_migrate(options: argparse.Namespace) -> int:
    """Apply migrations, and give each office the services that it has never had."""
    start(options)
    from django.core.management import call_command

    from pulih.access.models import Office
    from pulih.cases.actions.catalogue import install_catalogue

    call_command("migrate", interactive=False, verbosity=0)
    # Only where the counters of attempts lie in a table; elsewhere it does nothing.
    call_command("createcachetable", verbosity=0)
    for office in Office.objects.all():
        install_catalogue(office=office, by=None)
    say("The database is up to date.")
    return 0


def run_regions(options: argparse.Namespace) -> int:
    """Load provinces, regencies, districts and villages."""
    start(options)
    from pulih.common.errors import RuleError
    from pulih.people.regions.fetch import FetchError
    from pulih.people.regions.load import load_all
    from pulih.people.regions.read import RegionFileError

    try:
        load_all(options.file, say)
    except (FetchError, OSError, RegionFileError, RuleError) as trouble:
        say(str(trouble))
        return 2
    return 0


def run_import(options: argparse.Namespace) -> int:
    """Import a file without the browser; the report says what was taken and what was refused."""
    start(options)
    from pulih.exchange.command import import_file

    return import_file(
        kind=options.kind,
        path=options.file,
        username=options.username,
        as_json=options.json,
        refused=options.refused,
        say=say,
    )
