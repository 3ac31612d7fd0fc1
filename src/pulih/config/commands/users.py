"""`pulih createuser`: people who log in, first of all the first administrator."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from typing import Any

from pulih.config.commands.starting import add_place_options, say, start


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("createuser", help="create a user with a role")
    add_place_options(parser)
    parser.add_argument("username")
    parser.add_argument("--role", required=True, help="for example administrator")
    parser.add_argument("--full-name", required=True)
    parser.add_argument("--section", help="rehabilitation, security, empowerment or protection")
    parser.add_argument(
        "--office", default="Dinas Sosial Kabupaten Ngawi", help="name of the office, first time"
    )
    parser.add_argument("--region", default="35.21", help="code of its regency, first time")
    parser.add_argument(
        "--generate-password", action="store_true", help="make a password and print it once"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Create the user; ask for a password unless one is to be made."""
    start(options)
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from pulih.access.actions.installing import create_first_user
    from pulih.cases.actions.catalogue import install_catalogue
    from pulih.common.errors import RuleError

    password = secrets.token_urlsafe(12) if options.generate_password else _ask()
    try:
        validate_password(password)
        user = create_first_user(
            username=options.username,
            full_name=options.full_name,
            role=options.role,
            section_kind=options.section,
            password=password,
            office_name=options.office,
            region_code=options.region,
            by=None,
        )
        install_catalogue(office=user.office, by=None)
    except ValidationError as refusal:
        say(" ".join(refusal.messages))
        return 2
    except RuleError as refusal:
        say(refusal.message)
        return 2
    if options.generate_password:
        sys.stdout.write(f"{password}\n")
    say(f"{user.username} can log in as {options.role}.")
    return 0


def _ask() -> str:
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Again: "):
        say("The two are not the same.")
        raise SystemExit(2)
    return first
