"""What stands around every page: the menu of the reader's roles and the office's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office, User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.config.recovery.drills import last_drill


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu; shown to users who may do one of its actions."""

    label: str | Promise
    route: str
    icon: str
    actions: tuple[Action, ...]


MENU: tuple[tuple[str | Promise, tuple[Item, ...]], ...] = (
    (
        _("Work"),
        (
            Item(_("My day"), "day", "sun", (Action.DAY_VIEW,)),
            Item(_("Tasks"), "inbox:list", "check2-square", (Action.TASK_WORK,)),
            Item(
                _("Reports"),
                "cases:report_list",
                "megaphone",
                (Action.REPORT_READ,),
            ),
            Item(_("Cases"), "cases:list", "folder2-open", (Action.CASE_READ,)),
            Item(_("Counter"), "counter:home", "ticket-perforated", (Action.COUNTER_SERVE,)),
            Item(_("Counter services"), "counter:list", "list-check", (Action.COUNTER_READ,)),
            Item(_("Letters"), "papers:list", "envelope-paper", (Action.LETTER_READ,)),
            Item(_("Incoming mail"), "mail:list", "envelope-open", (Action.MAIL_READ,)),
        ),
    ),
    (
        _("Registry"),
        (
            Item(_("People"), "people:list", "people", (Action.PERSON_READ,)),
            Item(
                _("Possible duplicates"), "people:duplicates", "intersect", (Action.PERSON_MERGE,)
            ),
            Item(
                _("Import"),
                "exchange:list",
                "file-earmark-spreadsheet",
                (Action.IMPORT_RUN, Action.IMPORT_STAFF, Action.IMPORT_STUDENTS),
            ),
        ),
    ),
    (
        _("Office"),
        (
            Item(
                _("Service catalogue"),
                "cases:catalogue",
                "journal-bookmark",
                (Action.COUNTER_READ, Action.CATALOGUE_MANAGE),
            ),
            Item(_("Sections and units"), "access:sections", "diagram-3", (Action.SECTION_MANAGE,)),
            Item(_("Instruments"), "cases:instruments", "bar-chart", (Action.INSTRUMENT_MANAGE,)),
            Item(_("Waits for nobody"), "inbox:stuck", "hourglass-split", (Action.STUCK_WATCH,)),
            Item(_("Work programme"), "programme:list", "list-check", (Action.PROGRAMME_READ,)),
            Item(_("Users"), "access:users", "person-badge", (Action.USER_MANAGE,)),
            Item(_("Letter settings"), "papers:settings", "sliders", (Action.PAPERS_MANAGE,)),
            Item(_("Trail"), "access:trail", "journal-text", (Action.AUDIT_READ,)),
        ),
    ),
    (
        _("Data protection"),
        (
            Item(
                _("Requests about data"), "privacy:requests", "shield-check", (Action.RIGHTS_READ,)
            ),
            Item(_("Retention"), "privacy:retention", "archive", (Action.RETENTION_READ,)),
            Item(_("Broken glasses"), "cases:glasses", "unlock", (Action.GLASS_READ,)),
            Item(_("Breaches"), "privacy:breaches", "shield-lock", (Action.BREACH_READ,)),
            Item(
                _("Record of processing"),
                "privacy:processing",
                "journal-text",
                (Action.PROCESSING_READ,),
            ),
        ),
    ),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: `menu` (groups of items), `office`, `demo`."""
    # A request refused before the login was read has no user: its error page still opens.
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"menu": [], "office": SimpleLazyObject(_office), "demo": settings.PULIH_DEMO}
    groups = []
    everything: list[dict[str, Any]] = []
    for label, items in MENU:
        shown = [_entry(item, request) for item in items if any(map(user.may, item.actions))]
        entries = [entry for entry in shown if entry]
        if entries:
            groups.append({"label": label, "items": entries})
            everything += entries
    _mark_nearest(everything)
    return {
        "menu": groups,
        "office": user.office,
        "demo": settings.PULIH_DEMO,
        "recovery_warning": _recovery_warning(user),
    }


def _recovery_warning(user: User) -> str:
    """What the administrator must know of backups; nobody else can do anything about it."""
    if settings.PULIH_DEMO or not user.holds(Role.ADMINISTRATOR):
        return ""
    drill = last_drill()
    if drill is None:
        return gettext(
            "No backup was ever proven. If this computer breaks today, everything is lost."
        )
    if not drill.good:
        return gettext("The last drill failed: the backup would not have saved the office.")
    if not drill.is_fresh:
        return gettext("The last good drill is older than a day.")
    return ""


def _office() -> Office | None:
    """The office that the login page names, where there is only one; read only if it is shown."""
    offices = Office.objects.all()[:2]
    return offices[0] if len(offices) == 1 else None


def _entry(item: Item, request: HttpRequest) -> dict[str, Any] | None:
    try:
        url = reverse(item.route)
    except NoReverseMatch:
        return None
    here = request.path == url if item.route == "day" else request.path.startswith(url)
    return {"label": item.label, "url": url, "icon": item.icon, "active": here}


def _mark_nearest(entries: list[dict[str, Any]]) -> None:
    """Of several places above a page only the nearest is where the reader is."""
    here = max((len(one["url"]) for one in entries if one["active"]), default=0)
    for entry in entries:
        entry["active"] = entry["active"] and len(entry["url"]) == here
