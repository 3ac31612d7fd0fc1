"""Start of the desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The first page of every role, and the search box."""

    name = "pulih.desk"
