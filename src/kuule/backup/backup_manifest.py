"""What a backup says of itself: its day, its study, the tables of the store and the files in it, each with its hash."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from kuule.core.files import json_bytes

FORMAT = "kuule-backup"
VERSION = 1
FOLDERS = ("editions", "study", "workbench")
"""The folders that a backup may have, each the first part of a file's name."""
_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_STUDY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LONGEST_PATH = 1024


class UnreadableManifest(ValueError):
    """These bytes are no manifest of a backup."""


class NewerBackup(Exception):
    """The backup was written by a newer version."""


@dataclass(frozen=True, slots=True)
class BackedUpTable:
    """A table of the store: its columns in the order of their values, how many rows, and the hash of all rows."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackedUpStore:
    """The tables, and the migration up to which the store had come."""

    migration: str
    audience: str
    tables: tuple[BackedUpTable, ...]

    def rows_of(self, table: str) -> int:
        """How many rows a table has; 0 if it is not there."""
        return sum(one.rows for one in self.tables if one.name == table)


@dataclass(frozen=True, slots=True)
class BackedUpFile:
    """A file: how many bytes it has, and their hash."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """`files` are by name, whose first part is one of FOLDERS."""

    study: str
    day: date
    rehearsal: bool
    store: BackedUpStore | None
    files: Mapping[str, BackedUpFile] = field(default_factory=dict)

    def rows_of(self, table: str) -> int:
        """How many rows a table of the store has; 0 if it is not in it."""
        return self.store.rows_of(table) if self.store is not None else 0

    def files_in(self, folder: str) -> int:
        """How many files are in one of FOLDERS."""
        return sum(name.startswith(f"{folder}/") for name in self.files)

    @property
    def editions(self) -> tuple[str, ...]:
        """The ids of the editions in it."""
        return tuple(sorted({name.split("/")[1] for name in self.files if name.startswith("editions/")}))

    def to_bytes(self) -> bytes:
        """JSON, as it is in the file."""
        store = self.store and {
            "migration": self.store.migration,
            "audience": self.store.audience,
            "tables": [
                {"name": one.name, "columns": list(one.columns), "rows": one.rows, "sha256": one.sha256}
                for one in self.store.tables
            ],
        }
        return json_bytes(
            {
                "format": FORMAT,
                "version": VERSION,
                "study": self.study,
                "day": self.day.isoformat(),
                "rehearsal": self.rehearsal,
                "store": store,
                "files": {name: {"bytes": one.size, "sha256": one.sha256} for name, one in sorted(self.files.items())},
            }
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> BackupManifest:
        """The reverse of `to_bytes`. Raises UnreadableManifest, and NewerBackup with the version."""
        try:
            found = json.loads(content)
            if found["format"] != FORMAT:
                raise UnreadableManifest
            if found["version"] != VERSION:
                raise NewerBackup(found["version"])
            store = found["store"]
            return cls(
                study=_matching(_STUDY, found["study"]),
                day=date.fromisoformat(found["day"]),
                rehearsal=found["rehearsal"] is True,
                store=None if store is None else _store(store),
                files={_path(name): _file(one) for name, one in found["files"].items()},
            )
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
            raise UnreadableManifest from error


def _store(found: Mapping[str, Any]) -> BackedUpStore:
    tables = tuple(
        BackedUpTable(
            _matching(_NAME, one["name"]),
            tuple(_matching(_NAME, column) for column in one["columns"]),
            _count(one["rows"]),
            _matching(_HASH, one["sha256"]),
        )
        for one in found["tables"]
    )
    if len({one.name for one in tables}) != len(tables) or not all(one.columns for one in tables):
        raise UnreadableManifest
    return BackedUpStore(_matching(re.compile(r"[0-9]{4}_[a-z0-9_]+"), found["migration"]), _audience(found), tables)


def _audience(found: Mapping[str, Any]) -> str:
    return str(found["audience"]) and _matching(_NAME, found["audience"])


def _file(found: Mapping[str, Any]) -> BackedUpFile:
    return BackedUpFile(_count(found["bytes"]), _matching(_HASH, found["sha256"]))


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UnreadableManifest
    return value


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or pattern.fullmatch(value) is None:
        raise UnreadableManifest
    return value


def _path(name: str) -> str:
    """The name of a file, if it leads into one of the folders and nowhere else."""
    path = PurePosixPath(name)
    outside = path.is_absolute() or ".." in path.parts or str(path) != name or "\\" in name or not name.isprintable()
    if outside or len(path.parts) < 2 or path.parts[0] not in FOLDERS or len(name) > _LONGEST_PATH:
        raise UnreadableManifest
    return name
