"""Start of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The registry of people."""

    name = "pulih.people"
