"""The zip around a project: `project.qde`, and a file in `sources/` for each text and note.

Nothing is ever unpacked to a disk: what is asked for is read, within limits, and names are only looked up.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import NoReturn

from kuule.qualitative.project_model.project_problems import ProjectError, project_error

LARGEST_ARCHIVE = 256 << 20
LARGEST_XML = 128 << 20
LARGEST_SOURCE = 4 << 20
MOST_READ = 256 << 20
MOST_ENTRIES = 60_000
_ENTRY = b"PK\x01\x02"
"""A project of 9,000 texts with a dozen codings each is 60 MiB of XML, and a tenth of that as an archive."""
_SOURCES = "sources/"
_MEMBER = re.compile(r"[^/:\x00-\x1f]+(/[^/:\x00-\x1f]+)*/?")
_LONGEST_MEMBER = 500
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What `zipfile` raises for files that are damaged, encrypted, or packed in a way that it does not know."""


def pack_qdpx(qde: bytes, sources: Mapping[str, bytes]) -> bytes:
    """The archive: the same content gives the same bytes. Names of sources are those of their paths."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [("project.qde", qde), *((_SOURCES + name, sources[name]) for name in sorted(sources))]:
            info = zipfile.ZipInfo(name)  # dated 1980, as zip's own beginning
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            archive.writestr(info, content)
    return stream.getvalue()


class QdpxArchive:
    """An archive that somebody gave us."""

    def __init__(self, content: bytes, place: str) -> None:
        """Raises ProjectError PROJECT_053 (no zip, or damaged), PROJECT_054 (too much in it), PROJECT_055 (names)."""
        self._place = place
        self._left = MOST_READ
        if len(content) > LARGEST_ARCHIVE:
            raise self._too_large(f"it has {len(content):,} bytes, and at most {LARGEST_ARCHIVE:,} are read")
        if (entries := content.count(_ENTRY)) > 2 * MOST_ENTRIES:  # before they are read: each takes memory
            raise self._too_large(f"it has about {entries:,} files, and at most {MOST_ENTRIES:,} are read")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _DAMAGED as error:
            self._tell_damaged(error)
        names = self._zip.namelist()
        if len(names) > MOST_ENTRIES:
            raise self._too_large(f"it has {len(names):,} files, and at most {MOST_ENTRIES:,} are read")
        self._members = self._checked(names)

    def xml(self) -> bytes:
        """The project. Raises ProjectError PROJECT_053, PROJECT_054; PROJECT_055 (there is none, or several)."""
        found = [name for name in self._members if name.endswith(".qde") and "/" not in name]
        if len(found) != 1:
            cause = f"it has {len(found)} projects (.qde) at its top, and a project exchange file has one"
            remedy = "export it again as a REFI-QDA project (.qdpx), or give a codebook as .qdc"
            raise project_error("PROJECT_055", self._place, cause, remedy)
        return self._read(self._members[found[0]], LARGEST_XML)

    def source(self, path: str) -> bytes | None:
        """The file that the XML names so (`internal://…`). None if it is not in the archive. Raises ProjectError
        PROJECT_053, PROJECT_054."""
        scheme, _, name = path.partition("://")
        found = self._members.get(_SOURCES + name.casefold()) if scheme == "internal" else None
        return None if found is None else self._read(found, LARGEST_SOURCE)

    def _checked(self, names: list[str]) -> dict[str, str]:
        """The members by their names in small letters: the folder is spelt `Sources` too."""
        members: dict[str, str] = {}
        for member in names:
            name = member.replace("\\", "/")  # older programs on Windows write it so
            parts = name.split("/")
            if len(name) > _LONGEST_MEMBER or not _MEMBER.fullmatch(name) or "." in parts or ".." in parts:
                cause = f"a file in it has the name {name[:60]!r}, which leads out of it or is none"
                raise project_error(
                    "PROJECT_055", self._place, cause, "no program for research writes this: do not use it"
                )
            if name.casefold() in members:
                cause = f"two files in it are called {name[:60]!r}"
                raise project_error("PROJECT_055", self._place, cause, "export it again")
            members[name.casefold()] = member
        return members

    def _read(self, member: str, largest: int) -> bytes:
        try:
            with self._zip.open(member) as file:
                content = file.read(min(largest, self._left) + 1)
        except _DAMAGED as error:
            self._tell_damaged(error)
        if len(content) > min(largest, self._left):
            raise self._too_large(f"{member[:60]!r} in it is larger than {min(largest, self._left):,} bytes")
        self._left -= len(content)
        return content

    def _too_large(self, cause: str) -> ProjectError:
        remedy = "export only texts and codes, without pictures and sounds; a real project of texts is far smaller"
        return project_error("PROJECT_054", self._place, cause, remedy)

    def _tell_damaged(self, error: Exception) -> NoReturn:
        cause = (
            f"it is no project exchange file, or it is damaged or encrypted ({str(error)[:80] or type(error).__name__})"
        )
        raise project_error("PROJECT_053", self._place, cause, "export it again, without a password") from None
