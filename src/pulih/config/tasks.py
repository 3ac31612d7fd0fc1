"""Background work of the installation itself: the daily backup."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from pulih.access.models import Office
from pulih.access.roles import Role
from pulih.cases.queries.staff import holders
from pulih.common.clock import today
from pulih.common.errors import CipherError
from pulih.config.holding import InstallationError
from pulih.config.recovery.backup import KEEP_DAYS, make_backup, thin_out
from pulih.config.recovery.recipients import is_wanted
from pulih.inbox.actions.notices import notify
from pulih.inbox.models import Subject


def back_up() -> str:
    """Make the backup of today where somebody can open backups; administrators hear of a failure.

    Returns:
        The file, or why there is none.

    Source: R-CONF-26, docs/rules/config.md.
    """
    if not is_wanted():
        return "nobody can open backups here yet"
    folder = Path(settings.PULIH_BACKUPS)
    try:
        made = make_backup(folder, tell=lambda words: None)
        thin_out(folder, days=KEEP_DAYS)
    except (InstallationError, CipherError, OSError, DatabaseError) as fault:
        _tell_administrators(str(fault))
        return f"failed: {fault}"
    return str(made.file)


@task()
def back_up_today() -> str:
    """The same, in the background, for the office's clock."""
    return back_up()


def _tell_administrators(reason: str) -> None:
    for office in Office.objects.all():
        with override(settings.LANGUAGE_CODE):
            notify(
                kind="backup_failed",
                title=_("The backup of today failed"),
                about=Subject(office=office),
                to=list(holders(office, Role.ADMINISTRATOR)),
                body=reason,
                key=f"backup-failed-{today()}",
                by=None,
            )
