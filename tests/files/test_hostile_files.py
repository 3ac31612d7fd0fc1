"""R-FILE-3: what must not come in does not, whatever it calls itself."""

import io
import json
import struct
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from pulih.common.errors import RuleError
from pulih.files.intake import documents, images, pdfs
from pulih.files.intake.check import check
from pulih.files.intake.images import FORMATS
from pulih.files.models import Attachment
from tests.files.makers import docx, package, pdf, picture

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00" + b"\0" * 60 + b"PE\0\0" + b"\0" * 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def bomb_png() -> bytes:
    """A header that promises 2,500 million pixels."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + crc


def compressed() -> bytes:
    """A PDF whose script lies in a compressed stream of objects, where no word of it is seen."""
    with pikepdf.open(io.BytesIO(pdf(b"<</S/JavaScript/JS(app.alert(1))>>"))) as book:
        target = io.BytesIO()
        book.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in target.getvalue()
    return target.getvalue()


def spoiled() -> bytes:
    """A PDF whose compressed objects our reader cannot unpack, but another may."""
    content = bytearray(compressed())
    start = content.index(b"stream", content.index(b"/ObjStm")) + 20
    content[start : start + 8] = b"\xff" * 8
    return bytes(content)


def locked() -> bytes:
    """A PDF that opens with a password."""
    with pikepdf.open(io.BytesIO(pdf())) as book:
        target = io.BytesIO()
        book.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


def stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def verdict(content: bytes, name: str) -> str:
    """The type under which a file came in, or the rule that refused it."""
    try:
        return check(content, name=name, kind=Attachment.Kind.DOCUMENT).content_type
    except RuleError as refusal:
        return refusal.rule


HOSTILE = {
    "an empty file": ("kosong.pdf", b""),
    "a page as a photo": ("foto.jpg", HTML),
    "a page as text": ("catatan.txt", HTML),
    "a page in a table": ("data.csv", b"nama,alamat\nA,<script>alert(1)</script>\n"),
    "a page in wide text": ("catatan.txt", b"\xff\xfe" + HTML.decode().encode("utf-16-le")),
    "a drawing with a script": ("gambar.svg", SVG),
    "a drawing as a photo": ("gambar.png", SVG),
    "a drawing as text": ("gambar.txt", b"\n  " + SVG),
    "a program as a PDF": ("surat.pdf", EXE),
    "a program as text": ("surat.txt", EXE),
    "a shell script": ("pasang.sh", b"#!/bin/sh\nrm -rf /\n"),
    "a picture with a page before it": ("foto.jpg", HTML + picture()),
    "a PDF that is a zip too": ("surat.pdf", pdf() + package({"a.txt": b"a"})),
    "a PDF with a page in its head": ("surat.pdf", b"%PDF-1.4\n<html><script>" + pdf()),
    "a PDF with a program": ("surat.pdf", pdf(b"<</S/JavaScript/JS(app.alert(1))>>")),
    "a PDF that starts another program": ("surat.pdf", pdf(b"<</S/Launch/F(cmd.exe)>>")),
    "a PDF with a program spelled otherwise": (
        "surat.pdf",
        pdf(b"<</S/J#61vaScript/J#53(app.alert(1))>>"),
    ),
    "a PDF with a program in a compressed object": ("surat.pdf", compressed()),
    "a PDF with a file inside": (
        "surat.pdf",
        pdf(b"<</Type/Filespec/F(a.exe)/EF<</F 3 0 R>>>>"),
    ),
    "a PDF under a password": ("surat.pdf", locked()),
    "a PDF with a form of scripts": ("surat.pdf", pdf(b"<</XFA[]>>")),
    "a PDF nested too deeply": ("surat.pdf", pdf(b"[" * 9000 + b"]" * 9000)),
    "a PDF whose objects cannot be unpacked": ("surat.pdf", spoiled()),
    "a PDF of too many objects": ("surat.pdf", pdf(b"(" + b"1 0 obj" * 200_001 + b")")),
    "a PDF without an end": ("surat.pdf", b"%PDF-1.4\n1 0 obj\n"),
    "a picture of too many pixels": ("foto.png", bomb_png()),
    "a picture cut in the middle": ("foto.jpg", picture(size=(400, 400))[:300]),
    "a picture of noise": ("foto.png", b"\x89PNG\r\n\x1a\n" + b"\x07" * 300),
    "an archive": ("arsip.zip", package({"a.txt": b"a"})),
    "an archive as a document": ("surat.docx", package({"a.txt": b"a"})),
    "a document with macros": ("surat.docx", docx(**{"word/vbaProject.bin": b"x"})),
    "a document with a program": ("surat.docx", docx(**{"word/embeddings/a.exe": EXE})),
    "a document that is a bomb": ("surat.docx", docx(**{"word/a.xml": b"0" * 30_000_000})),
    "a document that declares what grows": (
        "surat.docx",
        docx(**{"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    ),
    "a document that declares in wide text": (
        "surat.docx",
        docx(**{"word/a.xml": '<?xml version="1.0"?><!DOCTYPE a>'.encode("utf-16")}),
    ),
    "a document that climbs out": ("surat.docx", docx(**{"../../etc/cron.d/a": b"x"})),
    "a document with a template from elsewhere": (
        "surat.docx",
        docx(
            **{
                "word/_rels/settings.xml.rels": b'<Relationship Id="a" Type="http://s.invalid/'
                b'attachedTemplate" Target="http://jahat.invalid/a.dotm" TargetMode="External"/>'
            }
        ),
    ),
    "a document of the kind with macros": (
        "surat.docx",
        docx(**{"docProps/[Content_Types].xml": b"application/vnd.ms-word.macroEnabled.main+xml"}),
    ),
    "a document with a document with macros": (
        "surat.docx",
        docx(**{"word/embeddings/a.xlsx": docx(**{"xl/vbaProject.bin": b"x"})}),
    ),
    "a document cut in the middle": ("surat.docx", docx()[:60]),
    "an old document with macros": (
        "surat.doc",
        OLE + stream("WordDocument") + stream("_VBA_PROJECT"),
    ),
    "an installer as an old document": ("surat.doc", OLE + stream("MsiSummary")),
    "a locked workbook outside an import": ("data.xlsx", OLE + stream("EncryptedPackage")),
    "a moving picture": ("foto.gif", b"GIF89a" + b"\0" * 100),
    "text with controls": ("catatan.txt", b"abc\x00\x01\x02"),
    "a file of Java": ("foto.jpg", b"\xca\xfe\xba\xbe" + b"\0" * 100),
}


@pytest.mark.parametrize(("name", "content"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused(name, content):
    with pytest.raises(RuleError) as refusal:
        check(content, name=name, kind=Attachment.Kind.DOCUMENT)

    assert refusal.value.rule == "R-FILE-3"


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("pulih.files.intake.check.MAX_BYTES", 100)

    with pytest.raises(RuleError, match="MB"):
        check(pdf(b"(" + b"x" * 200 + b")"), name="surat.pdf", kind=Attachment.Kind.DOCUMENT)


def test_a_photo_must_be_a_picture():
    with pytest.raises(RuleError):
        check(pdf(), name="foto.pdf", kind=Attachment.Kind.PHOTO)


def test_a_locked_workbook_reaches_the_import_which_explains_it():
    accepted = check(OLE + stream("EncryptedPackage"), name="d.xlsx", kind=Attachment.Kind.IMPORT)

    assert accepted.extension == ".xlsx"


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("surat.pdf", pdf(), "application/pdf"),
        ("data.csv", "nama;alamat\nSlamét;Ngawi\n".encode(), "text/csv"),
        ("data.csv", "nama;alamat\nSlamét;Ngawi\n".encode("cp1252"), "text/csv"),
        ("catatan.txt", "catatan biasa".encode("utf-16"), "text/plain"),
        ("foto.jpeg", picture(), "image/jpeg"),
        ("foto.png", picture("PNG"), "image/png"),
        ("foto.webp", picture("WEBP"), "image/webp"),
        ("foto.jpg", picture("PNG"), "image/png"),
        ("lama.doc", OLE + stream("WordDocument"), "application/msword"),
        ("lama.xls", OLE + stream("Workbook"), "application/vnd.ms-excel"),
        (
            "surat.odt",
            package(
                {"content.xml": b"<x/>"},
                first=("mimetype", b"application/vnd.oasis.opendocument.text"),
            ),
            "application/vnd.oasis.opendocument.text",
        ),
        (
            "surat.docx",
            docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_an_honest_file_comes_in_as_what_it_is(name, content, content_type):
    assert check(content, name=name, kind=Attachment.Kind.DOCUMENT).content_type == content_type


def test_a_letter_with_the_template_of_its_writer_comes_in():
    relation = (
        b'<Relationship Id="a" Type="http://s.invalid/attachedTemplate"'
        b' Target="file:///C:\\Users\\Sri\\Templat.dotx" TargetMode="External"/>'
    )
    letter = docx(**{"word/_rels/settings.xml.rels": relation})

    assert check(letter, name="surat.docx", kind=Attachment.Kind.DOCUMENT).extension == ".docx"


def test_a_photo_loses_place_camera_and_comments():
    exif = Image.Exif()
    exif[0x010F] = "KameraRahasia"
    exif.get_ifd(0x8825)[1] = "S"
    original = picture(exif=exif.tobytes(), comment=b"CatatanRahasia", icc_profile=b"ProfilX" * 9)

    kept = check(original, name="foto.jpg", kind=Attachment.Kind.PHOTO).content

    assert b"KameraRahasia" in original
    assert not any(word in kept for word in (b"KameraRahasia", b"CatatanRahasia", b"ProfilX"))
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_picture_loses_hidden_text_and_what_hangs_behind_it():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "TeksRahasia")
    original = picture("PNG", pnginfo=notes) + HTML

    kept = check(original, name="foto.png", kind=Attachment.Kind.PHOTO).content

    assert b"TeksRahasia" in original
    assert b"TeksRahasia" not in kept
    assert b"script" not in kept


def test_a_photo_stands_upright_and_is_not_larger_than_needed():
    exif = Image.Exif()
    exif[0x0112] = 6
    original = picture(size=(4000, 1000), exif=exif.tobytes())

    kept = check(original, name="foto.jpg", kind=Attachment.Kind.PHOTO)

    assert Image.open(io.BytesIO(kept.content)).size == (750, 3000)
    assert max(Image.open(io.BytesIO(kept.thumbnail)).size) == 320


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_damaged_picture_is_refused_or_drawn_anew_but_never_an_error(data):
    content_type = data.draw(st.sampled_from(sorted(FORMATS)))
    content = bytearray(picture(FORMATS[content_type]))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert answer_of(images.work, bytes(content), content_type)[0] in {"parts", "refused"}


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_damaged_document_is_refused_or_taken_but_never_an_error(data):
    ending, whole, work = data.draw(
        st.sampled_from([(".docx", docx(), documents.work), (".pdf", pdf(), pdfs.work)])
    )
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert answer_of(work, bytes(content), ending, "record")[0] in {"type", "parts", "refused"}


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([".txt", ".csv", ".pdf", ".docx", ".jpg"]))
def test_any_bytes_are_judged_without_an_error(content, ending):
    assert answer_of(documents.work, content, ending, "record")[0] in {"type", "refused"}


def answer_of(work, content, *arguments):
    """The words of an answer, as the limited process gives it."""
    out = io.BytesIO()
    work(io.BytesIO(content), out, arguments)
    return list(json.loads(out.getvalue().partition(b"\n")[0]))
