"""What several commands share: naming the installation and starting Django for it."""

from __future__ import annotations

import argparse
import sys

import django

from pulih.config.place import Place, find_place


def say(text: str) -> None:
    """Tell the person at the terminal something; results for programs go to stdout instead."""
    sys.stderr.write(f"{text}\n")


def add_place_options(parser: argparse.ArgumentParser, *, demo_flag: bool = True) -> None:
    """Give a command the options that name an installation."""
    parser.add_argument("--data", metavar="FOLDER", help="data folder (default: of this user)")
    if demo_flag:
        parser.add_argument("--demo", action="store_true", help="use the demonstration's data")


def start(options: argparse.Namespace, *, demo: bool | None = None) -> Place:
    """Prepare the installation that the options name and start Django on it."""
    place = find_place(
        demo=getattr(options, "demo", False) if demo is None else demo, data=options.data
    )
    place.prepare()
    place.enter()
    django.setup()
    return place
