"""Hostile files are refused or served as a sandboxed download; texts in lists stay texts.

.venv/bin/python benchmarks/security/uploads.py --small | --full

Every file goes through the real pages. It counts as served when it came in although it must be
refused, when what is served could run in a browser in our name, when an answer is an error of the
server, and when a bomb takes more than two seconds or makes the server grow. The seconds are those
of the clock at full size; at the size of a landing, where the machine is shared, of the processors.
"""

from __future__ import annotations

import io
import random
import re
import resource
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from security import hostile, hostile_office
from security.figures import Figure, is_full, tell
from security.hostile import BOMB, HARMLESS, HTML, Hostile
from world import build, prepare

SEED = 17
BOMB_SECONDS = 2.0
GROWTH_MB = 100
"""What an upload of 20 MB takes while it is received and handed on; bombs take far more."""
LARGE = b"rahasia yang terang;" * 200_000
"""Four megabytes of honest text, looked for on the disk afterwards."""
BOUNDARY = "batas7d1c"
NAME = re.compile(
    r'attachment; filename="[a-z0-9-]+\.(pdf|jpg|png|webp|docx|xlsx|odt|ods|doc|xls|csv|txt)"'
)
STARTS = (
    *("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\ufeff=", " =", "'=", "{=", "=\t"),
    "\u202e=",
)
WORDS = ('HYPERLINK("http://x";"y")', "cmd|'/C calc'!A0", "SUM(1;2)", "1+1", "A1", "", "é" * 9)


def main() -> int:
    """Send every hostile file, look at what is served of it, then write texts into lists."""
    texts = 10_000 if is_full() else 2_000
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        _plain_static_files()
        build(people=20, cases=2, services=2, seed=SEED)
        files = [
            *hostile.pictures(),
            *hostile.texts(),
            *hostile.names(hostile_office.pdf()),
            *hostile_office.pdfs(),
            *hostile_office.documents(),
            *hostile_office.packages(),
        ]
        desk = Desk(Path(folder), by_clock=is_full())
        found = [(one, *desk.judge(one)) for one in files]
        left = desk.clear_bytes_left()
        formulas = _formulas(texts)
    served = [f"{one.what}: {fault}" for one, fault, _seconds, _fate in found if fault]
    bombs = sorted(((round(s, 2), one.what) for one, _f, s, _v in found if one.fate == BOMB))
    honest = desk.takes_honest
    return tell(
        Figure(
            "hostile_uploads_served",
            len(served),
            f"0 of >= 60 ({len(files)} sent)",
            not served and len(files) >= 60 and honest,
        ),
        Figure("upload_bytes_left_clear", left, "0", left == 0),
        Figure("export_formulas", formulas, f"0 of {texts}", formulas == 0),
        files=len(files),
        refused=sum(fate == "refused" for *_more, fate in found),
        kept_as_downloads=sum(fate == "kept" for *_more, fate in found),
        served=served,
        slowest_bombs=[f"{what}: {seconds} s" for seconds, what in bombs[-3:]],
        bombs=len(bombs),
        server_grew_mb=desk.grew,
        honest_files_come_in=honest,
    )


