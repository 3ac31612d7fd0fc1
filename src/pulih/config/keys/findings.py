"""What `pulih check` tells of the keys."""

from __future__ import annotations

import stat
from pathlib import Path

from django.conf import settings

from pulih.common import datakeys, key_shredding
from pulih.common.keyring import keyring
from pulih.config.keys.columns import file_kids, rotating, sealable
from pulih.config.keys.standing import age_of_current

OLD = 2 * 365
"""After how many days a main key is better replaced."""

Told = tuple[str, bool, str]


def key_findings() -> list[Told]:
    """Name, whether it is well, and the words."""
    return [_file(), _folder(), _age(), _in_use(), _records()]


def _file() -> Told:
    path = Path(settings.PULIH_KEY_FILE)
    mode = stat.S_IMODE(path.stat().st_mode)
    return "key file", mode == 0o600, f"{path} has mode {mode:o}, must be 600"


def _folder() -> Told:
    """Whoever may list the folder learns how many sealed records there are."""
    folder = Path(settings.PULIH_KEY_FILE).parent
    mode = stat.S_IMODE(folder.stat().st_mode)
    return "key folder", not mode & 0o077, f"mode {mode:o}, must be 700"


def _age() -> Told:
    days = age_of_current()
    text = f"{keyring().current} for {days} days"
    return "main key", days <= OLD, text + ("" if days <= OLD else ": pulih keys rotate")


def _in_use() -> Told:
    """Only whether each key is used: how much is left is told by `pulih keys status`."""
    current = keyring().current
    older = [kid for kid in file_kids() if kid != current]
    waiting = [kid for kid in older if any(table.count(table.under(kid)) for table in rotating())]
    kept = sorted(set(older) - set(waiting))
    text = f"{current} writes" + (
        f"; kept for trail and backups: {', '.join(kept)}" if kept else ""
    )
    if waiting:
        text += f"; still in use: {', '.join(waiting)}. Go on with: pulih keys rotate"
    return "keys in use", not waiting, text


def _records() -> Told:
    present = set(datakeys.units())
    back = present & key_shredding.destroyed_units()
    text = f"{len(present)} kept beside the key file"
    loose = [table.model._meta.label for table in sealable() if table.loose().exists()]
    if loose:
        text += f"; not yet under keys of their own: {', '.join(loose)}. Run: pulih keys rotate"
    if back:
        text += f"; {len(back)} were destroyed and are there again: make a backup, it removes them"
    return "keys of sealed records", not back and not loose, text
