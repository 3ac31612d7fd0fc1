"""Tests: keys made for the run, fast hashing, tasks that run at once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pulih.common.keyring import create_key_file

# A test run gets a data folder of its own unless the one who runs it names one.
if "PULIH_DATA" not in os.environ or "PULIH_TEST_DATA" not in os.environ:
    os.environ["PULIH_TEST_DATA"] = os.environ["PULIH_DATA"] = tempfile.mkdtemp(prefix="pulih-")
(Path(os.environ["PULIH_DATA"]) / "files").mkdir(exist_ok=True)
_KEY = Path(os.environ["PULIH_DATA"]) / "keys" / "pulih.key.json"
if not _KEY.exists():
    create_key_file(_KEY, demo=True)

from pulih.config.settings.base import *  # noqa: E402, F403
from pulih.config.settings.base import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "pulih.config.sqlite3":
    # Each worker of the tests has a database of its own in memory.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "import"],
    }
}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
INSTALLED_APPS = [*INSTALLED_APPS]
# Tests of the second factor, of the proof before grave work and of the purpose ask for them.
PULIH_SECOND_FACTOR = False
PULIH_STEP_UP = False
PULIH_ASK_PURPOSE = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# A second process would not see what a test has not committed.
PULIH_HELPERS = False
