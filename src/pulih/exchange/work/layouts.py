"""The layout of a file as JSON and back, so that it is found once and kept with the import."""

from __future__ import annotations

from typing import Any

from pulih.exchange.sheets.columns import Column, Proposal
from pulih.exchange.sheets.dates import ColumnDates, DateOrder
from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.layout import Layout, SheetLayout
from pulih.exchange.sheets.parsed import shown
from pulih.exchange.sheets.problems import problem

SAMPLES_KEPT = 4


def pack(layout: Layout) -> dict[str, Any]:
    """Everything that reading the rows and showing the columns needs."""
    return {"profile": layout.profile, "sheets": [_pack_sheet(sheet) for sheet in layout.sheets]}


def unpack(packed: dict[str, Any]) -> Layout:
    """The layout that was packed; of the values in its columns only a few examples are left."""
    return Layout(tuple(_unpack_sheet(sheet) for sheet in packed["sheets"]), packed["profile"])


def _pack_sheet(sheet: SheetLayout) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "index": sheet.index,
        "visible": sheet.visible,
        "titles": list(sheet.titles),
        "header_rows": list(sheet.header_rows),
        "first": sheet.first_data_row,
        "columns": [
            [one.index, list(one.path), one.hidden, [shown(v) for v in one.samples[:SAMPLES_KEPT]]]
            for one in sheet.columns
        ],
        "proposals": [
            [one.column, str(one.field), one.confidence, one.from_content]
            for one in sheet.proposals
        ],
        "skipped": {str(row): [why.code, why.params] for row, why in sheet.skipped.items()},
        "data_rows": sheet.data_rows,
        "hidden_rows": sheet.hidden_rows,
        "fingerprint": sheet.fingerprint,
        "is_data": sheet.is_data,
        "district": sheet.district_guess,
        "village": sheet.village_guess,
        "dates": {
            str(column): [str(dates.order or ""), dates.probably_swapped]
            for column, dates in sheet.dates.items()
        },
        "letters": {str(column): sorted(letters) for column, letters in sheet.letters.items()},
        "problems": [[one.code, one.params] for one in sheet.problems],
    }


def _unpack_sheet(packed: dict[str, Any]) -> SheetLayout:
    return SheetLayout(
        name=packed["name"],
        index=packed["index"],
        visible=packed["visible"],
        titles=tuple(packed["titles"]),
        header_rows=tuple(packed["header_rows"]),
        first_data_row=packed["first"],
        columns=tuple(
            Column(index, tuple(path), hidden, list(samples))
            for index, path, hidden, samples in packed["columns"]
        ),
        proposals=tuple(
            Proposal(column, Field(name), confidence, from_content)
            for column, name, confidence, from_content in packed["proposals"]
        ),
        skipped={
            int(row): problem(code, **params) for row, (code, params) in packed["skipped"].items()
        },
        data_rows=packed["data_rows"],
        hidden_rows=packed["hidden_rows"],
        fingerprint=packed["fingerprint"],
        is_data=packed["is_data"],
        district_guess=packed["district"],
        village_guess=packed["village"],
        dates={
            int(column): ColumnDates(DateOrder(order) if order else None, swapped)
            for column, (order, swapped) in packed["dates"].items()
        },
        letters={int(column): frozenset(letters) for column, letters in packed["letters"].items()},
        problems=tuple(problem(code, **params) for code, params in packed["problems"]),
    )
