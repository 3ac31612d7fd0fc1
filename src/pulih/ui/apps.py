"""Start of the ui app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base pages and components."""

    name = "pulih.ui"
