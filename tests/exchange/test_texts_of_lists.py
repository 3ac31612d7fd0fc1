"""R-EXC-10: any text comes out of a list as that text, never as a formula."""

import io
import zipfile

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.access.lists import Column
from pulih.exchange.exports.workbook import ListBook

STARTS = (
    "",
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "|",
    "%",
    "\ufeff=",
    " =",
    "{=",
    "'=",
    "http://",
)
# What XML cannot hold is written as Excel's own escape and read back by Excel alone.
LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff")
TEXTS = st.builds("{}{}".format, st.sampled_from(STARTS), st.text(LETTERS, max_size=30))


@settings(deadline=None, max_examples=30)
@given(st.lists(TEXTS.filter(bool), min_size=10, max_size=10))
def test_three_hundred_texts_stay_texts(texts):
    book = ListBook("Uji", [Column(texts[1])])
    book.add([[text] for text in texts])
    content = book.close([(texts[2], texts[3])], mark=texts[4])

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if "worksheets/" in name:
                assert b"<f" not in package.read(name)
    pages = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    cells = [cell for page in pages for row in page.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.data_type == "n" for cell in cells)
    assert not any(cell.hyperlink for cell in cells)
