"""Start of the common app."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Holds no models of its own."""

    name = "pulih.common"
