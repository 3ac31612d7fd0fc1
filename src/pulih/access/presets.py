"""Sets of roles for a small office, where one person does the work of several."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pulih.access.roles import Role


@dataclass(frozen=True, slots=True)
class Preset:
    """Roles that go together, and what for."""

    label: str | Promise
    roles: tuple[Role, ...]


PRESETS: dict[str, Preset] = {
    "head": Preset(
        _("Head of a small office: reads all, serves at the counter"),
        (Role.HEAD_OF_OFFICE, Role.FRONT_DESK),
    ),
    "section": Preset(
        _("Section head who leads cases too"), (Role.SECTION_HEAD, Role.SOCIAL_WORKER)
    ),
    "allround": Preset(
        _("All-round worker: counter and cases"), (Role.FRONT_DESK, Role.SOCIAL_WORKER)
    ),
    "guide": Preset(
        _("Social worker who guides students"), (Role.SOCIAL_WORKER, Role.FIELD_SUPERVISOR)
    ),
    "data": Preset(_("Data and counter"), (Role.DATA_OFFICER, Role.FRONT_DESK)),
}
"""The administrator and the auditor are in none: who keeps the machine or watches works alone."""
