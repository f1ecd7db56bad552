"""The formats of the files that an edition may contain besides texts, recognised by content: a file name can say
anything.

SVG is not allowed, since it can contain script, and GIF can move. Formats that only some phones support are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from kuule.study.media import jpeg, m4a, mp3, ogg, png, webp
from kuule.study.media.medium import MediaKind, Medium, UnusableMedia


class MediaFormat(Protocol):
    """One kind of file."""

    SUFFIX: str
    CONTENT_TYPE: str

    @property
    def matches(self) -> Callable[[bytes], bool]: ...

    @property
    def read(self) -> Callable[[bytes], Medium]: ...


MEDIA_FORMATS: tuple[MediaFormat, ...] = (png, jpeg, webp, ogg, m4a, mp3)
CONTENT_TYPES: Mapping[str, str] = {one.SUFFIX: one.CONTENT_TYPE for one in MEDIA_FORMATS}

MAX_SIDE_PIXELS = 2000
"""While a picture is shown, each pixel takes four bytes, and an old phone has little memory."""
_NAMES = {MediaKind.IMAGE: "PNG, JPEG or WebP", MediaKind.AUDIO: "MP3, M4A (AAC) or Ogg (Opus)"}


def read_medium(content: bytes, kind: MediaKind) -> Medium:
    """Read a file that is named in the column `kind`. Raises UnusableMedia with the cause."""
    found = next((one for one in MEDIA_FORMATS if one.matches(content)), None)
    if found is None:
        raise UnusableMedia(f"is not {_NAMES[kind]}, whatever its name says")
    medium = found.read(content)
    if medium.kind is not kind:
        raise UnusableMedia(f"is not {_NAMES[kind]}, though it stands in the column {kind}")
    if medium.kind is MediaKind.IMAGE and not min(medium.width, medium.height) > 0:
        raise UnusableMedia("is a picture without a size")
    if max(medium.width, medium.height) > MAX_SIDE_PIXELS:
        raise UnusableMedia(f"has {medium.width} × {medium.height} pixels, and {MAX_SIDE_PIXELS} a side is the most")
    return medium
