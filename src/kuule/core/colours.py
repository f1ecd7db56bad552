"""Colours as `#rrggbb`, and how well two of them can be told apart.

Source: WCAG 2.2, "relative luminance" and "contrast ratio" in its section 6.
"""

from __future__ import annotations

import re

AAA_TEXT = 7.0
"""Contrast of text with what is behind it, success criterion 1.4.6 (AAA)."""
NON_TEXT = 3.0
"""Contrast of a shape with what is beside it, success criterion 1.4.11."""
HEX_COLOUR = r"#[0-9a-fA-F]{6}"
_STEPS = 100


def luminance(colour: str) -> float:
    """The relative luminance of a colour, from 0 (black) to 1 (white). Raises ValueError if it is not `#rrggbb`."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """From 1 (the same luminance) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix_colours(one: str, other: str, share: float) -> str:
    """`one` with a `share` of `other` in it, from 0 to 1."""
    mixed = (a + (b - a) * share for a, b in zip(_rgb(one), _rgb(other), strict=True))
    return "#" + "".join(f"{round(part * 255):02x}" for part in mixed)


def nearest_readable(colour: str, grounds: tuple[str, ...], *, lowest: float = AAA_TEXT) -> str:
    """`colour`, or the nearest one towards black or white, whichever is farther from the grounds, that has a contrast
    of at least `lowest` with each of them."""
    end = max(("#000000", "#ffffff"), key=lambda each: min(contrast_ratio(each, ground) for ground in grounds))
    steps = (mix_colours(colour, end, step / _STEPS) for step in range(_STEPS + 1))
    return next((each for each in steps if all(contrast_ratio(each, one) >= lowest for one in grounds)), end)


def _rgb(colour: str) -> tuple[float, float, float]:
    if not re.fullmatch(HEX_COLOUR, colour):
        raise ValueError(f"{colour!r} is not a colour like #1f4f48")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
