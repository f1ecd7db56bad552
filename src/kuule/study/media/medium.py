"""One picture or sound as an edition stores it: recognised by its content, and without anything that is not picture or
sound."""

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
    """What kind of file belongs to a text. XLSForm's columns have these names."""

    IMAGE = "image"
    AUDIO = "audio"


class UnusableMedia(Exception):
    """A file that cannot go into an edition. The message is the cause, as half a sentence after "it"."""


@dataclass(frozen=True, slots=True)
class Medium:
    """`content` is what an edition keeps; `stripped_metadata` is what else the file said, which the edition leaves out.

    `width` and `height` are in pixels, 0 for a sound. They are part of the name, so that a page can reserve the space
    before the picture has loaded.
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
    """The parts of the name of a picture or sound in an edition; width and height are 0 for a sound."""

    suffix: str
    width: int
    height: int


def hash_in_media_name(name: str) -> str:
    """The hash in a name: the first 24 hexadecimal digits of the SHA-256 of the content."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError("no picture or sound has that name")
    return match["hash"]


def parse_media_name(name: str) -> MediaName | None:
    """The parts of a name in an edition; None if it is not such a name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    return MediaName(match["suffix"], int(match["width"] or 0), int(match["height"] or 0))
