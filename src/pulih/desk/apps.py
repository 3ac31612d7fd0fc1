"""Start of the desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The first page of every role, the search box, and the counter."""

    name = "pulih.desk"

    def ready(self) -> None:
        # Imported late: models exist only once every app is ready.
        from pulih.desk import scoping

        scoping.install()
