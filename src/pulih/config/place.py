"""Where an installation keeps its data, and which settings it runs with."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from pulih.common.keyring import create_key_file


@dataclass(frozen=True, slots=True)
class Place:
    """One installation: its data folder and its settings module."""

    data: Path
    demo: bool

    @property
    def key_file(self) -> Path:
        """The key file; PULIH_KEY_FILE puts it on other media."""
        named = os.environ.get("PULIH_KEY_FILE")
        return Path(named) if named else self.data / "keys" / "pulih.key.json"

    def prepare(self) -> None:
        """Make the data folder (for its owner only) and, the first time, the key file."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.data / "files").mkdir(exist_ok=True, mode=0o700)
        # Where versions before this one received uploads, in clear.
        shutil.rmtree(self.data / "incoming", ignore_errors=True)
        if not self.key_file.exists():
            create_key_file(self.key_file, demo=self.demo)

    def enter(self) -> None:
        """Point this process, and those it starts, at the installation."""
        os.environ["PULIH_DATA"] = str(self.data)
        name = "demo" if self.demo else "serve"
        os.environ["DJANGO_SETTINGS_MODULE"] = f"pulih.config.settings.{name}"


def find_place(*, demo: bool, data: str | None) -> Place:
    """The installation that a command means.

    Args:
        demo: the demonstration, or the office's own data.
        data: the folder named on the command line, if any; then PULIH_DATA, then a folder
            `demo` or `office` under PULIH_HOME (in a checkout `var`, else the user's data folder).
    """
    named = data or os.environ.get("PULIH_DATA")
    if named:
        return Place(Path(named).resolve(), demo)
    home = Path(os.environ.get("PULIH_HOME") or Path.home() / ".local/share/pulih")
    return Place((home / ("demo" if demo else "office")).resolve(), demo)
