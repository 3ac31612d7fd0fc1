"""Short reads that several inbox tests need."""

from pulih.access.models import User
from pulih.inbox.models import Task


def open_tasks(user: User) -> list[Task]:
    """The open tasks that a user sees."""
    return list(Task.objects.visible_to(user).filter(done_at=None))
