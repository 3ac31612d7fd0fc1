"""Start of the access app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from pulih.common.scoping import ScopedManager


def _install_triggers(**_: Any) -> None:
    # Imported late: models exist only once every app is ready.
    from pulih.access import triggers

    triggers.install()


class AccessConfig(AppConfig):
    """Installs the scope, and the triggers of the trail after every migrate."""

    name = "pulih.access"

    def ready(self) -> None:
        from pulih.access import data_keys, exporting, factors, login_trail, programme_scope, scope

        ScopedManager.narrow = staticmethod(scope.narrow)
        programme_scope.install()
        data_keys.install()
        post_migrate.connect(_install_triggers, sender=self)
        exporting.install()
        factors.install()
        login_trail.install()
