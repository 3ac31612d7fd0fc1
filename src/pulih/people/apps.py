"""Start of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers what the policy means for people."""

    name = "pulih.people"

    def ready(self) -> None:
        # Imported late: models exist only once every app is ready.
        from pulih.people import data_keys, exporting, filing, reading, scoping
        from pulih.people.merge import own

        scoping.install()
        data_keys.install()
        reading.install()
        filing.install()
        own.install()
        exporting.install()
