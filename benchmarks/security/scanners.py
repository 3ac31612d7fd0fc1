"""What the scanners find in our code and in what it stands on; 0 is the bar.

.venv/bin/python benchmarks/security/scanners.py --small | --full

bandit, semgrep with our own rules (script/semgrep), pip-audit and Django's own check of a
deployment. The tools live in an environment of their own (var/scanners, from script/scanners.txt).
A finding that is none stands in script/scanner-waivers.toml with its reason and a date on which it
is looked at again; a waiver past that date, or one that waives nothing, is a finding itself. Both
sizes do the same.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from security.figures import Figure, is_full, tell

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "var" / "scanners"
LIST = ROOT / "script" / "scanners.txt"
RULES = ROOT / "script" / "semgrep"
WAIVERS = ROOT / "script" / "scanner-waivers.toml"
UNAUDITED = ROOT / "script" / "not-audited.toml"
LEAST_FILES = 500
PREPARE = """
import sys
from pathlib import Path
from pulih.config.place import Place
Place(Path(sys.argv[1]), demo=False).prepare()
"""
Finding = tuple[str, str, str]
"""Tool, rule and file."""


def main() -> int:
    """Run every scanner, take away what is waived, and tell what is left."""
    is_full()
    _make_tools()
    today = dt.datetime.now(dt.UTC).date()
    ours, blind = ruled()
    audit, told = audited(today)
    found = Counter([*banned(), *ours, *audit, *deployment()])
    waived = tomllib.loads(WAIVERS.read_text())["waiver"]
    left = judge(found, waived, today)
    left += [f"semgrep: the rule {rule} does not see its own sample" for rule in blind]
    for line in left:
        sys.stderr.write(f"  {line}\n")
    return tell(
        Figure("scanner_findings", len(left), "0", not left),
        Figure("scanner_rules_proven", _rules() - len(blind), f"= {_rules()}", not blind),
        waived=sum(sum(entry["paths"].values()) for entry in waived),
        waivers=len(waived),
        packages=told,
        left=left[:50],
    )


def judge(found: Counter[Finding], waived: list[dict[str, Any]], today: dt.date) -> list[str]:
    """What is open: findings beyond their waiver, waivers whose day has come or that waive none."""
    left, allowed = [], Counter[Finding]()
    for entry in waived:
        name = f"{entry['tool']} {entry['rule']}"
        if not entry["reason"].strip():
            left.append(f"waiver of {name}: no reason")
        if entry["until"] < today:
            left.append(f"waiver of {name}: its day was {entry['until']}; look at it again")
            continue
        for path, count in entry["paths"].items():
            key = (entry["tool"], entry["rule"], path)
            allowed[key] += count
            if found[key] < allowed[key]:
                left.append(
                    f"waiver of {name} in {path}: {allowed[key]} waived, {found[key]} found"
                )
    for key, count in sorted(found.items()):
        if count > allowed[key]:
            left.append(f"{' '.join(key)}: {count - allowed[key]} open")
    return left


def banned() -> list[Finding]:
    """What bandit finds in our code."""
    words = ["--recursive", "src", "--format", "json", "--quiet"]
    printed = json.loads(_tool("bandit", *words, codes=(0, 1)))
    if printed["errors"] or printed["metrics"]["_totals"]["loc"] < 1000:
        raise SystemExit(f"bandit did not read the code: {printed['errors']}")
    if printed["metrics"]["_totals"]["nosec"]:
        return [("bandit", "nosec", "src")]
    return [("bandit", one["test_id"], one["filename"]) for one in printed["results"]]


def ruled() -> tuple[list[Finding], list[str]]:
    """What our own rules find, and which of them do not find the sample of themselves.

    A scan of a rule that is blind proves nothing; samples and code are read in one run.
    """
    samples: dict[str, dict[str, str]] = _yaml(RULES / "samples.yml")
    with tempfile.TemporaryDirectory() as name:
        for rule, texts in samples.items():
            for kind, text in texts.items():
                (Path(name) / f"{rule}.{kind}").write_text(f"{text}\n")
        found = _semgrep(ROOT / "src", Path(name))
    ours = [one for one in found if one[2].startswith("src/")]
    seen = {(rule, Path(path).stem) for _tool, rule, path in found if not path.startswith("src/")}
    return ours, sorted(rule for rule in _rule_names() if (rule, rule) not in seen)


def audited(today: dt.date) -> tuple[list[Finding], str]:
    """Known faults of the packages; where no list of faults can be reached, that is said.

    A package that could not be looked up is not a package without faults. Then the versions are
    held against the lowest that were known to be good, until a day.
    """
    site = next(Path(ROOT / ".venv" / "lib").glob("python3*/site-packages"))
    installed = {_key(one.metadata["Name"]): one.version for one in distributions(path=[str(site)])}
    ours = {name for name in installed if name not in {"pulih", "pip", "setuptools"}}
    printed = json.loads(
        _tool("pip-audit", "--path", str(site), "--format", "json", codes=(0, 1)) or "{}"
    ).get("dependencies", [])
    looked_at = {_key(one["name"]) for one in printed if "skip_reason" not in one}
    faults = [
        ("pip-audit", fault["id"], _key(one["name"]))
        for one in printed
        for fault in one.get("vulns", ())
    ]
    if ours <= looked_at:
        return faults, f"{len(ours)} of {len(ours)} packages audited on {today}"
    note = tomllib.loads(UNAUDITED.read_text())
    faults += [
        ("pip-audit", "below the lowest good version", name)
        for name, floor in note["floors"].items()
        if _version(installed.get(name, "0")) < _version(floor)
    ]
    if note["until"] < today:
        faults.append(("pip-audit", f"not audited since {note['since']}", "every package"))
    told = (
        f"NOT AUDITED since {note['since']}: {len(ours & looked_at)} of {len(ours)} packages could"
        f" be looked up; {len(note['floors'])} held against lowest versions instead"
    )
    sys.stderr.write(f"  pip-audit: {told}\n")
    return faults, told


def deployment() -> list[Finding]:
    """What Django's check of a deployment says of the settings of `serve`."""
    with tempfile.TemporaryDirectory() as name:
        environment = {
            **_environment(),
            "PULIH_DATA": f"{name}/data",
            "PULIH_TLS": "true",
            "DJANGO_SETTINGS_MODULE": "pulih.config.settings.serve",
        }
        _run([sys.executable, "-c", PREPARE, f"{name}/data"], environment)
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "django", "check", "--deploy"]
            + ["--fail-level", "WARNING"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    lines = [line for line in done.stderr.splitlines() if line.startswith("?:")]
    if done.returncode and not lines:
        raise SystemExit(f"check --deploy failed: {done.stderr[-1000:]}")
    return [("check --deploy", line, "settings") for line in lines]


def _semgrep(*targets: Path) -> list[Finding]:
    words = ["scan", "--json", "--metrics", "off", "--disable-version-check", "--jobs", "2"]
    # Migrations are made by Django; a busy machine gets its time.
    words += ["--exclude", "migrations", "--timeout", "120", "--no-git-ignore"]
    rules = [f"--config={RULES / name}.yml" for name in ("python", "templates")]
    printed = json.loads(_tool("semgrep", *words, *rules, *map(str, targets)))
    if printed["errors"] or len(printed["paths"]["scanned"]) < LEAST_FILES:
        raise SystemExit(f"semgrep did not read the code: {printed['errors'][:3]}")
    return [
        ("semgrep", one["check_id"].rpartition(".")[2], _shown(one["path"]))
        for one in printed["results"]
    ]


def _shown(path: str) -> str:
    whole = Path(path).resolve()
    return str(whole.relative_to(ROOT)) if whole.is_relative_to(ROOT) else str(whole)


def _rules() -> int:
    return len(_rule_names())


def _rule_names() -> list[str]:
    return [
        rule["id"]
        for name in ("python", "templates")
        for rule in _yaml(RULES / f"{name}.yml")["rules"]
    ]


def _yaml(file: Path) -> Any:
    """A YAML file, read by the tools' own Python: the product itself needs none."""
    program = "import json, sys, ruamel.yaml as r; y = r.YAML(typ='safe', pure=True)"
    text = f"{program}; print(json.dumps(y.load(open(sys.argv[1]).read())))"
    return json.loads(_run([str(TOOLS / "bin" / "python"), "-c", text, str(file)], _environment()))


def _make_tools() -> None:
    """The scanners, exactly as they were locked; made once for each lock."""
    stamp = TOOLS / ".made-from"
    if stamp.exists() and stamp.read_text() == LIST.read_text():
        return
    _run([sys.executable, "-m", "venv", "--clear", str(TOOLS)], _environment())
    install = [
        str(TOOLS / "bin" / "pip"),
        "install",
        "--quiet",
        "--require-hashes",
        "-r",
        str(LIST),
    ]
    _run(install, _environment())
    stamp.write_text(LIST.read_text())


def _tool(name: str, *words: str, codes: tuple[int, ...] = (0,)) -> str:
    return _run([str(TOOLS / "bin" / name), *words], _environment(), codes=codes)


def _run(words: list[str], environment: dict[str, str], codes: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in codes:
        raise SystemExit(f"{Path(words[0]).name} failed: {done.stderr[-1000:]}")
    return done.stdout


def _environment() -> dict[str, str]:
    names = ("PULIH_", "DJANGO_", "DATABASE_URL")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(names)}
    # semgrep starts its engine by name.
    return {**environment, "PATH": f"{TOOLS / 'bin'}:{environment.get('PATH', '')}"}


def _key(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _version(text: str) -> tuple[int, ...]:
    parts = []
    for part in text.split("."):
        digits = "".join(letter for letter in part if letter.isdigit())
        parts.append(int(digits or 0))
    return tuple(parts)


if __name__ == "__main__":
    sys.exit(main())
