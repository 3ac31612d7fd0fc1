"""Parts that hold other things: panels, facts, timelines, dialogs, people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from pulih.ui import formats
from pulih.ui.components.words import known_tone

register = template.Library()


@register.simple_block_tag
def panel(
    content: str,
    title: object = "",
    tone: str = "plain",
    id: str = "",  # noqa: A002 - the attribute's own name
    action_url: str = "",
    action_label: str = "",
    flush: bool = False,
    count: int | None = None,
) -> SafeString:
    """A titled part of a page; `flush` lets a list or table reach its edges."""
    return SafeString(
        render_to_string(
            "ui/panel.html",
            {
                "content": content,
                "title": title,
                "tone": known_tone(tone),
                "id": id,
                "action_url": action_url,
                "action_label": action_label,
                "flush": flush,
                "count": count,
            },
        )
    )


@register.simple_block_tag
def empty_state(
    content: str, title: object, icon: str = "inbox", action_url: str = "", action_label: str = ""
) -> SafeString:
    """Nothing to show: what would be here, and how the first one comes about."""
    return SafeString(
        render_to_string(
            "ui/empty_state.html",
            {
                "content": content,
                "title": title,
                "icon": icon,
                "action_url": action_url,
                "action_label": action_label,
            },
        )
    )


@register.simple_block_tag
def facts(content: str, columns: int = 2) -> SafeString:
    """A list of facts, `{% fact %}` or `{% fact_block %}` inside."""
    return format_html('<dl class="facts facts-{}">{}</dl>', columns, content)


@register.simple_tag
def fact(label: object, value: object = None, hint: object = "", wide: bool = False) -> SafeString:
    """One fact; a missing one is shown as missing, never left out silently."""
    known = value not in (None, "")
    return format_html(
        '<div class="fact{}"><dt>{}</dt><dd{}>{}{}</dd></div>',
        " fact-wide" if wide else "",
        label,
        "" if known else mark_safe(' class="is-missing"'),
        value if known else formats.NOTHING,
        format_html('<span class="fact-hint">{}</span>', hint) if hint else "",
    )


@register.simple_block_tag
def fact_block(content: str, label: object, wide: bool = False) -> SafeString:
    """A fact whose value is markup."""
    return format_html(
        '<div class="fact{}"><dt>{}</dt><dd>{}</dd></div>',
        " fact-wide" if wide else "",
        label,
        content,
    )


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """What happened, newest first; `{% event %}` inside."""
    return format_html('<ol class="timeline">{}</ol>', content)


@register.simple_block_tag
def event(
    content: str,
    at: object,
    title: object,
    icon: str = "circle",
    tone: str = "plain",
    who: object = "",
) -> SafeString:
    """One entry of a timeline: when (already written out), what, who, and its story."""
    return SafeString(
        render_to_string(
            "ui/event.html",
            {
                "content": mark_safe(content.strip()),  # noqa: S308 - a block that is already markup
                "at": at,
                "title": title,
                "icon": icon,
                "tone": known_tone(tone),
                "who": who,
            },
        )
    )


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Iterable[Mapping[str, Any]], label: object) -> dict[str, Any]:
    """Links that look like tabs. Each item: `label`, `url`, `active`, and if wanted `count`."""
    return {"items": list(items), "label": label}


@register.inclusion_tag("ui/person_chip.html")
def person_chip(
    name: str, note: object = "", url: str = "", tone: str = "plain", image: str = ""
) -> dict[str, Any]:
    """Somebody, small: initials (or a photo's address), name, and one line about them."""
    return {"name": name, "note": note, "url": url, "tone": known_tone(tone), "image": image}


@register.simple_block_tag
def dialog(content: str, id: str, title: object) -> SafeString:  # noqa: A002 - as above
    """A dialog that a button with data-dialog-open="id" opens."""
    return SafeString(
        render_to_string("ui/dialog.html", {"content": content, "id": id, "title": title})
    )
