"""Places for the picker."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.people.models import Region
from pulih.people.queries.regions import place_hint, search_regions

LONGEST = 80


@require_GET
@guard(Action.PERSON_READ, Action.REPORT_RECEIVE, Action.REPORT_READ, Action.USER_MANAGE)
def region_search(request: StaffRequest) -> HttpResponse:
    """Places with the typed text in their name, as options of the picker.

    `?q=` is the text; with `?desa=1` only villages are offered.
    """
    office = request.user.office
    found = search_regions(
        request.GET.get("q", "")[:LONGEST],
        office=office,
        deepest_only=bool(request.GET.get("desa")),
    )
    options = [
        {"value": place.code, "text": _label(place), "note": place_hint(place, office)}
        for place in found
    ]
    return render(request, "ui/picker_options.html", {"options": options})


def _label(place: Region) -> str:
    """The name with its rank where two ranks share names: a district is no village."""
    if place.level == Region.Level.DISTRICT:
        return _("%(name)s district") % {"name": place.name}
    if place.kelurahan:
        return _("%(name)s (kelurahan)") % {"name": place.name}
    return place.name
