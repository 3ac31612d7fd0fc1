"""The page of all components, for whoever builds pages."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.clock import now, today
from pulih.ui import samples
from pulih.ui.components.words import TONES, icon_names


@guard(Action.COMPONENTS_VIEW)
@require_GET
def components(request: StaffRequest) -> HttpResponse:
    """Every component with invented content, in the reader's theme and language."""
    day = today()
    context = {
        "tones": sorted(TONES),
        "stages": samples.stages(),
        "blocks": samples.blocks(),
        "rows": samples.comparison_rows(),
        "months": samples.months(),
        "series": samples.series(),
        "table": samples.people_table(request),
        "page": Paginator(range(1, 1201), 20).get_page(request.GET.get("page", "4")),
        "tabs": [
            {"label": _("Summary"), "url": "#tabs", "active": True},
            {"label": _("Services"), "url": "#tabs", "active": False, "count": 12},
            {"label": _("Documents"), "url": "#tabs", "active": False},
        ],
        "dates": [day + dt.timedelta(days=days) for days in (-3, 0, 1, 5, 40)],
        "now": now(),
        "form": samples.SampleForm(request.GET if "full_name" in request.GET else None),
        "icons": icon_names(),
        "picker_url": reverse("ui:sample_choices"),
    }
    return render(request, "ui/components.html", context)


@guard(Action.COMPONENTS_VIEW)
@require_GET
def sample_choices(request: StaffRequest) -> HttpResponse:
    """What the sample picker finds, in the shape that every picker's address answers."""
    options = samples.villages(request.GET.get("q", ""))
    return render(request, "ui/picker_options.html", {"options": options})
