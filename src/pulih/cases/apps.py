"""Start of the cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers what the policy means for cases."""

    name = "pulih.cases"

    def ready(self) -> None:
        # Imported late: models exist only once every app is ready.
        from pulih.cases import (
            data_keys,
            exporting,
            filing,
            joining,
            papering,
            reading,
            scoping,
            ties,
        )

        scoping.install()
        data_keys.install()
        reading.install()
        ties.install()
        joining.install()
        filing.install()
        papering.install()
        exporting.install()
