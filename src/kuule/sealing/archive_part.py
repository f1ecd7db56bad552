"""A part of an archive: at most 1,000 envelopes of one size, each after its row id (docs/reference/archive.md)."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kuule.core.problems import ArchiveError, Problem
from kuule.sealing.envelope import ROW_ID_LENGTH, SealedResponse
from kuule.sealing.envelope_header import UnreadableHeader, read_header
from kuule.sealing.keys import KEY_ID_LENGTH
from kuule.sealing.zip_members import member_content

MAX_PART_ROWS = 1000


@dataclass(frozen=True, slots=True)
class PartEntry:
    """What the manifest says about a part: its name, its number of rows, the size of each envelope, its SHA-256 in
    hexadecimal."""

    name: str
    rows: int
    envelope_size: int
    sha256: str

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "rows": self.rows, "envelope_size": self.envelope_size, "sha256": self.sha256}

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> PartEntry:
        """The entry that `to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        part = cls(str(entry["name"]), entry["rows"], entry["envelope_size"], str(entry["sha256"]))
        if not (isinstance(part.rows, int) and isinstance(part.envelope_size, int)):
            raise TypeError("rows and envelope_size are whole numbers")
        if not (1 <= part.rows <= MAX_PART_ROWS and part.envelope_size >= 0):
            raise ValueError("a part has 1 to 1,000 rows")
        return part


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it was found. `content` is None if the part is missing from the archive."""

    number: int
    entry: PartEntry
    content: bytes | None

    @property
    def intact(self) -> bool:
        return self.content is not None and hashlib.sha256(self.content).hexdigest() == self.entry.sha256

    def rows(self) -> Iterator[SealedResponse]:
        """Every whole row in the order of the file. Its key id is the one in the envelope's header."""
        content = self.content or b""
        stride = ROW_ID_LENGTH + self.entry.envelope_size
        for start in range(0, len(content) - stride + 1, stride):
            row_id = int.from_bytes(content[start : start + ROW_ID_LENGTH], "big")
            envelope = content[start + ROW_ID_LENGTH : start + stride]
            yield SealedResponse(row_id, key_id_of(envelope), envelope)

    @property
    def surplus(self) -> int:
        """How many bytes follow the last row that the manifest counts; negative if bytes are missing."""
        stride = ROW_ID_LENGTH + self.entry.envelope_size
        return len(self.content or b"") - stride * self.entry.rows


@dataclass(frozen=True, slots=True)
class PartLocations:
    """Where the parts of an archive are: enough to read any of them, in another process too."""

    path: Path
    entries: tuple[PartEntry, ...]
    members: tuple[zipfile.ZipInfo | None, ...]
    """None for a part that is missing."""

    def part(self, number: int) -> Part:
        """The part with that number, from 1. Raises ArchiveError OPEN_001 if the file can no longer be read."""
        member = self.members[number - 1]
        try:
            content = None if member is None else member_content(self.path, member)
        except OSError as error:
            cause = f"the archive cannot be read ({os.strerror(error.errno or 0).lower()})"
            raise ArchiveError(Problem("OPEN_001", str(self.path), cause, "give the path of an archive")) from error
        return Part(number, self.entries[number - 1], content)


def key_id_of(envelope: bytes) -> bytes:
    """The key that an envelope names, or zeros if it is not an envelope."""
    try:
        return read_header(envelope).key_id
    except UnreadableHeader:
        return bytes(KEY_ID_LENGTH)


def part_bytes(rows: Iterable[SealedResponse]) -> bytes:
    """The content of a part with these rows, whose envelopes have one size."""
    return b"".join(row.row_id.to_bytes(ROW_ID_LENGTH, "big") + row.envelope for row in rows)


def split_into_parts(rows: Iterable[SealedResponse]) -> Iterator[list[SealedResponse]]:
    """Split rows into parts of at most 1,000. Envelopes of different sizes never share a part, so that a damaged row
    harms no other.

    Raises ValueError unless the row ids ascend.
    """
    batch: list[SealedResponse] = []
    last = -1
    for row in rows:
        if row.row_id <= last:
            raise ValueError("rows of an archive come in ascending order of row id")
        last = row.row_id
        if batch and (len(batch) == MAX_PART_ROWS or len(batch[0].envelope) != len(row.envelope)):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
