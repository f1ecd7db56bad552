"""The archive: envelopes and their edition in one file, for the analyst. Its layout is in docs/reference/archive.md.

It is a ZIP whose members are stored uncompressed, with fixed dates and nothing about the machine that wrote it, so that
the same envelopes give the same bytes. Writing and reading need no key.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from kuule.core.files import atomic_file
from kuule.core.problems import ArchiveError, Problem, StudyError
from kuule.core.regular_files import check_is_regular_file
from kuule.sealing.archive_part import Part, PartEntry, PartLocations, key_id_of, part_bytes, split_into_parts
from kuule.sealing.envelope import OVERHEAD, ROW_ID_LENGTH, SealedResponse
from kuule.sealing.withdrawal_list import WITHDRAWAL_MEMBER as WITHDRAWN
from kuule.sealing.withdrawal_list import AlteredWithdrawalList, WithdrawalList
from kuule.sealing.zip_members import altered_headers, member_content

FORMAT = "kuule-archive"
VERSION = 2
_WITHOUT_WITHDRAWALS = 1
READABLE_VERSIONS = (_WITHOUT_WITHDRAWALS, VERSION)
"""Version 2 has a list of withdrawn responses. Archives of version 1, which have none, are still read."""
MANIFEST = "manifest.json"

_EDITION_FOLDER = "edition/"
_DATE = (1980, 1, 1, 0, 0, 0)
_OWN_ENTRIES = ("format", "version", "count", "keys", "parts", "files", "withdrawn")
_LARGEST_MANIFEST = 16 * 2**20
"""Bytes, enough for some hundred million rows."""
_MAX_MISSING_ROWS = 100_000
"""How many more rows a manifest may count than the file can hold, since parts can be missing and rows cut off."""
_ZIP_ERRORS = (zipfile.BadZipFile, RuntimeError, UnicodeDecodeError, struct.error)
"""What zipfile raises for a directory that is not as ZIP describes it (RuntimeError: its version is unknown)."""
_COPY = "copy it once more from where it was made"


def write_archive(
    path: Path,
    *,
    manifest: Mapping[str, Any],
    files: Mapping[str, bytes],
    envelopes: Iterable[SealedResponse],
    withdrawn: WithdrawalList | None = None,
) -> int:
    """Write an archive whole or not at all, and return how many envelopes it holds. An existing file is replaced at the
    end.

    `manifest` has at least `study` and `edition`; format, count, keys, parts and files are added. `files` are the
    edition's, by name. `envelopes` come in ascending order of row id. Without `withdrawn`, the archive is of version 1.

    Raises ArchiveError OPEN_008 if the disk cannot take it, and ValueError for wrong arguments.
    """
    if not {"study", "edition"} <= set(manifest) or set(manifest) & set(_OWN_ENTRIES):
        raise ValueError("a manifest names study and edition, and leaves the archive's own entries to it")
    try:
        with atomic_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            parts, keys = _write_parts(archive, envelopes)
            for name in sorted(files):
                archive.writestr(_member(_EDITION_FOLDER + _safe(name)), files[name])
            own = _own_entries(parts, keys, files)
            if withdrawn is not None:
                archive.writestr(_member(WITHDRAWN), withdrawn.to_bytes())
                own |= {"version": VERSION, "withdrawn": withdrawn.to_json()}
            archive.writestr(_member(MANIFEST), _json({**manifest, **own}))
    except OSError as error:
        cause = f"the archive cannot be written ({os.strerror(error.errno or 0).lower()})"
        remedy = "make room or give another folder; no half archive was left"
        raise ArchiveError(Problem("OPEN_008", str(path), cause, remedy)) from error
    return sum(part.rows for part in parts)


def _own_entries(parts: Sequence[PartEntry], keys: Iterable[str], files: Mapping[str, bytes]) -> dict[str, Any]:
    """What a manifest says about the archive itself, in version 1, which has no list of withdrawals."""
    return {
        "format": FORMAT,
        "version": _WITHOUT_WITHDRAWALS,
        "count": sum(part.rows for part in parts),
        "keys": sorted(keys),
        "parts": [part.to_json() for part in parts],
        "files": {name: _sha256(content) for name, content in files.items()},
    }


class ArchiveReader:
    """An archive that is being read. Everything except the parts is read and checked when the object is made.

    Raises ArchiveError: OPEN_001 (not there), OPEN_002 (not an archive, or cut off), OPEN_003 (of a newer version),
    OPEN_004 (the manifest cannot be read), OPEN_005 (a file of the edition is missing or altered), OPEN_006 (it holds
    what its manifest does not list), OPEN_009 (it claims to hold more than the file can), OPEN_011 (the list of
    withdrawn responses is missing or altered). `altered_headers` names members whose local header differs from the
    directory: nothing is lost by that, but it is reported.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._opened() as archive:
            self._check_size(archive)
            self.manifest = self._read_manifest(archive)
            self._entries = self._read_entries()
            self._check_rows(archive)
            self.altered_headers = altered_headers(path, archive.infolist())
            self.files: Mapping[str, bytes] = dict(self._read_files(archive))
            self.withdrawn = self._read_withdrawn(archive)
            self._check_members(archive)
            self.part_locations = self._place_parts(archive)

    @property
    def count(self) -> int:
        """How many envelopes the archive should hold."""
        return sum(entry.rows for entry in self._entries)

    def parts(self) -> Iterator[Part]:
        """Each part that the manifest lists, in its order, also missing and altered ones. One at a time is in
        memory."""
        for number in range(1, len(self._entries) + 1):
            yield self.part_locations.part(number)

    def _place_parts(self, archive: zipfile.ZipFile) -> PartLocations:
        members = {member.filename: member for member in archive.infolist()}
        found = tuple(members.get(entry.name) for entry in self._entries)
        for member in found:
            if member is not None:
                self._check_stored(member)
        return PartLocations(self.path, self._entries, found)

    @contextmanager
    def _opened(self) -> Iterator[zipfile.ZipFile]:
        try:
            check_is_regular_file(self.path)
            archive = zipfile.ZipFile(self.path)
        except StudyError as error:
            raise self._problem("OPEN_001", error.problems[0].cause, "give the path of an archive") from None
        except OSError as error:
            cause = f"the archive cannot be read ({os.strerror(error.errno or 0).lower()})"
            raise self._problem("OPEN_001", cause, "give the path of an archive") from error
        except _ZIP_ERRORS as error:
            raise self._problem("OPEN_002", "this is no archive, or its end is cut off or altered", _COPY) from error
        with archive:
            yield archive

    def _read_manifest(self, archive: zipfile.ZipFile) -> Mapping[str, Any]:
        try:
            member = archive.getinfo(MANIFEST)
        except KeyError as error:
            raise self._problem("OPEN_002", "this is no archive: it has no manifest", "give an archive") from error
        content = self._content(member)
        try:
            manifest = json.loads(content) if zlib.crc32(content) == member.CRC else None
        except (ValueError, RecursionError):
            manifest = None
        if manifest is None:
            raise self._problem("OPEN_004", "the manifest is altered", _COPY)
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise self._problem("OPEN_002", "this is an archive of something else", "give an archive of Kuule")
        if manifest.get("version") not in READABLE_VERSIONS:
            remedy = "use the version of Kuule that made it, or a newer one"
            raise self._problem("OPEN_003", f"the archive is of version {manifest.get('version')}", remedy)
        return manifest

    def _read_entries(self) -> tuple[PartEntry, ...]:
        try:
            entries = tuple(PartEntry.from_json(entry) for entry in self.manifest["parts"])
            consistent = self.manifest["count"] == sum(entry.rows for entry in entries)
            texts = all(_is_text(self.manifest[name]) for name in ("study", "edition"))
        except (KeyError, TypeError, ValueError) as error:
            raise self._problem("OPEN_004", "the manifest cannot be read", _COPY) from error
        if not (consistent and texts and isinstance(self.manifest.get("files"), dict)):
            raise self._problem("OPEN_004", "the manifest does not fit itself", _COPY)
        repeated = next((name for name, times in Counter(entry.name for entry in entries).items() if times > 1), None)
        if repeated is not None:  # a member would be read and opened once for each name
            raise self._problem("OPEN_004", f"the manifest names {repeated!r} more than once", _COPY)
        if self.manifest["count"] > self._most_rows:
            raise self._problem("OPEN_009", "its manifest counts more rows than the file can hold", _COPY)
        return entries

    @property
    def _most_rows(self) -> int:
        return self.path.stat().st_size // (ROW_ID_LENGTH + OVERHEAD) + _MAX_MISSING_ROWS

    def _check_rows(self, archive: zipfile.ZipFile) -> None:
        """Refuse parts that claim more rows than the file can hold: with tiny envelopes a small file could have
        millions."""
        held = {member.filename: member.compress_size for member in archive.infolist()}
        strides = {entry.name: ROW_ID_LENGTH + entry.envelope_size for entry in self._entries}
        if sum(held.get(name, 0) // stride for name, stride in strides.items()) > self._most_rows:
            raise self._problem("OPEN_009", "its parts hold more rows than envelopes fit into the file", _COPY)

    def _check_size(self, archive: zipfile.ZipFile) -> None:
        """Refuse an archive that was made to keep a machine busy, before its rows are counted."""
        members = archive.infolist()
        if sum(member.compress_size for member in members) > self.path.stat().st_size:
            raise self._problem("OPEN_009", "its members are together longer than the file", _COPY)
        if any(member.filename == MANIFEST and member.compress_size > _LARGEST_MANIFEST for member in members):
            raise self._problem("OPEN_009", "its manifest is longer than any that we write", _COPY)

    def _read_files(self, archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
        members = {member.filename: member for member in archive.infolist()}
        for name, digest in self.manifest["files"].items():
            member = members.get(_EDITION_FOLDER + name)
            content = None if member is None else self._content(member)
            if content is None or _sha256(content) != digest:
                cause = f"the edition's file {name!r} is missing or altered"
                raise self._problem("OPEN_005", cause, _COPY)
            yield name, content

    def _read_withdrawn(self, archive: zipfile.ZipFile) -> WithdrawalList:
        if self.manifest["version"] == 1:
            return WithdrawalList()
        member = {member.filename: member for member in archive.infolist()}.get(WITHDRAWN)
        try:
            return WithdrawalList.read(self.manifest["withdrawn"], None if member is None else self._content(member))
        except (KeyError, AlteredWithdrawalList) as error:
            cause = "the list of what was taken back is missing or altered"
            raise self._problem("OPEN_011", cause, _COPY) from error

    def _check_members(self, archive: zipfile.ZipFile) -> None:
        lists = {WITHDRAWN} if self.manifest["version"] > 1 else set()
        listed = {
            MANIFEST,
            *lists,
            *(entry.name for entry in self._entries),
            *(_EDITION_FOLDER + name for name in self.files),
        }
        for name, times in Counter(archive.namelist()).items():
            if name not in listed or times > 1:
                cause = f"the archive holds {name!r} unlisted or more than once"
                raise self._problem("OPEN_006", cause, _COPY)

    def _content(self, member: zipfile.ZipInfo) -> bytes:
        """The bytes of a stored member, without the ZIP's own check: an altered part still gives the rows that are
        whole."""
        self._check_stored(member)
        return member_content(self.path, member)

    def _check_stored(self, member: zipfile.ZipInfo) -> None:
        if member.compress_type != zipfile.ZIP_STORED:
            raise self._problem("OPEN_006", f"{member.filename!r} is compressed, and we write none so", _COPY)

    def _problem(self, code: str, cause: str, remedy: str) -> ArchiveError:
        return ArchiveError(Problem(code, str(self.path), cause, remedy))


def _write_parts(archive: zipfile.ZipFile, envelopes: Iterable[SealedResponse]) -> tuple[list[PartEntry], set[str]]:
    parts: list[PartEntry] = []
    keys: set[str] = set()
    for number, rows in enumerate(split_into_parts(envelopes), start=1):
        content = part_bytes(rows)
        entry = PartEntry(f"parts/{number:06d}", len(rows), len(rows[0].envelope), _sha256(content))
        archive.writestr(_member(entry.name), content)
        parts.append(entry)
        keys.update(key_id_of(row.envelope).hex() for row in rows)
    return parts, keys


def _member(name: str) -> zipfile.ZipInfo:
    """A member without date, owner or system: what ZipInfo would take from the machine is fixed."""
    member = zipfile.ZipInfo(name, _DATE)
    member.create_system = 3
    member.external_attr = 0o600 << 16
    member.compress_type = zipfile.ZIP_STORED
    return member


def _safe(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or str(path) != name or "\\" in name:
        raise ValueError(f"an edition has no file named {name!r}")
    return name


def _is_text(value: object) -> bool:
    """Whether a value is printable text that is not empty. JSON can contain half of a surrogate pair, which is
    neither."""
    return isinstance(value, str) and value != "" and value.isprintable()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8") + b"\n"
