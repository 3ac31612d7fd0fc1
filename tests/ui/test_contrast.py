"""The colours of the interface can be read, in both themes (WCAG 2.2: text 4.5, edges 3)."""

import re
from pathlib import Path

import pytest

import pulih.ui

CSS = Path(pulih.ui.__file__).parent / "static" / "ui" / "pulih.css"
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--p-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS.read_text()
    )
}
TONES = ("good", "warn", "bad", "info", "sealed")
STAGES = [f"stage-{number}" for number in range(1, 8)]
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "brand") for ground in ("sheet", "paper")),
    ("ink-2", "sheet-2"),
    ("on-brand", "brand"),
    ("brand-strong", "brand-soft"),
    ("accent", "paper"),
    ("accent", "accent-soft"),
    *((name, f"{name}-soft") for name in (*TONES, *STAGES)),
    *(("ink-2", f"{tone}-soft") for tone in TONES),
    *(("sheet", stage) for stage in STAGES),
]
EDGES = [("line-strong", "sheet"), ("line-strong", "paper"), ("brand", "brand-soft")]


def brightness(colour):
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((brightness(one), brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(ink, ground, theme):
    assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_fields_can_be_seen(edge, ground, theme):
    assert contrast(TOKENS[edge][theme], TOKENS[ground][theme]) >= 3
