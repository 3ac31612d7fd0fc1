"""Models of papers."""

from pulih.papers.models.letter import Letter
from pulih.papers.models.office import Letterhead, NumberSeries, Signatory

__all__ = ["Letter", "Letterhead", "NumberSeries", "Signatory"]
