"""`pulih demo`: all set up, invented people, a login for each role, a browser on the first page."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import threading
import time
import urllib.request
import webbrowser
from typing import Any

from pulih.config.commands.starting import say, start
from pulih.config.place import find_place


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("demo", help="try Pulih with invented people")
    parser.add_argument("--data", metavar="FOLDER", help="data folder of the demonstration")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--fresh", action="store_true", help="throw the earlier demo data away")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--today", type=dt.date.fromisoformat, help="the day around which data are placed"
    )
    parser.add_argument(
        "--prepare-only", action="store_true", help="make the data and stop, without serving"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make or find the demonstration, print the logins and serve it on this computer."""
    place = find_place(demo=True, data=options.data)
    if options.fresh and place.data.exists():
        if not (place.data / ".demo").exists():
            say(f"{place.data} is not a demonstration; it is left alone.")
            return 2
        shutil.rmtree(place.data)
    place.prepare()
    (place.data / ".demo").touch()
    os.environ["PULIH_TLS"] = "false"
    start(options, demo=True)

    from django.core.management import call_command

    from pulih.access.models import Office
    from pulih.config import health, server
    from pulih.config.demo import cast

    is_new = bool(health.unapplied_migrations())
    if is_new:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    if faults := health.storage_faults():
        say(" ".join(faults))
        return 2
    # What only a first start or a new version needs is not even read at the others.
    if not Office.objects.filter(is_demo=True).exists():
        from pulih.config.demo import build

        say("Menyiapkan data contoh… / Preparing the demo data…")
        build.build_demo(today=options.today or dt.date.today(), say=say)  # noqa: DTZ011
    elif is_new:
        from pulih.cases.actions.catalogue import install_catalogue

        for office in Office.objects.filter(is_demo=True):
            install_catalogue(office=office, by=None)
    server.collect_static()
    if options.prepare_only:
        return 0
    address = server.Address(port=options.port)
    say(cast.logins_text())
    say(f"\n  Buka / Open: {address.url}\n  Berhenti / Stop: Ctrl+C\n")
    if not options.no_browser:
        threading.Thread(target=_open_browser, args=(address.url,), daemon=True).start()
    return server.Supervisor(address).run()


def _open_browser(url: str) -> None:
    for _ in range(60):
        try:
            with urllib.request.urlopen(f"{url}healthz", timeout=1):  # noqa: S310 - our own address
                break
        except OSError:
            time.sleep(0.25)
    try:
        webbrowser.get()
    except webbrowser.Error:
        return
    webbrowser.open(url)
