"""`pulih serve`: the office's own installation, for real use."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from pulih.config.commands.starting import add_place_options, say, start

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="run the office's installation")
    add_place_options(parser, demo_flag=False)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--workers", type=int, default=2, help="processes that answer pages")
    parser.add_argument("--tls-cert", type=Path, help="certificate file (PEM)")
    parser.add_argument("--tls-key", type=Path, help="key file of the certificate (PEM)")
    parser.add_argument(
        "--behind-proxy", action="store_true", help="a proxy in front speaks TLS with the browsers"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Refuse what is unsafe, then serve until told to stop."""
    tls = bool(options.tls_cert and options.tls_key)
    if options.host not in LOOPBACK and not (tls or options.behind_proxy):
        say(
            "Plain HTTP is served on this computer alone. For other computers give --tls-cert and"
            " --tls-key, or --behind-proxy when a proxy speaks TLS."
        )
        return 2
    os.environ["PULIH_TLS"] = "true" if tls or options.behind_proxy else "false"
    os.environ["PULIH_BEHIND_PROXY"] = "true" if options.behind_proxy else "false"
    start(options, demo=False)
    from pulih.config import health, server  # Django must be started first.

    refusals = health.refusals()
    for refusal in refusals:
        say(refusal)
    if refusals:
        return 2
    server.collect_static()
    address = server.Address(
        host="127.0.0.1" if options.host == "localhost" else options.host,
        port=options.port,
        workers=options.workers,
        tls_cert=options.tls_cert,
        tls_key=options.tls_key,
    )
    say(f"Pulih: {address.url}")
    return server.Supervisor(address).run()
