"""Parts of a case's work: stages, what blocks, comparison, progress, charts, pages of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django import template
from django.http import QueryDict
from django_tables2.paginators import LazyPaginator

register = template.Library()


@register.filter
def first_items(menu: Iterable[Mapping[str, Any]], count: int) -> list[Any]:
    """The first items of a menu, whatever their group: for the bar of the phone."""
    return list(islice((item for group in menu or () for item in group["items"]), count))


@register.inclusion_tag("ui/stage_steps.html")
def stage_steps(labels: Sequence[object], current: int, blocked: bool = False) -> dict[str, Any]:
    """The road through the seven stages; `current` counts from 1."""
    steps = [
        {
            "number": number,
            "label": label,
            "state": "done" if number < current else "current" if number == current else "todo",
        }
        for number, label in enumerate(labels, start=1)
    ]
    return {
        "steps": steps,
        "current": current,
        "now_label": labels[current - 1],
        "count": len(steps),
        "blocked": blocked,
    }


@register.inclusion_tag("ui/blocked.html")
def blocked(items: Iterable[Mapping[str, Any]], title: str = "") -> dict[str, Any]:
    """What blocks the next step and who can unblock it.

    Each item: `what`, `who`, and where it can be mended `url` with `url_label`.
    """
    return {"items": list(items), "title": title}


@register.inclusion_tag("ui/comparison.html")
def comparison(
    rows: Iterable[Mapping[str, Any]], left: object, right: object, caption: object = ""
) -> dict[str, Any]:
    """Two records side by side.

    Each row: `label`, `left`, `right`, `verdict` (agrees, near, differs, missing), and if wanted
    `because` (why, for the person who judges).
    """
    return {"rows": list(rows), "left": left, "right": right, "caption": caption}


@register.inclusion_tag("ui/progress.html")
def progress(
    value: int, total: int, label: object, poll_url: str = "", note: object = ""
) -> dict[str, Any]:
    """Long work. With `poll_url` the page asks again each two seconds.

    The answer to the poll is this tag again, without `poll_url` once the work is done.
    """
    return {"value": value, "total": total, "label": label, "poll_url": poll_url, "note": note}


@register.inclusion_tag("ui/chart.html")
def chart(
    id: str,  # noqa: A002 - the attribute's own name
    title: object,
    labels: Sequence[object],
    series: Sequence[Mapping[str, Any]],
    kind: str = "bar",
    unit: object = "",
    stacked: bool = False,
) -> dict[str, Any]:
    """A bar or line chart with its figures as a table beneath, for screen readers and print.

    Each of `series`: `label` and `values` (numbers, or None where there is none).
    """
    points = [str(label) for label in labels]
    drawn = [
        {"label": str(one["label"]), "values": [_plain(value) for value in one["values"]]}
        for one in series
    ]
    return {
        "data_id": f"{id}-data",
        "title": title,
        "unit": unit,
        "series": drawn,
        "rows": list(zip(points, zip(*(one["values"] for one in drawn), strict=True), strict=True)),
        "data": {
            "kind": kind,
            "labels": points,
            "series": drawn,
            "unit": str(unit),
            "stacked": stacked,
        },
    }


def _plain(value: Any) -> float | int | None:
    """A number that JSON knows."""
    return value if value is None or isinstance(value, int) else float(value)


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Any, parameter: str = "page") -> dict[str, Any]:
    """Earlier and later pages of a `Page`; the other parameters of the address stay.

    A lazy paginator, which does not count its rows, gets only "previous" and "next".
    """
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    counted = not isinstance(page.paginator, LazyPaginator)
    around = page.paginator.get_elided_page_range(page.number, on_each_side=1) if counted else ()
    return {
        "earlier": address(page.previous_page_number()) if page.has_previous() else "",
        "later": address(page.next_page_number()) if page.has_next() else "",
        "number": page.number,
        "total": page.paginator.count if counted else None,
        "steps": [
            {"number": one, "url": address(one) if isinstance(one, int) else ""} for one in around
        ],
    }
