"""The files of an edition as bytes: which there may be, their hashes, and what is said when one does not read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from kuule.errors import KuuleError, Problem, StudyError

MANIFEST = "edition.json"
NAMES = ("form.xml", "public.key", "rehearsal.json", "report.md", "study.json", "support.json")
"""Besides the manifest and `texts/<tag>.json`, an edition has these files and no others."""

LARGEST_FILE = 32 * 1024 * 1024
_TEXTS = re.compile(r"texts/[A-Za-z0-9-]{1,64}\.json")
_AGAIN = "take a fresh copy of the edition, or freeze the study again"
Content = TypeVar("Content")


def edition_files(path: Path) -> Mapping[str, bytes]:
    """Every file of an edition's folder by its name in it, with `/`. Raises StudyError EDITION_001 or EDITION_004."""
    if not (path / MANIFEST).is_file():
        cause = "there is no edition.json in it"
        raise StudyError(Problem("EDITION_001", str(path), cause, "give the folder that `kuule freeze` made"))
    files: dict[str, bytes] = {}
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path).as_posix()
        if file.is_symlink() or (file.is_dir() and name != "texts"):
            raise StudyError(_unlisted(name))
        if file.is_file():
            files[name] = _read(file, name)
    return files


def _read(file: Path, name: str) -> bytes:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise StudyError(Problem("EDITION_006", name, "it is larger than any edition's file", _AGAIN))
        return file.read_bytes()
    except OSError as error:
        raise StudyError(Problem("EDITION_003", name, f"it cannot be read ({error.strerror})", _AGAIN)) from None


def verified(files: Mapping[str, bytes], known_format: int) -> Mapping[str, object]:
    """The manifest, once every file is there, listed and unchanged. Raises StudyError with all that is wrong."""
    manifest = _manifest(files)
    if manifest.get("format") != known_format:
        cause = f"its format is {manifest.get('format')!r}, and this version knows {known_format}"
        raise StudyError(Problem("EDITION_002", MANIFEST, cause, "use the version of Kuule that made it"))
    hashes = manifest.get("files")
    if not isinstance(hashes, dict):
        raise StudyError(_damaged("it does not list its files"))
    strange = [name for name in hashes if name not in NAMES and not _TEXTS.fullmatch(name)]
    problems = [_unlisted(name) for name in sorted({*files, *strange}) if name != MANIFEST and name not in hashes]
    problems += [_unlisted(name) for name in strange]
    for name in sorted({*hashes, *NAMES}):
        if name not in files:
            problems.append(Problem("EDITION_003", name, "this file is missing", _AGAIN))
        elif name in hashes and sha256(files[name]).hexdigest() != hashes[name]:
            problems.append(Problem("EDITION_005", name, "this file was changed after the freeze", _AGAIN))
    if problems:
        raise StudyError(*problems)
    return manifest


def _manifest(files: Mapping[str, bytes]) -> Mapping[str, object]:
    if MANIFEST not in files:
        raise StudyError(_damaged("it is missing"))
    try:
        manifest = json.loads(files[MANIFEST])
    except (ValueError, RecursionError):
        raise StudyError(_damaged("it is not JSON")) from None
    if not isinstance(manifest, dict):
        raise StudyError(_damaged("it is not a table"))
    return manifest


def _damaged(cause: str) -> Problem:
    return Problem("EDITION_001", MANIFEST, cause, _AGAIN)


def _unlisted(name: str) -> Problem:
    return Problem("EDITION_004", name, "this file does not belong to the edition", "take it out of the folder")


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """Reads verified files. One that is as it was frozen and still does not read gives EDITION_006."""

    files: Mapping[str, bytes]

    def read(self, name: str, reader: Callable[[str], Content]) -> Content:
        """What `reader` makes of a file's text."""
        if name not in self.files:
            raise StudyError(Problem("EDITION_003", name, "this file is missing", _AGAIN))
        try:
            return reader(self.files[name].decode())
        except KuuleError as error:
            cause = "; ".join(problem.cause for problem in error.problems)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            cause = str(error) or type(error).__name__
        raise StudyError(Problem("EDITION_006", name, f"it does not read: {cause}", _AGAIN))
