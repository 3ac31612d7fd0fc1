"""Models of the desk."""

from pulih.desk.models.disposition import Disposition, Instruction, LetterOutcome
from pulih.desk.models.letter import IncomingLetter
from pulih.desk.models.ticket import Ticket

__all__ = ["Disposition", "IncomingLetter", "Instruction", "LetterOutcome", "Ticket"]
