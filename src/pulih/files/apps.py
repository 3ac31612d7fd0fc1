"""Start of the files app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Uploads, kept encrypted; closed to every read that does not go through their owner."""

    name = "pulih.files"

    def ready(self) -> None:
        # Imported late: models exist only once every app is ready.
        from pulih.files import data_keys, scoping

        scoping.install()
        data_keys.install()
