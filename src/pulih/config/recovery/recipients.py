"""Who can open a backup: public keys of at least two people, whose secret keys lie elsewhere."""

from __future__ import annotations

from pathlib import Path

import pyrage
from django.conf import settings

from pulih.common import disk
from pulih.config.holding import InstallationError

FILE = "recipients.txt"
LEAST = 2


class RecoveryError(InstallationError):
    """A backup, a restore or a drill could not be done; the text says why and what to do."""


def path() -> Path:
    """Where the public keys lie; they are no secret."""
    return Path(settings.PULIH_DATA) / FILE


def recipients() -> list[pyrage.x25519.Recipient]:
    """The public keys that backups are encrypted to.

    Raises:
        RecoveryError: there are fewer than two, or a line is no key.
    """
    found = [_recipient(line) for line in _lines()]
    if len(found) < LEAST:
        raise RecoveryError(
            f"Backups are encrypted to at least {LEAST} people; {len(found)} are known in {path()}."
            " Run: pulih keys recipient, once for each of them."
        )
    return found


def is_wanted() -> bool:
    """Did somebody say who opens backups?"""
    return bool(_lines())


def names() -> list[str]:
    """Whose public keys they are, by the remark above each.

    Raises:
        RecoveryError: there are fewer than two, or a line is no key.
    """
    recipients()
    found, remark = [], ""
    for line in path().read_text().splitlines():
        if line.startswith("#"):
            remark = line.lstrip("# ").strip()
        elif line.strip():
            found.append(remark or "somebody unnamed")
            remark = ""
    return found


def new_recipient(name: str) -> str:
    """Make a key pair: the public key is kept here, the secret one is returned and kept nowhere.

    Args:
        name: whose it is, as a remark.
    """
    identity = pyrage.x25519.Identity.generate()
    lines = path().read_text() if path().exists() else ""
    remark = " ".join(name.split())
    disk.write_text(path(), f"{lines}# {remark}\n{identity.to_public()}\n")
    return str(identity)


def identities(file: Path) -> list[pyrage.x25519.Identity]:
    """The secret keys in a file.

    Raises:
        RecoveryError: the file holds none.
    """
    try:
        lines = file.read_text().split()
        found = [pyrage.x25519.Identity.from_str(one) for one in lines if one.startswith("AGE-")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as fault:
        raise RecoveryError(f"{file} cannot be read as a secret key: {fault}") from fault
    if not found:
        raise RecoveryError(f"{file} holds no secret key (a line AGE-SECRET-KEY-…).")
    return found


def _lines() -> list[str]:
    if not path().exists():
        return []
    lines = map(str.strip, path().read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _recipient(line: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(line)
    except pyrage.RecipientError as fault:
        raise RecoveryError(f"{path()}: {line[:20]}… is no public key: {fault}") from fault
