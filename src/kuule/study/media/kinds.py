"""Every kind of file that an edition may hold beside its texts, told by content: a name can say anything.

SVG is not among them, since it can hold script, and GIF moves. Kinds that only some phones know are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from kuule.study.media import jpeg, m4a, mp3, ogg, png, webp
from kuule.study.media.medium import Kind, Medium, Unusable


class Format(Protocol):
    """One kind of file."""

    SUFFIX: str
    CONTENT_TYPE: str

    @property
    def begins(self) -> Callable[[bytes], bool]: ...

    @property
    def read(self) -> Callable[[bytes], Medium]: ...


FORMATS: tuple[Format, ...] = (png, jpeg, webp, ogg, m4a, mp3)
CONTENT_TYPES: Mapping[str, str] = {one.SUFFIX: one.CONTENT_TYPE for one in FORMATS}

LONGEST_SIDE = 2000
"""Pixels: a picture takes four bytes for each while it is shown, and an old phone has little memory."""
_NAMES = {Kind.IMAGE: "PNG, JPEG or WebP", Kind.AUDIO: "MP3, M4A (AAC) or Ogg (Opus)"}


def read_medium(content: bytes, kind: Kind) -> Medium:
    """What a file is that stands in the column `kind`. Raises Unusable with the cause."""
    found = next((one for one in FORMATS if one.begins(content)), None)
    if found is None:
        raise Unusable(f"is not {_NAMES[kind]}, whatever its name says")
    medium = found.read(content)
    if medium.kind is not kind:
        raise Unusable(f"is not {_NAMES[kind]}, though it stands in the column {kind}")
    if medium.kind is Kind.IMAGE and not min(medium.width, medium.height) > 0:
        raise Unusable("is a picture without a size")
    if max(medium.width, medium.height) > LONGEST_SIDE:
        raise Unusable(f"has {medium.width} × {medium.height} pixels, and {LONGEST_SIDE} a side is the most")
    return medium
