"""Start of the inbox app."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Tasks, notices and calendar."""

    name = "pulih.inbox"
