"""Writes the file of a backup: a tar without times and owners, its manifest last, and after it the hash of all of it.

Members are written one after the other, so that memory does not grow with them. Layout: docs/reference/backup.md.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import IO, BinaryIO, cast

from kuule.backup.backup_layout import (
    BLOCK,
    MANIFEST,
    PADDING,
    RECORD,
    TRAILER,
    TRAILER_LENGTH,
    ReadableStream,
    WritableStream,
)
from kuule.backup.backup_manifest import BackupManifest
from kuule.backup.sealed_stream import HEADER_LENGTH, PIECE, ContentKey, SealingWriter, make_content_key
from kuule.sealing.envelope import TAG_LENGTH
from kuule.sealing.keys import PublicKey

_SMALLEST_CLASS = 128 * RECORD
_STEPS = 8
"""How many sizes there are between one power of two and the next: a sealed backup is longer by an eighth at most."""
_MODE = 0o600


class _HashedWriter:
    """Hashes what is written."""

    def __init__(self, to: WritableStream) -> None:
        self._to = to
        self._hash = sha256()
        self.is_abandoned = False

    def write(self, content: bytes) -> int:
        if self.is_abandoned:
            return len(content)
        self._hash.update(content)
        return self._to.write(content)

    def trailer(self) -> bytes:
        return TRAILER + self._hash.hexdigest().encode() + b"\n"


class BackupWriter:
    """Writes members, then the manifest. Made by `backup_writer`."""

    def __init__(self, to: WritableStream, *, padded: bool) -> None:
        self._hashed = _HashedWriter(to)
        self._padded = padded
        self._tar = tarfile.open(mode="w|", fileobj=self._hashed, format=tarfile.PAX_FORMAT)  # type: ignore[call-overload]  # noqa: SIM115 -- closed by finish

    def add(self, name: str, content: bytes) -> None:
        """Add a member whose content is in memory."""
        self.add_stream(name, io.BytesIO(content), len(content))

    def add_stream(self, name: str, content: ReadableStream, size: int) -> None:
        """Add a member of exactly `size` bytes, piece by piece. Raises OSError if there are fewer."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, _MODE
        self._tar.addfile(member, cast("IO[bytes]", content))

    def finish(self, manifest: BackupManifest, to: WritableStream) -> None:
        """Write the padding, the manifest and the hash of everything."""
        content = manifest.to_bytes()
        if self._padded:
            self._add_padding(len(content))
        self.add(MANIFEST, content)
        self._tar.close()
        to.write(self._hashed.trailer())

    def abandon(self) -> None:
        """Write nothing more: tarfile would, when it is forgotten, and the file is closed by then."""
        self._hashed.is_abandoned = True

    def _add_padding(self, manifest: int) -> None:
        """Fill up to a size that many other backups have, so that the size of a sealed one does not count answers."""
        own = 2 * BLOCK + _in_blocks(manifest) + 2 * BLOCK
        needed = self._tar.offset + own
        size = size_class(needed) - needed
        self.add_stream(PADDING, _Zeros(), size)


class _Zeros(io.RawIOBase):
    """As many zeros as are asked for."""

    def read(self, size: int = -1, /) -> bytes:
        return bytes(size)


def _in_blocks(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def size_class(size: int) -> int:
    """The next size, in whole records of tar, of which there are eight between a power of two and the next."""
    records = max(-(-size // RECORD), _SMALLEST_CLASS // RECORD)
    step = max(1, (1 << (records.bit_length() - 1)) // _STEPS)
    return -(-records // step) * step * RECORD


def is_sealed_length(length: int) -> bool:
    """Whether a sealed backup may have so many bytes: one of which the end is cut off has none of these lengths."""
    sealed = length - HEADER_LENGTH
    pieces = -(-sealed // (PIECE + TAG_LENGTH))
    tar = sealed - pieces * TAG_LENGTH - TRAILER_LENGTH
    return tar > 0 and size_class(tar) == tar


Finish = Callable[[BackupManifest], ContentKey | None]
"""Writes what ends a backup. Returns the content key with which a sealed one is tried."""


@contextmanager
def backup_writer(file: BinaryIO, seal_to: PublicKey | None) -> Iterator[tuple[BackupWriter, Finish]]:
    """A writer into an open file, sealed to a key if one is given; and what finishes it."""
    key: ContentKey | None = None
    to: WritableStream = file
    if seal_to is not None:
        header, key = make_content_key(seal_to)
        file.write(header.to_bytes())
        to = SealingWriter(file, key)
    writer = BackupWriter(to, padded=key is not None)

    def finish(manifest: BackupManifest) -> ContentKey | None:
        writer.finish(manifest, to)
        if isinstance(to, SealingWriter):
            to.finish()
        return key

    try:
        yield writer, finish
    except BaseException:
        writer.abandon()
        raise
