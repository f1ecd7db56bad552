"""The word that marks practice, across each page of a PDF and each chart in it: as outlines, without a letter, so that
nobody copies it between the lines and no program reads it there."""

from __future__ import annotations

from functools import lru_cache

from kuule.languages.cldr.tags import find_language
from kuule.publishing.typesetter import installed_font_families, typeset_outlines

WATERMARK_TEMPLATE = b"""// A word as a picture of its outlines; `size` is that of its letters.
#let watermark-picture(outlines, colour, size) = {
  let picture = image.with(bytes(outlines.replace("#000000", colour.to-hex())), format: "svg")
  context {
    let (width, height) = measure(picture())
    picture(width: width * (size / 74pt), height: height * (size / 74pt))
  }
}
"""
"""What a template needs to place it; it goes before the template."""
_WORD = b"""#let report = json(bytes(sys.inputs.report))
#set document(title: report.word, date: none)
#set page(width: auto, height: auto, margin: 2pt, fill: none)
#set text(font: report.fonts, lang: report.lang, dir: if report.dir == "rtl" { rtl } else { ltr })
#text(size: 74pt, weight: "bold", fill: black, top-edge: "bounds", bottom-edge: "bounds", report.word)
"""


@lru_cache(maxsize=64)
def watermark_outlines(word: str, tag: str, place: str) -> str:
    """The word as SVG, black and 74 points high, for `watermark-picture`; "" if there is none. Raises PublishingError
    REPORT_040 to REPORT_042, as `typeset_outlines` says."""
    if not word:
        return ""
    language = {"lang": tag.split("-")[0], "dir": find_language(tag).direction}
    return typeset_outlines(_WORD, {"word": word, "fonts": installed_font_families(place)[0], **language}, place)
