"""Models of exchange."""

from pulih.exchange.models.batch import (
    ImportBatch,
    ImportChunk,
    ImportedRow,
    RowReport,
    SavedMapping,
)

__all__ = ["ImportBatch", "ImportChunk", "ImportedRow", "RowReport", "SavedMapping"]