class Desk:
    """A data officer at the upload pages, as a browser sends it."""

    def __init__(self, folder: Path, *, by_clock: bool) -> None:
        from django.test import Client
        from django.urls import reverse

        from pulih.access.models import User
        from pulih.people.models import Person

        self.folder, self.grew, self.by_clock = folder, 0, by_clock
        self.client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        self.client.force_login(User.objects.get(username="data"))
        person = Person.objects.unscoped(reason="a bench").filter(compartment=None).first()
        self.pages = {
            "files": reverse("files:upload", args=["people.person", person.pk]),
            "import": reverse("exchange:upload"),
        }
        self.panel = reverse("files:panel", args=["people.person", person.pk])
        self.takes_honest = self._takes_honest()

    def _takes_honest(self) -> bool:
        """Nothing is proven by refusing everything."""
        honest = (
            Hostile("letter", "surat.pdf", hostile_office.pdf()),
            Hostile("photo", "foto.jpg", hostile.picture()),
            Hostile("document", "surat.docx", hostile_office.package({})),
            Hostile("much text", "catatan.txt", LARGE),
            Hostile("list", "data.csv", b"Nama;Desa\nSlamet;Beran\n", page="import"),
            Hostile("workbook", "data.xlsx", hostile_office.sheet(), page="import"),
        )
        return all(self.judge(one)[2] == "kept" for one in honest)

    def judge(self, one: Hostile) -> tuple[str, float, str]:
        """What is wrong with how a file fared, how long it took, and what became of it."""
        before, peak = self._kept(), _peak_mb()
        begun = _seconds(self.by_clock)
        answer = self._send(one)
        seconds = _seconds(self.by_clock) - begun
        new = self._kept() - before
        fate = "kept" if new else "refused"
        faults = [f"answer {answer.status_code}"] if answer.status_code >= 500 else []
        if new and one.fate != HARMLESS:
            faults.append("came in")
        for key in new:
            faults += self._faults_of(key)
        if not new and answer.status_code not in (400, 413, 422):
            faults.append(f"refused with {answer.status_code}")
        if one.fate == BOMB:
            grew = _peak_mb() - peak
            self.grew = max(self.grew, grew)
            if seconds > BOMB_SECONDS:
                faults.append(f"{seconds:.1f} s")
            if grew > GROWTH_MB:
                faults.append(f"the server grew by {grew} MB")
        return "; ".join(faults), seconds, fate

    def _send(self, one: Hostile) -> Any:
        fields = (
            {"kind": "people"}
            if one.page == "import"
            else {"kind": "document", "document_kind": "other"}
        )
        part = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
        body = "".join(f'{part}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
        # The name goes out as it is, also with what a browser would never send.
        body += f'{part}"file"; filename="{one.name}"\r\nContent-Type: {one.declared}\r\n\r\n'
        sent = body.encode() + one.content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.client.generic(
            "POST", self.pages[one.page], sent, f"multipart/form-data; boundary={BOUNDARY}"
        )

    def _kept(self) -> set[UUID]:
        from pulih.files.models import Attachment

        rows = Attachment.objects.unscoped(reason="a bench").filter(removed_at=None)
        return set(rows.values_list("pk", flat=True))

    def _faults_of(self, key: UUID) -> list[str]:
        """What is wrong with how a file that came in is served."""
        from django.urls import reverse

        faults = []
        for page in ("open", "thumbnail"):
            answer = self.client.get(reverse(f"files:{page}", args=[key]))
            if page == "thumbnail" and answer.status_code == 404:
                continue
            faults += [f"{page}: {fault}" for fault in _faults_of(answer)]
        listed = self.client.get(self.panel).content
        if b"<img src=x" in listed or b"\r\nSet-Cookie" in listed:
            faults.append("the page of files shows markup of a name")
        return faults

    def clear_bytes_left(self) -> int:
        """In how many files of the installation the honest text lies in clear."""
        part = LARGE[:40]
        return sum(part in path.read_bytes() for path in self.folder.rglob("*") if path.is_file())


def _faults_of(answer: Any) -> list[str]:
    faults = []
    if answer.status_code != 200:
        return [f"answer {answer.status_code}"]
    disposition = answer.get("Content-Disposition", "")
    if not disposition.startswith("attachment"):
        faults.append("inline")
    if not NAME.fullmatch(disposition):
        faults.append(f"name {disposition!r}")
    if answer.get("X-Content-Type-Options") != "nosniff":
        faults.append("sniffed")
    policy = answer.get("Content-Security-Policy", "")
    if "sandbox" not in policy or "default-src 'none'" not in policy or "allow" in policy:
        faults.append("no sandbox")
    if answer.get("Cache-Control") != "no-store":
        faults.append("kept by browsers")
    kind = answer.get("Content-Type", "").split(";")[0]
    if any(word in kind for word in ("html", "xml+", "svg", "script")) and "openxml" not in kind:
        faults.append(kind)
    if kind.startswith("image/") and (HTML in answer.content or b"<script" in answer.content):
        faults.append("the picture still carries a page")
    return faults


def _seconds(by_clock: bool) -> float:
    """The time now: of the clock, or as spent by the processors for us and our processes."""
    if by_clock:
        return time.perf_counter()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _plain_static_files() -> None:
    """Pages are drawn although nobody collected the static files."""
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _formulas(count: int) -> int:
    """How many of so many texts come out of a list as anything but the same text."""
    import openpyxl

    from pulih.access.lists import Column
    from pulih.exchange.exports.workbook import ListBook

    draw = random.Random(SEED)
    texts = [
        draw.choice(STARTS) + draw.choice(WORDS) + chr(draw.choice((65, 233, 0x4E00, 0x1F600)))
        for _ in range(count)
    ]
    book = ListBook("Uji", [Column("Teks")])
    book.add([[text] for text in texts])
    content = book.close([("Daftar", "=1+1")], mark="=1+1 & uji")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [package.read(name) for name in package.namelist() if "worksheets/" in name]
    wrong = sum(sheet.count(b"<f>") + sheet.count(b"<f ") for sheet in sheets)
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [row[0] for row in page.iter_rows(min_row=2)]
    if len(cells) != count:
        return count
    return wrong + sum(cell.data_type not in ("s", "inlineStr") for cell in cells)


if __name__ == "__main__":
    sys.exit(main())
