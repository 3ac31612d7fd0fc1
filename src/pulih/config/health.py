"""What an installation can tell of itself: reasons not to start, and findings to look at."""

from __future__ import annotations

import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pulih.access import chain, scope, triggers
from pulih.access.models import Office, RoleGrant, User
from pulih.access.roles import Role
from pulih.common.keyring import keyring
from pulih.config.endings import ending_soon
from pulih.config.headers import FIXED, POLICY
from pulih.config.keys.findings import key_findings
from pulih.config.recovery.drills import last_drill
from pulih.config.recovery.recipients import RecoveryError, names

SQLITE_FULL = 2
DURABLE = "synchronous=FULL on every connection"
ASKED = {
    "REQUEST_METHOD": "GET",
    "PATH_INFO": "/healthz",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "443",
    "wsgi.url_scheme": "https",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `pulih check`."""

    name: str
    good: bool
    text: str


def unapplied_migrations() -> int:
    """How many migrations the database still lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refusals() -> list[str]:
    """Why `serve` must not start, in words that say what to do; empty when it may."""
    if unapplied_migrations():
        return ["The database is not up to date. Run: pulih migrate"]
    found = []
    if keyring().demo:
        found.append(
            "The key file was made for a demonstration and must not guard real people."
            " Use another data folder, or move the demonstration away."
        )
    if User.objects.filter(is_demo=True).exists() or Office.objects.filter(is_demo=True).exists():
        found.append("This data folder holds demonstration accounts. Use another data folder.")
    if not RoleGrant.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).exists():
        found.append(
            "Nobody can log in yet. Create the first administrator:"
            ' pulih createuser NAME --role administrator --full-name "…"'
        )
    if not settings.PULIH_SECOND_FACTOR:
        found.append("The second factor is switched off; real people are not guarded by passwords.")
    return found + storage_faults()


def storage_faults() -> list[str]:
    """What is wrong with the database under any installation, the demonstration included."""
    found = []
    if missing := triggers.missing():
        found.append(f"The audit trail is unprotected ({', '.join(missing)}). Run: pulih migrate")
    if connection.vendor == "sqlite" and _synchronous() != SQLITE_FULL:
        found.append("SQLite does not run with synchronous=FULL; a power cut could lose work.")
    return found


def findings() -> list[Finding]:
    """Everything `pulih check` looks at."""
    data_mode = stat.S_IMODE(os.stat(settings.PULIH_DATA).st_mode)
    pending = unapplied_migrations()
    if pending:
        return [
            Finding("migrations", False, f"{pending} migrations are not applied: pulih migrate")
        ]
    absent, gaps = triggers.missing(), scope.missing()
    lines = [
        Finding("migrations", True, "the database is up to date"),
        *(Finding(*told) for told in key_findings()),
        Finding("data folder", data_mode == 0o700, f"mode {data_mode:o}, must be 700"),
        Finding("demo keys", not keyring().demo or settings.PULIH_DEMO, _keys_are_for()),
        Finding("trail protected", not absent, "triggers " + (", ".join(absent) or "in place")),
        Finding("policy complete", not gaps, "; ".join(gaps) or "every relation is explained"),
        Finding("disk encryption", *_disk_encrypted()),
        Finding("second factor", *_second_factor()),
        Finding("recovery keys", *_recovery_keys()),
        Finding("drill", *_drill()),
        Finding("headers", *_headers()),
        Finding("grants", True, ending_soon()),
    ]
    if connection.vendor == "sqlite":
        lines.append(Finding("durable writes", _synchronous() == SQLITE_FULL, DURABLE))
    for office in Office.objects.all():
        faults = list(chain.faults(office))
        lines.append(
            Finding(f"trail of {office.code}", not faults, "; ".join(faults) or "unbroken")
        )
    return lines


def _second_factor() -> tuple[bool, str]:
    asked = settings.PULIH_SECOND_FACTOR or settings.PULIH_DEMO
    return asked, "asked of everybody" if settings.PULIH_SECOND_FACTOR else "not asked"


def _recovery_keys() -> tuple[bool, str]:
    try:
        people = names()
    except RecoveryError as fault:
        return False, str(fault)
    return True, f"backups and keys open for {', '.join(people)}"


def _drill() -> tuple[bool, str]:
    drill = last_drill()
    if drill is None:
        return False, "no backup was ever restored in a drill: pulih drill"
    text = f"{drill.at}, {drill.backup}: " + ("good" if drill.good else "; ".join(drill.faults))
    return drill.is_fresh, text


def _headers() -> tuple[bool, str]:
    """What this installation answers with, asked of the application itself."""
    request = WSGIRequest({**ASKED, "wsgi.input": io.BytesIO()})
    answer = BaseHandler()
    answer.load_middleware()
    sent = answer.get_response(request).headers
    wanted = (*FIXED, POLICY, "Cache-Control", "Referrer-Policy")
    absent = [name for name in wanted if name not in sent]
    return not absent, f"missing: {', '.join(absent)}" if absent else "on every answer"


def _keys_are_for() -> str:
    return "made for a demonstration" if keyring().demo else "made for real use"


def _synchronous() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return int(cursor.fetchone()[0])


def _disk_encrypted() -> tuple[bool, str]:
    """Is the data folder on a dm-crypt device? Names of open people are readable on the disk."""
    device = os.stat(settings.PULIH_DATA).st_dev
    uuid = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}/dm/uuid")
    try:
        encrypted = uuid.read_text().startswith("CRYPT-")
    except OSError:
        encrypted = False
    text = (
        "the data folder is on an encrypted disk"
        if encrypted
        else ("no disk encryption was found under the data folder; names lie readable on the disk")
    )
    return encrypted, text
