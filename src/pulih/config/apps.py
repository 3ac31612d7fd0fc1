"""Start of the installation's own checks and commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wires the apps together."""

    name = "pulih.config"
    label = "config"
