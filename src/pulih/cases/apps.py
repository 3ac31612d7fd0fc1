"""Start of the cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Reports and cases."""

    name = "pulih.cases"
