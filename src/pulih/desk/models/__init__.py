"""Models of the desk."""

from pulih.desk.models.ticket import Ticket

__all__ = ["Ticket"]
