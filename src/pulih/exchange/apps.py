"""Start of the exchange app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers what the policy means for imports, and who may open their files."""

    name = "pulih.exchange"

    def ready(self) -> None:
        # Imported late: models exist only once every app is ready.
        from pulih.exchange import exporting, joining, scoping

        scoping.install()
        joining.install()
        exporting.install()
