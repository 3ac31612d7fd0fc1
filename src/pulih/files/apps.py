"""Start of the files app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Uploads, kept encrypted."""

    name = "pulih.files"
