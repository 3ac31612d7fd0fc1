"""What several commands share: naming the installation and starting Django for it."""

from __future__ import annotations

import argparse
import sys

import django

from pulih.config import holding
from pulih.config.place import Place, find_place


def say(text: str) -> None:
    """Tell the person at the terminal something; results for programs go to stdout instead."""
    sys.stderr.write(f"{text}\n")


def add_place_options(parser: argparse.ArgumentParser, *, demo_flag: bool = True) -> None:
    """Give a command the options that name an installation."""
    parser.add_argument("--data", metavar="FOLDER", help="data folder (default: of this user)")
    if demo_flag:
        parser.add_argument("--demo", action="store_true", help="use the demonstration's data")


def start(options: argparse.Namespace, *, demo: bool | None = None, alone: bool = False) -> Place:
    """Prepare the installation that the options name and start Django on it.

    A restore that was cut short is finished first.

    Args:
        alone: nobody else may use the data meanwhile; it is a restore that asks for this.

    Raises:
        InUseError: somebody else uses the data in a way that forbids it.
    """
    place = find_place(
        demo=getattr(options, "demo", False) if demo is None else demo, data=options.data
    )
    place.prepare()
    place.enter()
    unfinished = (place.data / holding.UNFINISHED).exists()
    if alone or unfinished:
        holding.take_alone(place.data)
    else:
        holding.share(place.data)
    django.setup()
    if unfinished and not alone:
        _finish()
        holding.release(place.data)
        holding.share(place.data)
    return place


def _finish() -> None:
    # Its models exist only once Django is set up.
    from pulih.config.recovery.finishing import finish

    say("A restore was cut short; it is finished now …")
    report = finish()
    say(f"Restored as of {report['made_at']}. What was here before lies in {report['aside']}.")
