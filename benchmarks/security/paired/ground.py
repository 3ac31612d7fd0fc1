"""The ground of both worlds: a small demonstration office, and the places where a world lies."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

PEOPLE, CASES = 160, 70


@dataclass(frozen=True, slots=True)
class World:
    """A database and the files that belong to it."""

    folder: Path

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / "pulih.sqlite3"

    def enter(self) -> None:
        """Let this process stand in the world, with nothing remembered from another one."""
        from django.conf import settings
        from django.core.cache import cache
        from django.db import connections

        from pulih.people.queries import similar

        connection = connections["default"]
        connection.close()
        connection.settings_dict["NAME"] = str(self.database)
        settings.MEDIA_ROOT = str(self.folder / "files")
        cache.clear()
        similar._vocabularies.clear()

    def copy(self, folder: Path) -> World:
        """A world of its own that is the same as this one until now."""
        from django.db import connections

        connections["default"].close()
        shutil.copytree(self.folder, folder)
        return World(folder)


def empty_world(folder: Path) -> World:
    """A world with all its tables and nobody in it."""
    from django.core.management import call_command

    (folder / "files").mkdir(parents=True)
    world = World(folder)
    world.enter()
    call_command("migrate", interactive=False, verbosity=0)
    return world


def people_it(day: dt.date) -> None:
    """Build the office of the demonstration around a day, at a size that fits many seeds."""
    from pulih.access.models import User
    from pulih.config.demo import build, cases, people
    from pulih.privacy.actions.holding import set_retention
    from pulih.privacy.facts import Scheduled

    cases.COUNT, people.COUNT = CASES, PEOPLE
    build.build_demo(today=day, say=lambda _: None)
    line = Scheduled("sealed", None, 5, "destroy", "400.9.1", "Perbup 1/2026")
    set_retention(line=line, by=User.objects.get(username="kadis"))


def go_plain() -> None:
    """Settings that have no part in what is asked here: quick hashing, plain files, no proofs."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PULIH_STEP_UP = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def finish_background_work() -> None:
    """Run what waits in the queue, as the worker would a moment later."""
    from django_tasks_db.models import DBTaskResult

    from pulih.common.clock import now

    for row in DBTaskResult.objects.ready().filter(run_after__lte=now()).order_by("enqueued_at"):
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.delete()
