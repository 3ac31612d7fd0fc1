"""Loaded by Python itself in a server that a bench has started: it falls where the bench asks.

FALL_AT names the point, FALL_ARMED a file without which nothing happens, FALL_ON the hit that
counts. FALL_SYNC sets another level of `PRAGMA synchronous`: the control that must be caught.
FALL_CHECKPOINT lets SQLite bring its log home after so many pages.
"""

from __future__ import annotations

import functools
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from points import POINTS

SETTINGS = "pulih.config.settings.base"
LEVELS = {"OFF": 0, "NORMAL": 1}
hits = 0


def _fall() -> None:
    global hits
    if not os.path.exists(os.environ["FALL_ARMED"]):
        return
    hits += 1
    if hits >= int(os.environ["FALL_ON"]):
        # Supervisor, server and worker are one group.
        os.killpg(os.getpgrp(), signal.SIGKILL)
        signal.pause()


def _wrap(function: Callable[..., Any], when: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            _fall()
        result = function(*args, **kwargs)
        if when == "after":
            _fall()
        return result

    return wrapper


def _arrange_fall(module: ModuleType) -> None:
    _module, path, when = POINTS[os.environ["FALL_AT"]]
    *owners, name = path.split(".")
    owner: Any = module
    for step in owners:
        owner = getattr(owner, step)
    setattr(owner, name, _wrap(getattr(owner, name), when))


def _say_to_sqlite(module: ModuleType, old: str, new: str) -> None:
    options = module.DATABASES["default"]["OPTIONS"]
    said = options["init_command"].replace(old, new)
    if said == options["init_command"]:
        raise SystemExit(f"the settings do not say {old}")
    options["init_command"] = said


def _checkpoint_often(module: ModuleType) -> None:
    pages = os.environ["FALL_CHECKPOINT"]
    _say_to_sqlite(module, "wal_autocheckpoint=8000", f"wal_autocheckpoint={pages}")


def _weaken(module: ModuleType) -> None:
    level = os.environ["FALL_SYNC"]
    if module.__name__ == SETTINGS:
        _say_to_sqlite(module, "synchronous=FULL", f"synchronous={level}")
        if "FALL_CHECKPOINT" in os.environ:
            _checkpoint_often(module)
    elif module.__name__ == "pulih.config.sqlite3.base":
        module.FULL = LEVELS[level]
    else:
        module.SQLITE_FULL = LEVELS[level]


class _Loader(importlib.abc.Loader):
    def __init__(self, loader: Any, change: Callable[[ModuleType], None]) -> None:
        self.loader, self.change = loader, change

    def create_module(self, spec: Any) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self.loader.exec_module(module)
        self.change(module)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, changes: dict[str, Callable[[ModuleType], None]]) -> None:
        self.changes = changes

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        if name not in self.changes:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None:
            spec.loader = _Loader(spec.loader, self.changes[name])
        return spec


def _install() -> None:
    changes: dict[str, Callable[[ModuleType], None]] = {}
    if "FALL_SYNC" in os.environ:
        for name in ("settings.base", "sqlite3.base", "health"):
            changes[f"pulih.config.{name}"] = _weaken
    if "FALL_CHECKPOINT" in os.environ:
        changes.setdefault(SETTINGS, _checkpoint_often)
    if "FALL_AT" in os.environ:
        changes[POINTS[os.environ["FALL_AT"]][0]] = _arrange_fall
    for name, change in list(changes.items()):
        if name in sys.modules:
            change(sys.modules[name])
            del changes[name]
    sys.meta_path.insert(0, _Finder(changes))


_install()
