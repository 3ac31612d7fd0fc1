"""Start of the papers app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """Letters that leave the office."""

    name = "pulih.papers"
    label = "papers"
    verbose_name = _("Letters")

    def ready(self) -> None:
        # Imported late: models exist only once every app is ready.
        from pulih.papers import data_keys, filing, scoping

        scoping.install()
        data_keys.install()
        filing.install()
