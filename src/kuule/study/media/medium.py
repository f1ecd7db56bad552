"""One picture or sound as an edition holds it: recognised by its content, without whatever is not picture or sound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

_HASH_LENGTH = 24
_NAME = re.compile(
    r"media/(?P<hash>[0-9a-f]{24})(?:-(?P<width>[1-9][0-9]{0,3})x(?P<height>[1-9][0-9]{0,3}))?\.(?P<suffix>[a-z0-9]{3,4})"
)


class MediaKind(StrEnum):
    """What stands beside a text. XLSForm's columns have these names."""

    IMAGE = "image"
    AUDIO = "audio"


class UnusableMedia(Exception):
    """A file that no edition takes. Its text is the cause, as half a sentence after "it"."""


@dataclass(frozen=True, slots=True)
class Medium:
    """`content` is what an edition keeps; `told` what the file said besides and the edition leaves out.

    Width and height are in pixels, 0 for a sound. `width` and `height` are part of the name, so that a page knows the
    room that a picture takes before it is there.
    """

    kind: MediaKind
    suffix: str
    content: bytes
    width: int = 0
    height: int = 0
    stripped_metadata: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in an edition: `media/<24 hex digits of SHA-256>-<width>x<height>.<suffix>`."""
        size = f"-{self.width}x{self.height}" if self.kind is MediaKind.IMAGE else ""
        return f"media/{sha256(self.content).hexdigest()[:_HASH_LENGTH]}{size}.{self.suffix}"


@dataclass(frozen=True, slots=True)
class MediaName:
    """What an edition's name of a picture or a sound says; width and height are 0 for a sound."""

    suffix: str
    width: int
    height: int


def hash_in_media_name(name: str) -> str:
    """The hash that a name in an edition has in it: the first 24 hexadecimal digits of its content's SHA-256."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError("no picture or sound has that name")
    return match["hash"]


def parse_media_name(name: str) -> MediaName | None:
    """The parts of a name in an edition, or None where it is no such name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    return MediaName(match["suffix"], int(match["width"] or 0), int(match["height"] or 0))
