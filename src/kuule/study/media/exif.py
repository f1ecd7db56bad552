"""What matters of the Exif data of a picture: its orientation, and whether it reveals a place.

Source: Exif 2.32, 4.6 (tags), and TIFF 6.0, section 2 (the structure of the file).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_ORIENTATION = 0x0112
_POSITION = 0x8825
_UPRIGHT = 1
_ENTRY = 12
_MOST_ENTRIES = 512


@dataclass(frozen=True, slots=True)
class Exif:
    """`orientation` is 1 if the picture is stored the way it should be seen."""

    orientation: int = _UPRIGHT
    has_location: bool = False

    @property
    def is_upright(self) -> bool:
        return self.orientation == _UPRIGHT

    @property
    def descriptions(self) -> tuple[str, ...]:
        """In words, for an author."""
        camera = "the camera and the moment (Exif)"
        return (camera, "the place where it was taken") if self.has_location else (camera,)


def read_exif(content: bytes) -> Exif:
    """Read the first directory. What cannot be read is ignored."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(content[:4])
    if order is None:
        return Exif()
    found: dict[int, int] = {}
    try:
        (start,) = struct.unpack_from(f"{order}I", content, 4)
        (count,) = struct.unpack_from(f"{order}H", content, start)
        for number in range(min(count, _MOST_ENTRIES)):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", content, start + 2 + number * _ENTRY)
            found[tag] = value
    except struct.error:
        pass  # cut off: keep what was read
    return Exif(found.get(_ORIENTATION, _UPRIGHT), _POSITION in found)
