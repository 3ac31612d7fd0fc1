"""Writes of the inbox."""

from pulih.inbox.actions.calendar import Slot, add_entry, cancel_entry
from pulih.inbox.actions.notices import notify, read_notices
from pulih.inbox.actions.opening import When, drop_tasks, open_task, resume_tasks
from pulih.inbox.actions.passing import pass_on
from pulih.inbox.actions.working import (
    block_task,
    complete_task,
    reassign_task,
    see_task,
    snooze_task,
    unblock_task,
    wait_for,
)

__all__ = [
    "Slot",
    "When",
    "add_entry",
    "block_task",
    "cancel_entry",
    "complete_task",
    "drop_tasks",
    "notify",
    "open_task",
    "pass_on",
    "read_notices",
    "reassign_task",
    "resume_tasks",
    "see_task",
    "snooze_task",
    "unblock_task",
    "wait_for",
]
