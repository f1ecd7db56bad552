"""One palette: every style sheet has its colours, they can be read, and the groups of a chart can be told apart."""

from __future__ import annotations

import math
import re
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest

import kuule
from kuule.core.colours import AAA_TEXT, NON_TEXT, contrast_ratio
from kuule.core.palette import DARK, DIVERGING_STEPS, GROUNDS, LIGHT, ORDERED_STEPS, REPORT_CHART, REPORT_CHART_DARK

SOURCE = Path(kuule.__file__).parent
SCHEMES = {"light": (LIGHT, REPORT_CHART), "dark": (DARK, REPORT_CHART_DARK)}
REPORT_NAMES = {
    "paper": "sheet", "page": "paper", "rule": "hair", "accent": "deep", "tint": "tint", "practice-paper": "sand",
}  # fmt: skip
"""What the report calls a colour of the site."""
MACHADO = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira and Fernandes 2009, severity 1, for linear sRGB."""
APART = 0.045
"""How far apart two colours are in Oklab at least: more than twice what can just be seen (about 0.02)."""


def colours_in(style: str) -> dict[str, dict[str, str]]:
    """The custom properties of a style sheet, light and dark."""
    light, dark, *_ = re.findall(r":root \{([^}]*)\}", style)
    return {
        name: dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", root))
        for name, root in (("light", light), ("dark", dark))
    }


def oklab(colour: str, seen: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """A colour as somebody sees it, in Oklab (Ottosson 2020)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1) for row in seen)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_site_has_the_palette(scheme):
    assert colours_in((SOURCE / "web/style.css").read_text("utf-8"))[scheme] == SCHEMES[scheme][0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_report_has_the_palette(scheme):
    site, chart = SCHEMES[scheme]
    style = (SOURCE / "publishing/render/templates/look-3/report.css").read_text("utf-8")
    assert colours_in(style)[scheme] == {name: site[known] for name, known in REPORT_NAMES.items()} | chart


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_has_the_contrast_of_aaa_on_every_ground(scheme):
    site = SCHEMES[scheme][0]
    pairs = product(("ink", "soft", "deep", "deeper", "honey"), GROUNDS)
    assert [pair for pair in pairs if contrast_ratio(site[pair[0]], site[pair[1]]) < AAA_TEXT] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_bars_are_seen_on_paper(scheme):
    site, chart = SCHEMES[scheme]
    bars = {name: colour for name, colour in chart.items() if name.startswith(("series", "ordered", "diverging"))}
    assert [name for name, colour in bars.items() if contrast_ratio(colour, site["sheet"]) < NON_TEXT] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_numbers_are_read_on_the_track_of_a_bar_and_other_texts_of_charts_on_paper(scheme):
    site, chart = SCHEMES[scheme]
    assert contrast_ratio(chart["value"], chart["track"]) >= AAA_TEXT
    assert [name for name in ("text", "value", "quiet") if contrast_ratio(chart[name], site["sheet"]) < AAA_TEXT] == []


@pytest.mark.parametrize("vision", MACHADO)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_groups_can_be_told_apart_in_every_kind_of_colour_vision(scheme, vision):
    chart = SCHEMES[scheme][1]
    groups = [name for name in chart if name.startswith("series")]
    seen = {name: oklab(chart[name], MACHADO[vision]) for name in groups}
    assert [pair for pair in combinations(groups, 2) if math.dist(seen[pair[0]], seen[pair[1]]) < APART] == []


@pytest.mark.parametrize("vision", MACHADO)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_order_goes_in_one_direction_in_every_kind_of_colour_vision(scheme, vision):
    """From what is nearest to the paper to what is farthest from it."""
    seen = [oklab(SCHEMES[scheme][1][f"ordered-{step}"], MACHADO[vision]) for step in range(ORDERED_STEPS)]
    assert sorted(seen, key=lambda lab: lab[0], reverse=scheme == "light") == seen
    assert min(math.dist(one, other) for one, other in combinations(seen, 2)) >= APART


@pytest.mark.parametrize("vision", MACHADO)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_parts_of_a_scale_can_be_told_apart_in_every_kind_of_colour_vision(scheme, vision):
    seen = [oklab(SCHEMES[scheme][1][f"diverging-{step}"], MACHADO[vision]) for step in range(DIVERGING_STEPS)]
    assert min(math.dist(one, other) for one, other in combinations(seen, 2)) >= APART


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_end_of_a_scale_goes_in_one_direction_in_grey(scheme):
    """From what is farthest from the paper to the middle, and back."""
    grey = [
        contrast_ratio(SCHEMES[scheme][1][f"diverging-{step}"], SCHEMES[scheme][0]["sheet"])
        for step in range(DIVERGING_STEPS)
    ]
    assert grey[:4] == sorted(grey[:4], reverse=True)
    assert grey[3:] == sorted(grey[3:])


def test_an_order_is_an_order_in_print_without_colour():
    grey = [contrast_ratio(REPORT_CHART[f"ordered-{step}"], "#ffffff") for step in range(ORDERED_STEPS)]
    assert all(later / earlier > 1.1 for earlier, later in pairwise(grey)), grey
