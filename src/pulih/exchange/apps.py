"""Start of the exchange app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Import and export."""

    name = "pulih.exchange"
