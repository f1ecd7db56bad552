"""Figures as PNG with few colours, set by the typesetter in the fonts of this package and of this machine. All that
they say is in the file as text (IPTC Photo Metadata 2021.1, in XMP), where programs for pictures and for websites look
for it.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from html import escape
from pathlib import Path

from kuule.core.extras import install_commands
from kuule.core.problems import Problem, PublishingError
from kuule.languages.cldr.tags import find_language
from kuule.publishing.charts.chart_typst import CHART_TEMPLATE, drawing_data
from kuule.publishing.charts.figure_picture import FigurePicture
from kuule.publishing.typesetter import installed_font_families, typeset_pictures
from kuule.publishing.watermark import WATERMARK_TEMPLATE, watermark_outlines

_TEMPLATE = Path(__file__).parent / "templates" / "figure.typ"
_PIXELS_PER_INCH = 96
"""Four pixels for three units of a drawing: 1024 pixels across. In print, the SVG is sharper."""
_COLOURS = 64
"""How many colours a PNG has: those of a drawing as they are, and the steps between them at the edges of letters. It
takes a quarter of what all of them do."""
_HEADER_ENDS = 33
"""Where the first chunk of a PNG ends: the signature has 8 bytes, and IHDR 25."""
_XMP_KEYWORD = b"XML:com.adobe.xmp"


def figure_pngs(pictures: Sequence[FigurePicture]) -> list[bytes]:
    """A PNG of each picture; they are in one language. All at once, because the typesetter takes longer to begin than
    to set one.

    Raises PublishingError REPORT_040 to REPORT_042, as `typeset_pictures` says.
    """
    if not pictures:
        return []
    place = f"the figures in {pictures[0].tag} as PNG"
    _check_pillow(place)
    template = WATERMARK_TEMPLATE + CHART_TEMPLATE.read_bytes() + _TEMPLATE.read_bytes()
    made = typeset_pictures(template, _content(pictures, place), place, pixels_per_inch=_PIXELS_PER_INCH)
    return [_described(_with_palette(png), picture) for png, picture in zip(made, pictures, strict=True)]


def _content(pictures: Sequence[FigurePicture], place: str) -> dict[str, object]:
    first = pictures[0]
    drawn = [
        {
            "drawing": drawing_data(each.drawing, each.width),
            "paints": dict(each.paints),
            "alternative": each.alternative,
        }
        for each in pictures
    ]
    return {
        "title": first.title,
        "lang": first.tag.split("-")[0],
        "dir": find_language(first.tag).direction,
        "fonts": installed_font_families(place)[0],
        "watermark": watermark_outlines(first.watermark, first.tag, place),
        "pictures": drawn,
    }


def _check_pillow(place: str) -> None:
    try:
        import PIL.Image  # noqa: F401  optional: only those who publish have it
    except ImportError:
        remedy = f"{install_commands('analysis')}; the SVG of each figure is whole without it"
        raise PublishingError(Problem("REPORT_040", place, "Pillow is not installed", remedy)) from None


def _with_palette(png: bytes) -> bytes:
    """The same PNG with a palette. Every surface keeps its colour."""
    from PIL import Image  # optional: only those who publish have it

    made = io.BytesIO()
    with Image.open(io.BytesIO(png)) as whole:
        few = whole.convert("RGB").quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(made, "PNG")
    return made.getvalue()


def _described(png: bytes, picture: FigurePicture) -> bytes:
    """The same PNG with its title and its text alternative."""
    text = _xmp(picture).encode()
    return png[:_HEADER_ENDS] + _chunk(b"iTXt", _XMP_KEYWORD + b"\0\0\0\0\0" + text) + png[_HEADER_ENDS:]


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _xmp(picture: FigurePicture) -> str:
    def text(name: str, value: str) -> str:
        items = "".join(f'<rdf:li xml:lang="{each}">{escape(value)}</rdf:li>' for each in ("x-default", picture.tag))
        return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"

    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">'
        + text("dc:title", picture.title)
        + text("Iptc4xmpCore:AltTextAccessibility", picture.title)
        + text("Iptc4xmpCore:ExtDescrAccessibility", picture.alternative)
        + "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
