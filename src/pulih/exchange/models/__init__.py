"""Models of exchange."""

from pulih.exchange.models.batch import (
    ImportBatch,
    ImportChunk,
    ImportedRow,
    ImportedUser,
    RowReport,
    SavedMapping,
)
from pulih.exchange.models.export import ExportRun

__all__ = [
    "ExportRun",
    "ImportBatch",
    "ImportChunk",
    "ImportedRow",
    "ImportedUser",
    "RowReport",
    "SavedMapping",
]
