"""R-EXC-22: a file made to do harm is refused soon, and harms nobody else."""

import io
import time
import zipfile

import pytest

from pulih.exchange.sheets.open import open_workbook
from pulih.exchange.sheets.refusals import FileRefused
from tests.exchange.sheets.conftest import FILES

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SOON = 20  # seconds, with room for a busy machine; alone each takes less than one


def zipped(entries: dict[str, str]) -> bytes:
    """Return a zip of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(rows: str, *, before: str = "") -> bytes:
    """Return the least workbook that holds this XML of rows."""
    sheet = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"></Types>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def ods(rows: str) -> bytes:
    """Return the least ODS that holds this XML of rows."""
    names = "".join(f' xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document-content{names}><office:body><office:spreadsheet>"
            f'<table:table table:name="A">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


LAUGHS = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10 if at else "ha"}">' for at in range(10))
ODS_CELL = '<table:table-cell office:value-type="string" table:number-columns-repeated="{}">'
ODS_TEXT = "<text:p>x</text:p></table:table-cell>"

HOSTILE = {
    "entities that grow": xlsx(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>',
        before=f"<!DOCTYPE a [{LAUGHS}]>",
    ),
    "one endless row": xlsx(f'<row r="1">{"<c><v>1</v></c>" * 1_500_000}</row>'),
    "formulas that never end": xlsx('<row r="1">' + '<c r="A1"><f' * 100_000 + "</row>"),
    "cells that never end": xlsx('<row r="1">' + '<c t="e" ' * 100_000 + "</row>"),
    "rows that never end": xlsx('<row hidden="' + "<row " * 200_000),
    "a cell for two thousand million columns": ods(
        f"<table:table-row>{ODS_CELL.format(2_000_000_000)}{ODS_TEXT}</table:table-row>"
    ),
    "a row for all rows": ods(
        '<table:table-row table:number-rows-repeated="1048576">'
        f"{ODS_CELL.format(500)}{ODS_TEXT}</table:table-row>"
    ),
    "a field without an end": b'a,b\n"' + b"x,y\n" * 1_000_000,
    "half an old workbook": (FILES / "hidden.xls").read_bytes()[:3000],
    "the head of an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_soon(name):
    started = time.monotonic()
    with pytest.raises(FileRefused):
        _read_all(HOSTILE[name])

    assert time.monotonic() - started < SOON


def _read_all(content: bytes) -> None:
    for sheet in open_workbook(content).read():
        for _ in sheet.rows():
            pass
