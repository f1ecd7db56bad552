"""The fonts that paper is set in: those of this package, and those of this machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

_FONT_FOLDER = Path(__file__).parent / "fonts"
_PREFERRED_FONTS = (
    "Kuule Sans",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Thai",
    "Noto Sans CJK SC",
    "DejaVu Sans",
)
"""The fonts to use first, of those that are there: the first is in this package and has Latin, Greek and Cyrillic. Any
other font that has a letter comes after them."""
_SERIF_FONTS = ("Libertinus Serif", "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Thai", "Noto Serif CJK SC")
"""The fonts of headings. The first comes with Typst and has Latin, Greek and Cyrillic."""


@cache
def fonts_here() -> typst.Fonts:
    """The fonts of this package and of this machine. Read once a process: that takes longer than setting a report."""
    import typst  # optional: only the roles that set paper have it

    return typst.Fonts(font_paths=[_FONT_FOLDER])


def font_families() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The families of text and those of headings, of the fonts that are here: each letter is set in the first that has
    it."""
    families = fonts_here().families()
    sans, serif = ([one for one in each if one in families] for each in (_PREFERRED_FONTS, _SERIF_FONTS))
    return (*sans, *serif[:1]), (*serif, *sans)
