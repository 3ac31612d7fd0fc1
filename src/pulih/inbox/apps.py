"""Start of the inbox app."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Tasks, notices and calendar; registers what the policy means for them."""

    name = "pulih.inbox"

    def ready(self) -> None:
        # Imported late: models exist only once every app is ready.
        from pulih.inbox import data_keys, exporting, scoping

        scoping.install()
        data_keys.install()
        exporting.install()
