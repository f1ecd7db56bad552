"""What a file or a folder of an installation is, and which number its format has: read from its first lines alone, so
that it can be said in words of one that is newer than this version."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kuule.core.problems import KuuleError, Problem
from kuule.dataset.schema.dataset_info import INFO_FILE
from kuule.sealing.archive import FORMAT as ARCHIVE_FORMAT
from kuule.sealing.archive import MANIFEST as ARCHIVE_MANIFEST
from kuule.study.edition.edition_files import MANIFEST as EDITION_MANIFEST

_MOST_BYTES = 64 * 1024 * 1024
"""A manifest, a ledger or a key file is never larger."""
_KEY_LINE = re.compile(r"kuule (?:public|secret|protected) key, version (\d+),")
_UNNUMBERED = (OSError, ValueError, KeyError, TypeError, RecursionError, sqlite3.Error, zipfile.BadZipFile)
Reader = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class InstallationPart:
    """Something that an upgrade finds: where, a name of `format_table.FORMATS`, and the number that it has."""

    place: str
    format: str
    number: int


def read_part(path: Path) -> InstallationPart:
    """What is at a path. Raises KuuleError UPGRADE_001 (nothing of Kuule, or only half of it)."""
    for is_one, name, read in _KINDS:
        if is_one(path):
            try:
                number = read(path)
            except _UNNUMBERED as error:
                raise _half(path, name, error) from None
            if isinstance(number, int) and number > 0:
                return InstallationPart(str(path), name, number)
            raise _half(path, name, None)
    cause = "it is nothing that an upgrade knows" if path.exists() else "there is nothing here"
    remedy = "give an edition, an archive, a dataset, a ledger, a release, a project or a key file"
    raise KuuleError(Problem("UPGRADE_001", str(path), cause, remedy))


def _half(path: Path, name: str, error: Exception | None) -> KuuleError:
    said = f" ({type(error).__name__})" if error is not None else ""
    cause = f"it looks like this: {name}, but no number of its format can be read in it{said}"
    return KuuleError(Problem("UPGRADE_001", str(path), cause, "put back a whole copy of it, or leave it out"))


def _table(path: Path) -> Mapping[str, Any]:
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError("too large")
    read = json.loads(path.read_bytes())
    if not isinstance(read, dict):
        raise TypeError("no object")
    return read


def _archive_version(path: Path) -> object:
    with zipfile.ZipFile(path) as archive, archive.open(ARCHIVE_MANIFEST) as member:
        manifest = json.loads(member.read(_MOST_BYTES))
    if manifest["format"] != ARCHIVE_FORMAT:
        raise ValueError("of something else")
    return manifest["version"]


def _project_version(path: Path) -> object:
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as project:
        return project.execute("PRAGMA user_version").fetchone()[0]


def _key_version(path: Path) -> object:
    found = _KEY_LINE.match(path.read_text("utf-8"))
    return int(found[1]) if found else None


_KINDS: tuple[tuple[Callable[[Path], bool], str, Reader], ...] = (
    (lambda path: (path / INFO_FILE).is_file(), "dataset", lambda path: _table(path / INFO_FILE)["format"]),
    (
        lambda path: (path / "tables.json").is_file(),
        "tables of a release",
        lambda path: _table(path / "tables.json")["format"],
    ),
    (
        lambda path: (path / EDITION_MANIFEST).is_file(),
        "edition",
        lambda path: _table(path / EDITION_MANIFEST)["format"],
    ),
    (
        lambda path: path.is_file() and path.name.endswith(".releases.json"),
        "ledger",
        lambda path: _table(path)["format"],
    ),
    (lambda path: path.is_file() and path.suffix in (".public-key", ".secret-key"), "key file", _key_version),
    (lambda path: path.is_file() and path.suffix == ".project", "project of open answers", _project_version),
    (
        lambda path: path.is_file() and zipfile.is_zipfile(path),
        "archive, with its list of withdrawals",
        _archive_version,
    ),
)
