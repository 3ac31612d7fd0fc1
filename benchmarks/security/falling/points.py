"""Where the server can be made to fall: a product function, and the moment beside it.

Nothing of this is in the product. `sitecustomize.py` beside it wraps the one function that is
asked for, in the processes of a server that a bench has started.
"""

from __future__ import annotations

DATABASE = "django.db.backends.base.base"
WRITING = "pulih.exchange.work.writing"
REGISTER = "pulih.people.actions.registration"
PROGRESS = "pulih.exchange.actions.progressing"
TASKS = "django_tasks_db.models"
STORE = "pulih.files.store"
DISK = "pulih.common.disk"

POINTS: dict[str, tuple[str, str, str]] = {
    "a form came in": ("pulih.config.writes", "WritesMiddleware.__call__", "before"),
    "a transaction has begun": (
        "django.db.backends.sqlite3.base",
        "DatabaseWrapper._start_transaction_under_autocommit",
        "after",
    ),
    "before commit": (DATABASE, "BaseDatabaseWrapper._commit", "before"),
    "after commit, before the answer": (DATABASE, "BaseDatabaseWrapper._commit", "after"),
    "before what follows a commit": (
        DATABASE,
        "BaseDatabaseWrapper.run_and_clear_commit_hooks",
        "before",
    ),
    "a connection closes": (DATABASE, "BaseDatabaseWrapper._close", "before"),
    "before a session is saved": (
        "django.contrib.sessions.backends.db",
        "SessionStore.save",
        "before",
    ),
    "a session was saved": ("django.contrib.sessions.backends.db", "SessionStore.save", "after"),
    "before the trail": ("pulih.access.audit", "record", "before"),
    "the trail is written": ("pulih.access.audit", "record", "after"),
    "a line is tied to the chain": ("pulih.access.audit", "_tie", "after"),
    "a task was opened": ("pulih.inbox.actions.opening", "open_task", "after"),
    "before a file is written": (STORE, "write", "before"),
    "a file is encrypted": ("pulih.files.sealing", "seal", "after"),
    "a file's draft is written": ("pathlib", "Path.replace", "before"),
    "a file has its name": (DISK, "sync_folder", "before"),
    "a file's folder is synced": (DISK, "sync_folder", "after"),
    "a file is written": (STORE, "write", "after"),
    "a file has its record": ("pulih.files.actions.attaching", "_keep", "after"),
    "before a removed file leaves the disk": (STORE, "delete", "before"),
    "a removed file has left the disk": (STORE, "delete", "after"),
    "import: a background task is claimed": (TASKS, "DBTaskResult.claim", "after"),
    "import: before a part": (WRITING, "_write_rows", "before"),
    "import: in a part, before people": (REGISTER, "register_built", "before"),
    "import: in a part, after people": (REGISTER, "register_built", "after"),
    "import: in a part, before its commit": (WRITING, "_write_rows", "after"),
    "import: after a part": (WRITING, "write_chunk", "after"),
    "import: before its end": (PROGRESS, "finish_import", "before"),
    "import: after its end": (PROGRESS, "finish_import", "after"),
    "import: a background task is done": (TASKS, "DBTaskResult.set_successful", "after"),
}
"""Name of the point: module, function in it, before or after."""
OF_IMPORTS = "import: "
"""Points that only an import in the background comes to."""
