"""Small parts inside a line: icons, statuses, notices, the way back."""

from __future__ import annotations

from pathlib import Path

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
TONES = frozenset({"plain", "good", "warn", "bad", "info", "sealed"})
NOTICE_TONES = {
    "success": "good",
    "warning": "warn",
    "error": "bad",
    "info": "info",
    "debug": "plain",
}
NOTICE_ICONS = {
    "good": "check-circle",
    "warn": "exclamation-triangle",
    "bad": "exclamation-circle",
    "sealed": "shield-lock",
}


def known_tone(tone: str) -> str:
    """Refuse a tone that no style exists for, while the page is being written."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"tone {tone!r} is none of {sorted(TONES)}")
    return tone


@register.simple_tag(name="icon")
def draw_icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon of ui/icons.txt; with a label it speaks, without one it is decoration."""
    return format_html(
        '<svg class="icon{}"{}><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        format_html(' role="img" aria-label="{}"', label)
        if label
        else mark_safe(' aria-hidden="true" focusable="false"'),
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def notice(text: str, level: str = "info") -> SafeString:
    """A message to the reader; level is Django's (success, warning, error, info) or a tone."""
    tone = known_tone(NOTICE_TONES.get(level, level if level in TONES else "info"))
    return SafeString(
        render_to_string(
            "ui/notice.html",
            {"text": text, "tone": tone, "icon": NOTICE_ICONS.get(tone, "info-circle")},
        )
    )


@register.simple_block_tag
def callout(content: str, tone: str = "info", title: str = "") -> SafeString:
    """A box of standing advice inside a page."""
    return format_html(
        '<div class="callout tone-{}">{}<div class="callout-text">{}{}</div></div>',
        known_tone(tone),
        draw_icon(NOTICE_ICONS.get(tone, "info-circle")),
        format_html("<strong>{}</strong>", title) if title else "",
        content,
    )


@register.simple_tag
def badge(label: object, tone: str = "plain", icon: str = "") -> SafeString:
    """A status in a word or two; the colour only repeats what the word says."""
    drawing = draw_icon(icon) if icon else ""
    return format_html(
        '<span class="badge-p tone-{}">{}{}</span>', known_tone(tone), drawing, label
    )


@register.simple_tag
def stage(number: int, label: object, short: bool = False) -> SafeString:
    """One of the seven stages: its number, its word, its own colour."""
    return format_html(
        '<span class="stage stage-{}"><span class="stage-no">{}</span>{}</span>',
        number,
        number,
        "" if short else format_html("<span>{}</span>", label),
    )


@register.simple_tag
def breadcrumb(*steps: object) -> SafeString:
    """The way back: label and address in turn, from the outermost inwards."""
    pairs = zip(steps[::2], steps[1::2], strict=True)
    return format_html(
        '<ol class="crumbs">{}</ol>',
        format_html_join("", '<li><a href="{1}">{0}</a></li>', pairs),
    )


def icon_names() -> list[str]:
    """The icons that the sprite holds, from the list it is made from."""
    lines = (Path(__file__).parents[1] / "icons.txt").read_text().splitlines()
    return sorted(line for line in map(str.strip, lines) if line and not line.startswith("#"))
