"""Sets a letter as DOCX, for the office that must edit one by hand; it is not sealed."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.document import Document as Sheet
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FONT = "Cambria"
UNSEALED = "Salinan untuk disunting. Tidak disegel; yang berlaku adalah PDF bersegel."
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def set_docx(document: Mapping[str, Any]) -> bytes:
    """The DOCX of a letter that `compose` made, with the same words as its PDF."""
    sheet = _empty(document)
    _head(sheet, document["head"])
    if document["layout"] == "letter":
        _addressed(sheet, document)
    else:
        _titled(sheet, document)
    for block in document["blocks"]:
        _block(sheet, block)
    _signs(sheet, document["signs"])
    if document["copies"]:
        _lines(sheet, ["Tembusan:"])
        _numbered(sheet, document["copies"])
    file = io.BytesIO()
    sheet.save(file)
    return file.getvalue()


def _empty(document: Mapping[str, Any]) -> Sheet:
    sheet = Document()
    page = sheet.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(25), Mm(20)
    page.top_margin, page.bottom_margin = Mm(18), Mm(22)
    style = sheet.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11.5)  # type: ignore[attr-defined]
    style.paragraph_format.space_after = Pt(4)  # type: ignore[attr-defined]
    note = page.footer.paragraphs[0].add_run(UNSEALED)
    note.font.size, note.font.color.rgb = Pt(8), RGBColor(0x66, 0x66, 0x66)
    facts = sheet.core_properties
    # What a word processor writes by itself would tell who wrote it and with what.
    facts.author, facts.title, facts.comments = "", document["document_title"], ""
    return sheet


def _head(sheet: Sheet, head: Mapping[str, str]) -> None:
    lines = (
        (head["government"].upper(), 13, False),
        (head["name"].upper(), 16, True),
        (head["address"], 9.5, False),
        (head["contact"], 9.5, False),
    )
    last = None
    for text, size, bold in lines:
        if text:
            last = sheet.add_paragraph()
            last.alignment, last.paragraph_format.space_after = _CENTRE, Pt(0)
            run = last.add_run(text)
            run.font.size, run.bold = Pt(size), bold
    if last is not None:
        _rule(last)
    sheet.add_paragraph()


def _rule(paragraph: Paragraph) -> None:
    """The double line under the letterhead."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "18"), ("space", "4")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _addressed(sheet: Sheet, document: Mapping[str, Any]) -> None:
    left, right = _columns(sheet, (96, 69))
    _pairs_in(left, document["meta"], (20, 76))
    first = right.paragraphs[0]
    first.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    first.add_run(document["place_day"])
    place = ["di –", f"    {document['to_place']}"] if document["to_place"] else []
    for line in ["Kepada", *document["to"], *place]:
        right.add_paragraph(line).paragraph_format.space_after = Pt(0)
    sheet.add_paragraph()


def _titled(sheet: Sheet, document: Mapping[str, Any]) -> None:
    title = sheet.add_paragraph()
    title.alignment, title.paragraph_format.space_after = _CENTRE, Pt(0)
    run = title.add_run(document["title"])
    run.bold = run.underline = True
    if document["number"]:
        sheet.add_paragraph(document["number_line"]).alignment = _CENTRE
    sheet.add_paragraph()


def _block(sheet: Sheet, block: Mapping[str, Any]) -> None:
    kind = block["kind"]
    if kind == "table":
        _table(sheet, block)
    elif kind == "list":
        _numbered(sheet, block["items"])
    elif "rows" in block:
        _pairs(sheet, block["rows"], ruled=kind == "box")
    else:
        _written(sheet, block, kind)


def _written(sheet: Sheet, block: Mapping[str, Any], kind: str) -> None:
    for text in block["text"]:
        paragraph = sheet.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.italic = kind == "heading", kind == "note"
        if kind == "paragraph":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        elif kind == "quote":
            paragraph.paragraph_format.left_indent = Mm(8)
    if kind == "link":
        sheet.add_paragraph(block["value"])


def _pairs(sheet: Sheet, rows: Sequence[Sequence[str]], *, ruled: bool = False) -> None:
    if rows:
        table = sheet.add_table(rows=0, cols=2)
        table.style = "Table Grid" if ruled else "Normal Table"
        _fill_pairs(table, rows, (45, 120))
        sheet.add_paragraph().paragraph_format.space_after = Pt(0)


def _pairs_in(cell: _Cell, rows: Sequence[Sequence[str]], widths: tuple[int, int]) -> None:
    _fill_pairs(cell.add_table(rows=0, cols=2), rows, widths)


def _fill_pairs(table: Any, rows: Sequence[Sequence[str]], widths: tuple[int, int]) -> None:
    for label, value in rows:
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (label, f": {value}"), widths, strict=True):
            cell.width, cell.text = Mm(width), text
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _table(sheet: Sheet, block: Mapping[str, Any]) -> None:
    table = sheet.add_table(rows=1, cols=len(block["head"]) + 1)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    share = 157 / sum(block["widths"])
    widths = [8.0, *(width * share for width in block["widths"])]
    rows = [["No.", *block["head"]]]
    rows += [[str(number), *row] for number, row in enumerate(block["rows"], 1)]
    for number, row in enumerate(rows):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.width = Mm(width)
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(10), number == 0
    sheet.add_paragraph().paragraph_format.space_after = Pt(0)


def _numbered(sheet: Sheet, items: Sequence[str]) -> None:
    for number, item in enumerate(items, 1):
        paragraph = sheet.add_paragraph(f"{number}. {item}")
        paragraph.paragraph_format.left_indent = Mm(8)


def _lines(sheet: Sheet, lines: Sequence[str]) -> None:
    for line in lines:
        sheet.add_paragraph(line)


def _signs(sheet: Sheet, signs: Sequence[Mapping[str, Any]]) -> None:
    if not signs:
        return
    sheet.add_paragraph()
    for at in range(0, len(signs), 2):
        pair = signs[at : at + 2]
        cells = _columns(sheet, (89, 76))
        for cell, sign in zip(cells if len(signs) > 1 else cells[1:], pair, strict=False):
            _sign(cell, sign)


def _sign(cell: _Cell, sign: Mapping[str, Any]) -> None:
    cell.paragraphs[0].add_run(sign["above"][0])
    for line in [*sign["above"][1:], "", "", ""]:
        cell.add_paragraph(line).paragraph_format.space_after = Pt(0)
    run = cell.add_paragraph().add_run(sign["name"])
    run.bold = run.underline = True
    for line in sign["below"]:
        cell.add_paragraph(line).paragraph_format.space_after = Pt(0)


def _columns(sheet: Sheet, widths: tuple[int, int]) -> tuple[_Cell, _Cell]:
    left, right = sheet.add_table(rows=1, cols=2).rows[0].cells
    left.width, right.width = Mm(widths[0]), Mm(widths[1])
    return left, right
