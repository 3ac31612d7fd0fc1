"""Models of the inbox."""

from pulih.inbox.models.calendar import CalendarEntry
from pulih.inbox.models.notice import Notice
from pulih.inbox.models.task import Task

__all__ = ["CalendarEntry", "Notice", "Task"]
