"""What readers ask who may not know: every page and list, searches, forms, and sealed addresses."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from security.paired.answers import Question, ask_all
from security.paired.chance import CHANCE
from security.paired.sealing import Sealed

READERS = (
    "loket",
    "peksos",
    "peksos.disabilitas",
    "peksos.jaminan",
    "peksos.perlindungan",
    "kabid.jaminan",
    "kabid.perlindungan",
    "kadis",
    "data",
    "mahasiswa",
    "dosen",
    "penguji",
    "koordinator",
    "auditor",
    "admin",
)
"""One of each role that is named in none of the sealed cases, and social workers of other units."""

STARTS = (
    "/",
    "/orang/",
    "/orang/?status=deceased",
    "/orang/?page=2",
    "/orang/?page=99",
    "/orang/?sort=-number",
    "/orang/cari/",
    "/orang/ganda/",
    "/orang/ganda/?status=joined",
    "/kasus/",
    "/kasus/?page=2",
    "/kasus/?stage=1",
    "/kasus/?kind=6",
    "/kasus/?sort=number",
    "/kasus/laporan/",
    "/kasus/laporan/?status=semua",
    "/kasus/laporan/?status=semua&kind=6",
    "/kasus/laporan/?status=case",
    "/kasus/laporan/baru/",
    "/kasus/rujukan/masuk/",
    "/kasus/kelompok/",
    "/kasus/beban-kerja/",
    "/kasus/serah-terima/",
    "/kasus/katalog/",
    "/kasus/alat-ukur/",
    "/kasus/kaca-pecah/",
    "/tugas/",
    "/tugas/kabar/",
    "/tugas/kalender/",
    "/surat/",
    "/surat/?text=RAHASIA",
    "/surat/pengaturan/",
    "/surat-masuk/",
    "/surat-masuk/disposisi/",
    "/program-kerja/",
    "/loket/",
    "/loket/antrean/",
    "/loket/layanan/",
    "/impor/",
    "/ekspor/kasus/",
    "/ekspor/orang/",
    "/ekspor/laporan/",
    "/ekspor/tugas/",
    "/ekspor/permohonan-data/",
    "/pelindungan/permohonan/",
    "/pelindungan/pemrosesan/",
    "/pelindungan/retensi/",
    "/pelindungan/kebocoran/",
    "/kantor/pengguna/",
    "/kantor/bidang/",
    "/kantor/profil/",
)
BARRED = re.compile(r"^/(static|keluar|masuk|keamanan|healthz)|/jejak/|^/kantor/pengguna/[^/]+/.+")
"""Ways that tell nothing of a record, and the trail, which its readers read whole."""
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)"')
SOUGHT = (
    "/orang/?text={}",
    "/kasus/?text={}",
    "/kasus/laporan/?text={}",
    "/cari/?q={}",
    "/loket/layanan/?when=all&text={}",
    "/orang/pilih/?q={}",
    "/surat/?text={}",
    "/surat-masuk/?text={}",
)
FORMS_OF = ("loket", "data", "peksos", "peksos.perlindungan", "kabid.perlindungan")


def questions(
    sealed: Sealed, draw: random.Random, *, readers: Sequence[str], each: int
) -> list[Any]:
    """About `each` questions a reader, of every sort; forms last, for they change the world.

    Stand in a copy of the world without sealed cases: the links of its pages are followed.
    """
    asked: list[Question] = []
    for reader in readers:
        own = list(_of_pages(reader, draw, each))
        own += [Question(reader, address) for address in _of_words(sealed, draw, each // 4)]
        wanted = draw.sample(sealed.addresses, min(each // 4, len(sealed.addresses)))
        asked += own + [Question(reader, address) for address in wanted]
    asked += _forms(sealed, draw, [name for name in FORMS_OF if name in readers])
    # What the forms left: badges, notices, tasks, lists with their numbers.
    after = ("/", "/tugas/", "/tugas/kabar/", "/orang/", "/kasus/", "/kasus/laporan/", "/surat/")
    return asked + [Question(reader, address) for reader in readers for address in after]


def _of_pages(reader: str, draw: random.Random, each: int) -> Iterator[Question]:
    """The start pages, and links on them, drawn anew for every seed."""
    starts = draw.sample(STARTS, min(len(STARTS), each // 2))
    found: set[str] = set()
    # A seed of each reader's own: the trail's lines of two must not draw the same keys.
    heard = ask_all([Question(reader, start) for start in starts], seed=f"ways:{reader}")
    for question, (_asked, answer) in zip(starts, heard.answers, strict=True):
        yield Question(reader, question)
        if answer.status == 200:
            found |= _links(answer.body)
    ways = sorted(found - set(starts))
    for way in draw.sample(ways, min(len(ways), each // 2)):
        yield Question(reader, way)


def _links(body: bytes) -> set[str]:
    ways = (html.unescape(way) for way in LINK.findall(body.decode("utf-8", "replace")))
    return {way for way in ways if not BARRED.search(way)}


def _of_words(sealed: Sealed, draw: random.Random, count: int) -> Iterator[str]:
    words = [*sealed.names, *sealed.niks, *sealed.numbers]
    words += [name.split()[0].lower() for name in sealed.names] + ["S-", "Anak"]
    for _ in range(count):
        yield draw.choice(SOUGHT).format(quote(draw.choice(words)))


def _forms(sealed: Sealed, draw: random.Random, readers: Sequence[str]) -> list[Question]:
    """People with a sealed name or number are registered, and records take their numbers."""
    made: list[Question] = []
    for reader in readers:
        name, nik = draw.choice(sealed.names), draw.choice(sealed.niks)
        known = {"full_name": name, "nik": nik, "sex": "P"}
        made += [
            Question(reader, "/orang/cari/", known),
            Question(reader, "/orang/periksa-nomor/", known),
            Question(reader, "/loket/cari/", {"who": name}),
            Question(
                reader, "/orang/daftar/", {**known, "variant": "known", "save": "1"}, ticket=True
            ),
            Question(reader, "/orang/daftar/", {**known, "variant": "known"}, ticket=True),
            Question(reader, "/kasus/laporan/baru/", _report("citizen", 11)),
            Question(reader, "/surat/tulis/surat-keterangan/", {}),
            Question(reader, "/ekspor/kasus/", {"purpose": "Rapat koordinasi bulanan"}),
            Question(reader, "/ekspor/laporan/", {"purpose": "Rapat koordinasi bulanan"}),
            Question(reader, "/ekspor/orang/", {"purpose": "Rapat koordinasi bulanan"}),
            Question(reader, "/orang/ganda/cari/", {}),
        ]
    made += _cases(draw)
    return made


def _report(channel: str, kind: int) -> dict[str, str]:
    return {
        "channel": channel,
        "about": "Laki-laki di pasar",
        "description": "Tidur di emperan.",
        "ppks_kind": str(kind),
        "received_on": DAY_WORD,
        "urgent": "on",
    }


DAY_WORD = "2026-11-02"


def _cases(draw: random.Random) -> list[Question]:
    """New cases of a worker of another unit: they take the next numbers of the series."""
    from pulih.access.models import Section, User
    from pulih.people.models import Person

    CHANCE.begin("cases")
    worker = User.objects.get(username="peksos")
    people = list(Person.objects.visible_to(worker).order_by("number").values_list("pk", flat=True))
    section = Section.objects.get(kind=Section.Kind.REHABILITATION)
    return [
        Question(
            "peksos",
            f"/kasus/buka/?orang={key}",
            {
                "problem": "Tanpa rumah.",
                "section": str(section.pk),
                "opened_on": DAY_WORD,
                "lead": str(worker.pk),
                "anyway": "on",
            },
        )
        for key in draw.sample(people, 3)
    ]
