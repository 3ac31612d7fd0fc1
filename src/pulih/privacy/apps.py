"""Start of the privacy app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers what the policy means for requests, destructions and breaches."""

    name = "pulih.privacy"

    def ready(self) -> None:
        # Imported late: models exist only once every app is ready.
        from pulih.privacy import data_keys, exporting, scoping

        scoping.install()
        data_keys.install()
        exporting.install()
