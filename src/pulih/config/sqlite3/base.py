"""Every connection to SQLite: durable or refused, and never to a new empty file by accident."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base

FULL = 2


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, which asserts on each connection what an acknowledged write rests on."""

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's; with `must_exist` a missing file is an error instead of an empty database.

        A server whose data folder went away would otherwise go on with nothing in it.
        """
        params = super().get_connection_params()
        if params.pop("must_exist", False):
            params["database"] = f"file:{quote(str(Path(params['database']).resolve()))}?mode=rw"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection, or refuse it: a power cut must take back nothing (R-CONF-31)."""
        connection = super().get_new_connection(conn_params)
        level = connection.execute("PRAGMA synchronous").fetchone()[0]
        if level < FULL:
            connection.close()
            raise ImproperlyConfigured(f"SQLite runs with synchronous={level}, not FULL.")
        return connection
