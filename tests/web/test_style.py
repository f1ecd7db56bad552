"""The style sheet: small, asks for nothing, reads from either side, and its text has the contrast of WCAG AAA."""

from __future__ import annotations

import gzip
import re
from itertools import product

import pytest

from kuule.web.stylesheet import style_sheet

CSS = re.sub(r"/\*.*?\*/", "", style_sheet().content.decode(), flags=re.DOTALL)
TEXT = ("ink", "soft", "deep", "deeper", "honey")
GROUND = ("paper", "sheet", "tint", "sand")
AAA, NON_TEXT = 7.0, 3.0


def palettes() -> dict[str, dict[str, str]]:
    roots = re.findall(r":root\s*\{([^}]*)\}", CSS)
    found = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", root)) for root in roots]
    return {"light": found[0], "dark": found[0] | found[1]}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_of_aaa(scheme: str) -> None:
    palette = palettes()[scheme]
    pairs = [*product(TEXT, GROUND), ("on-deep", "deep"), ("on-deep", "deeper"), ("paper", "ink"), ("paper", "soft")]
    low = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in pairs}
    assert {pair: value for pair, value in low.items() if value < AAA} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_have_a_visible_edge(scheme: str) -> None:
    palette = palettes()[scheme]
    low = {ground: contrast(palette["line"], palette[ground]) for ground in ("paper", "sheet")}
    assert {ground: value for ground, value in low.items() if value < NON_TEXT} == {}


def test_style_sheet_is_read_at_once() -> None:
    """It comes with the first page, in one packet train of a slow line: 6.5 kilobytes as it is sent."""
    assert len(style_sheet().content) < 24_000
    assert len(gzip.compress(style_sheet().content, 9)) < 6_500


def test_style_sheet_asks_for_nothing() -> None:
    assert re.findall(r"url\(|@import|@font-face|image-set|https?:", CSS) == []


def test_style_sheet_has_logical_properties_only() -> None:
    sides = r"(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?<![a-z-])(?:left|right|top|bottom)\s*:"
    others = r"float\s*:|text-align\s*:\s*(?:left|right)|(?<![a-z-])(?:min-|max-)?(?:width|height)\s*:"
    physical = f"{sides}|{others}"
    declarations = re.sub(r"@media[^{]*", "", CSS)
    assert re.findall(physical, declarations) == []


def test_style_sheet_moves_nothing_but_the_breath_and_that_only_where_motion_is_welcome() -> None:
    welcome = re.search(r"@media \(prefers-reduced-motion: no-preference\) \{(.*?)\n\}", CSS, re.DOTALL)
    assert welcome is not None
    moved = re.findall(r"([.@][a-z\[\] ]+) \{ (?:animation|45%)", welcome[1])
    assert moved == [".breath[open] span", "@keyframes breath"]
    assert re.findall(r"animation|transition|@keyframes|scroll-behavior", CSS.replace(welcome[0], "")) == []
