"""What a server did to its disk: its own writes, syncs and names, recorded with strace."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,"
    "rename,renameat,renameat2,mkdir,mkdirat"
)
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
BEGUN = re.compile(r"^(\d+) +(\d+\.\d+) (\w+)\((.*)$")
RESUMED = re.compile(r"^(\d+) +(\d+\.\d+) <\.\.\. (\w+) resumed>(.*)$")
RESULT = re.compile(r"= (-?\d+)[^=]*?<(\d+\.\d+)>$")
HANDLE = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})*)>")
NUMBER_AFTER = re.compile(r", (\d+)")
Names = tuple[str, ...]
LONGEST = 1 << 20


def recorder(log: Path) -> tuple[str, ...]:
    """The command that goes before the server's own."""
    return (
        *("strace", "-f", "--seccomp-bpf", "-qq", "-ttt", "-T", "-y", "-xx", "-s", str(LONGEST)),
        *("-e", "signal=none", "-e", f"trace={CALLS}", "-o", str(log)),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A write or a cut of one file's content."""

    begun: float
    ended: float
    offset: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Naming:
    """A name that came (with the file it names; None for a folder) or went."""

    begun: float
    ended: float
    name: str
    file: int | None
    is_gone: bool = False


@dataclass(slots=True)
class Syncs:
    """The times at which something was put on the disk."""

    spans: list[tuple[float, float]] = field(default_factory=list)

    def hold(self, ended: float, moment: float) -> bool:
        """Was what ended then on the disk at that moment?"""
        place = bisect.bisect_left(self.spans, (ended, 0.0))
        return any(end <= moment for _begun, end in self.spans[place : place + 8])


@dataclass
class Recording:
    """Every change of a folder, from what lay in it at first."""

    folder: str
    contents: dict[int, bytes] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    changes: dict[int, list[Change]] = field(default_factory=dict)
    syncs: dict[int, Syncs] = field(default_factory=dict)
    namings: dict[str, list[Naming]] = field(default_factory=dict)
    folder_syncs: dict[str, Syncs] = field(default_factory=dict)
    _now: dict[str, int] = field(default_factory=dict)
    _size: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, shown: Names) -> Recording:
        """Begin with the files of a folder (not yet served) whose names begin so."""
        made = cls(str(folder))
        for file in sorted(folder.rglob("*")):
            name = str(file.relative_to(folder))
            if file.is_file() and name.startswith(shown):
                key = made._file()
                made.contents[key] = file.read_bytes()
                made._size[key] = len(made.contents[key])
                made.names[name] = made._now[name] = key
        return made

    def read(self, log: Path, shown: Names) -> None:
        """Take in what strace wrote, as far as it is about names that begin so."""
        for begun, ended, call, text in sorted(_calls(log), key=lambda one: one[0]):
            self._take(begun, ended, call, text, shown)

    def _take(self, begun: float, ended: float, call: str, text: str, shown: Names) -> None:
        paths = [self._name(match) for match in self._paths(call, text)]
        if not paths or paths[0] is None:
            return
        if call in {"fsync", "fdatasync"}:
            self._synced(begun, ended, paths[0])
            return
        if not all(path is not None and path.startswith(shown) for path in paths):
            return
        name = str(paths[0])
        if call in {"pwrite64", "write"}:
            self._wrote(begun, ended, call, name, text)
        elif call == "ftruncate":
            size = int(NUMBER_AFTER.findall(text)[0])
            self._changed(name, Change(begun, ended, size, None))
        elif call == "openat" and name not in self._now and "O_CREAT" in text:
            self._now[name] = self._file()
            self._named(Naming(begun, ended, name, self._now[name]))
        elif call.startswith("mkdir"):
            self._named(Naming(begun, ended, name, None))
        elif call.startswith("unlink") and name in self._now:
            self._named(Naming(begun, ended, name, self._now.pop(name), is_gone=True))
        elif call.startswith("rename") and name in self._now:
            target, key = str(paths[1]), self._now.pop(name)
            self._now[target] = key
            self._named(Naming(begun, ended, target, key))
            self._named(Naming(begun, ended, name, key, is_gone=True))

    def _synced(self, begun: float, ended: float, name: str) -> None:
        if name in self._now:
            held = self.syncs.setdefault(self._now[name], Syncs())
        else:
            held = self.folder_syncs.setdefault(name or ".", Syncs())
        held.spans.append((begun, ended))

    def _wrote(self, begun: float, ended: float, call: str, name: str, text: str) -> None:
        found = STRING.search(text)
        if found is None or found[2] or name not in self._now:
            raise SystemExit(f"a write of {name} cannot be read: {text[:80]}")
        data = bytes.fromhex(found[1].replace("\\x", ""))
        key = self._now[name]
        numbers = NUMBER_AFTER.findall(text, found.end())
        offset = int(numbers[1]) if call == "pwrite64" else self._size.get(key, 0)
        self._changed(name, Change(begun, ended, offset, data))

    def _changed(self, name: str, change: Change) -> None:
        key = self._now[name]
        self.changes.setdefault(key, []).append(change)
        end = change.offset + len(change.data or b"")
        was = self._size.get(key, 0)
        self._size[key] = end if change.data is None else max(was, end)

    def _named(self, naming: Naming) -> None:
        self.namings.setdefault(str(Path(naming.name).parent), []).append(naming)

    def _file(self) -> int:
        key = len(self._size)
        self._size[key] = 0
        return key

    def _paths(self, call: str, text: str) -> list[str]:
        if call in {"pwrite64", "write", "fsync", "fdatasync", "ftruncate"}:
            found = HANDLE.match(text)
            return [found[1]] if found else []
        return [match[1] for match in STRING.finditer(text)]

    def _name(self, shown: str) -> str | None:
        path = bytes.fromhex(shown.replace("\\x", "")).decode("utf-8", "replace")
        if path == self.folder:
            return ""
        inside = path.startswith(f"{self.folder}/")
        return path.removeprefix(f"{self.folder}/") if inside else None


def _calls(log: Path) -> list[tuple[float, float, str, str]]:
    """Each call that worked: begun, ended, name, text."""
    begun: dict[str, tuple[float, str, str]] = {}
    found = []
    with log.open() as lines:
        for line in lines:
            text = line.rstrip("\n")
            if match := RESUMED.match(text):
                start = begun.pop(match[1], None)
                if start is not None and (done := RESULT.search(match[4])):
                    found.append((start[0], float(done[2]), start[1], start[2], int(done[1])))
                continue
            match = BEGUN.match(text)
            if match is None:
                continue
            if text.endswith("<unfinished ...>"):
                begun[match[1]] = (float(match[2]), match[3], match[4])
            elif done := RESULT.search(match[4]):
                found.append((float(match[2]), float(done[2]), match[3], match[4], int(done[1])))
    # A call that never ended was begun, and may have come to anything.
    cut = [(start, 1e9, call, text, 0) for start, call, text in begun.values()]
    return [
        (start, start + spent, call, text)
        for start, spent, call, text, result in (*found, *cut)
        if result >= 0
    ]
