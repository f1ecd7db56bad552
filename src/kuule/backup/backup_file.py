"""Reads the file of a backup (`backup_writing`), one member after the other. Nothing is unpacked by name: whoever reads
gets each member's name, checked by the manifest, and its content."""

from __future__ import annotations

import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO

from kuule.backup.backup_layout import (
    MANIFEST,
    PADDING,
    RECORD,
    STORE,
    TRAILER,
    TRAILER_LENGTH,
    ReadableStream,
    unreadable,
)
from kuule.backup.backup_manifest import BackupManifest, NewerBackup, UnreadableManifest
from kuule.backup.sealed_stream import AlteredStream, ContentKey, OpeningReader, SealedHeader, read_sealed_header
from kuule.core.problems import BackupError, Problem

_LARGEST_MANIFEST = 64 * 2**20
_LARGEST_PART = 64 * 2**20
_COPY_AGAIN = "copy it once more from where it was made, or take another backup"
_TAR_ERRORS = (tarfile.TarError, EOFError, UnicodeDecodeError, ValueError, OverflowError, KeyError)


class _HeldBackReader:
    """Hashes what is read, and holds back the last bytes, which are the hash."""

    def __init__(self, source: ReadableStream) -> None:
        self._source = source
        self._held = source.read(TRAILER_LENGTH)
        self._hash = sha256()

    def read(self, size: int) -> bytes:
        more = self._source.read(size)
        known = self._held + more
        found, self._held = known[: len(more)], known[len(more) :]
        self._hash.update(found)
        return found

    def is_whole(self) -> bool:
        """Whether what is left is zeros and then the hash of all that was read."""
        while rest := self.read(RECORD):
            if rest.strip(b"\0"):
                return False
        return self._held == TRAILER + self._hash.hexdigest().encode() + b"\n"


class MemberContent:
    """What a member holds. `read` raises BackupError BACKUP_001, BACKUP_002."""

    def __init__(self, content: IO[bytes], file: BackupFile) -> None:
        self._content, self._file = content, file

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes, or all that is left."""
        with self._file.problems_in_words():
            return self._content.read(size)


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup on the disk, and the content key if it is sealed."""

    path: Path
    key: ContentKey | None = None

    def members(self) -> Iterator[tuple[str, int, MemberContent]]:
        """The name, the length and the content of each member, in the order of the file; the content is good until the
        next one is asked for. Raises BackupError BACKUP_001 (it cannot be read), BACKUP_002 (no backup, cut off or
        altered): at the end at the latest."""
        with self.problems_in_words(), _open_file(self.path) as file:
            reader = _HeldBackReader(self._payload(file))
            with tarfile.open(mode="r|", fileobj=reader) as tar:  # type: ignore[call-overload]
                for member in tar:
                    content = tar.extractfile(member)
                    too_long = member.name.startswith(STORE) and member.size > _LARGEST_PART
                    if not member.isreg() or content is None or too_long:
                        raise self.damage_error()
                    yield member.name, member.size, MemberContent(content, self)
            if not reader.is_whole():
                raise self.damage_error()

    @contextmanager
    def problems_in_words(self) -> Iterator[None]:
        """Raise what reading raises as BackupError BACKUP_001 or BACKUP_002."""
        try:
            yield
        except OSError as error:
            raise unreadable(self.path, error) from error
        except (AlteredStream, *_TAR_ERRORS) as error:
            raise self.damage_error() from error

    def _payload(self, file: BinaryIO) -> ReadableStream:
        if read_sealed_header(file) is None:
            return file
        if self.key is None:
            raise self.damage_error()
        return OpeningReader(file, self.key)

    def damage_error(self) -> BackupError:
        """The problem BACKUP_002."""
        cause = "this is no whole backup: it is something else, or it was altered, or its end is cut off"
        return BackupError(Problem("BACKUP_002", str(self.path), cause, _COPY_AGAIN))

    def read_manifest(self) -> BackupManifest:
        """The manifest, after every member was read, and is there as the manifest says. Raises BackupError: BACKUP_001,
        BACKUP_002, BACKUP_003 (of a newer version)."""
        found: dict[str, tuple[int, str]] = {}
        manifest: BackupManifest | None = None
        tables: dict[str, _TableHash] = {}
        for name, size, content in self.members():
            if manifest is not None or name in found or (name == MANIFEST and size > _LARGEST_MANIFEST):
                raise self.damage_error()
            if name == MANIFEST:
                manifest = self._parsed(content.read())
            elif name == PADDING:
                found[name] = size, ""
            elif name.startswith(STORE):
                tables.setdefault(name.split("/")[1], _TableHash()).add(content)
                found[name] = size, ""
            else:
                found[name] = size, _hash_of(content)
        if manifest is None or not _fits(manifest, found, tables):
            raise self.damage_error()
        return manifest

    def _parsed(self, content: bytes) -> BackupManifest:
        try:
            return BackupManifest.from_bytes(content)
        except UnreadableManifest as error:
            raise self.damage_error() from error
        except NewerBackup as error:
            cause = f"this backup is of version {error}, which a newer Kuule wrote"
            remedy = "use the version of Kuule that made it, or a newer one"
            raise BackupError(Problem("BACKUP_003", str(self.path), cause, remedy)) from None


class _TableHash:
    """The hash of all parts of a table."""

    def __init__(self) -> None:
        self._hash = sha256()

    def add(self, content: MemberContent) -> None:
        while piece := content.read(RECORD):
            self._hash.update(piece)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def _hash_of(content: MemberContent) -> str:
    own = _TableHash()
    own.add(content)
    return own.sha256


def _fits(manifest: BackupManifest, found: dict[str, tuple[int, str]], tables: dict[str, _TableHash]) -> bool:
    files = {name: one for name, one in found.items() if name != PADDING and not name.startswith(STORE)}
    named = {} if manifest.store is None else {one.name: one.sha256 for one in manifest.store.tables}
    empty = sha256().hexdigest()
    return files == {name: (one.size, one.sha256) for name, one in manifest.files.items()} and (
        named == {name: tables[name].sha256 if name in tables else empty for name in named}
        and set(tables) <= set(named)
    )


def sealed_header_of(path: Path) -> SealedHeader | None:
    """To which key a file is sealed; None if it is not. Raises BackupError BACKUP_001, BACKUP_002."""
    try:
        with _open_file(path) as file:
            return read_sealed_header(file)
    except OSError as error:
        raise unreadable(path, error) from error
    except AlteredStream as error:
        raise BackupFile(path).damage_error() from error


def _open_file(path: Path) -> BinaryIO:
    """A file to read. Raises BackupError BACKUP_001 for what is none: a pipe would be waited for."""
    if not stat.S_ISREG(path.stat().st_mode):
        remedy = "copy the backup to a file, and name that"
        raise BackupError(Problem("BACKUP_001", str(path), "it is not a file: nothing was read from it", remedy))
    return path.open("rb")
