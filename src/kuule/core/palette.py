"""The one palette of Kuule: warm paper, ink, a deep green, sand and honey, and the colours of charts drawn from them.

Style sheets write these colours out, because a browser reads them there; tests hold every copy to this one. The mark is
the circle of breath, from the page for a break: a quiet ring, and in it a smaller one.
"""

from __future__ import annotations

LIGHT = {
    "paper": "#faf6ef",
    "sheet": "#fffdf9",
    "ink": "#26231e",
    "soft": "#4f4a41",
    "line": "#857d6f",
    "hair": "#ded6c8",
    "deep": "#1f4f48",
    "deeper": "#163a35",
    "on-deep": "#ffffff",
    "tint": "#e5efe9",
    "sand": "#f3e9d8",
    "honey": "#6b440b",
}
DARK = {
    "paper": "#181b1a",
    "sheet": "#202423",
    "ink": "#efebe3",
    "soft": "#c9c3b7",
    "line": "#8f897d",
    "hair": "#3a403e",
    "deep": "#a6d5c6",
    "deeper": "#c6e8dc",
    "on-deep": "#10231f",
    "tint": "#24352f",
    "sand": "#332d22",
    "honey": "#e6be7a",
}
GROUNDS = ("paper", "sheet", "tint", "sand")
"""The backgrounds of text."""

ORDERED_STEPS = 7
"""How many colours there are for ordered groups, such as ages, which go from the first of them to the last."""
DIVERGING_STEPS = 7
"""How many colours there are for the answers of a scale with two ends; the one in the middle is a grey."""
_CHART_LIGHT = ("#1f4f48", "#b46422", "#4c3778", "#448398", "#8e4d35", "#6d8f65", "#4e340b")
_CHART_DARK = ("#7bc1b1", "#c08c02", "#cc9be5", "#7490b0", "#eb977b", "#b9d466", "#a1724f")
_ORDER_LIGHT = ("#aa8e3d", "#868134", "#647331", "#436531", "#215531", "#004330", "#01302a")
_ORDER_DARK = ("#457a70", "#598d76", "#739f7a", "#91b07e", "#b2bf85", "#d3cd94", "#f2dca8")
_ENDS_LIGHT = ("#64340c", "#90511f", "#bb723c", "#949089", "#418ca8", "#1d677f", "#034154")
_ENDS_DARK = ("#faca9d", "#daa168", "#b77a3a", "#7f7b74", "#4798b5", "#72bdda", "#aee1f6")
"""From one end of a scale to the other, by way of a grey that is nearest to the paper."""


def _chart(
    scheme: dict[str, str], groups: tuple[str, ...], order: tuple[str, ...], ends: tuple[str, ...], **own: str
) -> dict[str, str]:
    return {
        "text": scheme["ink"],
        "value": scheme["ink"],
        "quiet": scheme["soft"],
        "line": scheme["line"],
        "practice": scheme["honey"],
        **{f"series-{number}": colour for number, colour in enumerate(groups)},
        **{f"ordered-{number}": colour for number, colour in enumerate(order)},
        **{f"diverging-{number}": colour for number, colour in enumerate(ends)},
        **{name.replace("_", "-"): colour for name, colour in own.items()},
    }


REPORT_CHART = _chart(LIGHT, _CHART_LIGHT, _ORDER_LIGHT, _ENDS_LIGHT, track="#f0e9dd", series_everyone="#75716b")
REPORT_CHART_DARK = _chart(DARK, _CHART_DARK, _ORDER_DARK, _ENDS_DARK, track="#2c3231", series_everyone="#e3ddd2")
"""The colours of charts. Groups differ in every kind of colour vision; the bar of everyone is grey."""
