"""Models of the inbox."""

from pulih.inbox.models.about import About, Queue, Subject
from pulih.inbox.models.calendar import CalendarEntry
from pulih.inbox.models.notice import Notice
from pulih.inbox.models.task import Task

__all__ = ["About", "CalendarEntry", "Notice", "Queue", "Subject", "Task"]
