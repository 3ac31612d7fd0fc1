"""Users who write side by side, and remember exactly what the server acknowledged to them."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from security.living import Answer, Browser

WRITERS = 3
REMOVE = re.compile(r"/berkas/([0-9a-f-]{36})/hapus/")
SIZES = itertools.count(1000)
"""Every file has a size of its own, by which its record is known."""
TITLES = itertools.count(1)
FIRST_DAY = dt.date(2030, 1, 1)


@dataclass(frozen=True, slots=True)
class Write:
    """One write: what it would leave, when it was sent, when it was acknowledged (or never)."""

    kind: str
    mark: str
    sent: float
    acknowledged: float | None = None


@dataclass
class Load:
    """Some writers of tasks, one of files, one who logs in and out."""

    port: int
    people: list[str]
    acknowledged: list[Write] = field(default_factory=list)
    cut_off: list[Write] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)
    first: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Begin to write."""
        works = [self._open_tasks] * WRITERS + [self._attach_files, self._log_in_and_out]
        self.threads = [threading.Thread(target=work, daemon=True) for work in works]
        for thread in self.threads:
            thread.start()

    def wait_for_first(self, seconds: float) -> None:
        """Until one write of each kind was acknowledged, or so many seconds."""
        self.first.wait(seconds)

    def end(self) -> None:
        """Stop, and wait until nobody writes."""
        self.ending.set()
        for thread in self.threads:
            thread.join()

    def _open_tasks(self) -> None:
        browser = self._come_in("peksos")
        while browser and not self.ending.is_set():
            number = next(TITLES)
            # Titles lie encrypted: a task is known again by a day that no other has.
            day = (FIRST_DAY + dt.timedelta(days=number)).isoformat()
            title = f"Beban {number:06d}"
            if not self._write("task", day, lambda b=browser, t=title, d=day: b.add_task(t, d)):
                return

    def _attach_files(self) -> None:
        browser = self._come_in("peksos")
        for person in itertools.cycle(self.people):
            if browser is None or self.ending.is_set():
                return
            size = next(SIZES)
            content = (b"isi berkas " * (size // 11 + 1))[:size]
            done = self._write(
                "file", str(size), lambda b=browser, p=person, c=content: b.attach(p, c)
            )
            if not done or not self._remove_one(browser, person):
                return

    def _remove_one(self, browser: Browser, person: str) -> bool:
        """Take away the oldest of a person's files, where there are more than one."""
        try:
            page = browser.get(f"/berkas/dari/people.person/{person}/").text
        except OSError:
            return False
        keys = REMOVE.findall(page)
        if len(keys) < 2:
            return True
        return self._write("removal", keys[-1], lambda: browser.remove(keys[-1]))

    def _log_in_and_out(self) -> None:
        while not self.ending.is_set():
            if self._come_in("kadis") is None:
                return
            self.ending.wait(0.5)

    def _come_in(self, name: str) -> Browser | None:
        """Log in; tried until the server is there. None once it is gone."""
        browser = Browser(self.port)
        was_there = False
        while not self.ending.is_set():
            try:
                if browser.log_in(name).is_kept:
                    return browser
                was_there = True
            except OSError:
                if was_there:
                    return None
            self.ending.wait(0.05)
        return None

    def _write(self, kind: str, mark: str, send: Callable[[], Answer]) -> bool:
        sent = time.time()
        try:
            answer = send()
        except OSError:
            self.cut_off.append(Write(kind, mark, sent))
            return False
        if not answer.is_kept:
            self.refused.append(f"{kind} {mark}: {answer.status}")
            return True
        self.acknowledged.append(Write(kind, mark, sent, time.time()))
        self.first.set()
        return True
