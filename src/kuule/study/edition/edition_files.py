"""The files of an edition as bytes: which ones may exist, their hashes, and the errors when one cannot be read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from kuule.core.problems import KuuleError, Problem, StudyError
from kuule.study.media.medium import hash_in_media_name, parse_media_name

MANIFEST = "edition.json"
REQUIRED_FILES = ("form.xml", "public.key", "rehearsal.json", "report.md", "study.json", "support.json")
REPORT_RULES_FILE = "report-deadlines.json"
OPTIONAL_FILES = ("analysis.toml", REPORT_RULES_FILE)
"""Besides the manifest, `texts/<tag>.json`, `words/<tag>.json`, `hyphens/<tag>.json`, `report/<tag>.json` and the files
in `media/`, an edition has these files and no others. The optional ones are there if the study has them."""
EDITION_FOLDERS = ("hyphens", "media", "report", "texts", "words")

MAX_FILE_BYTES = 32 * 1024 * 1024
_TEXTS = re.compile(r"(?:texts|words|hyphens|report)/[A-Za-z0-9-]{1,64}\.json")
_AGAIN = "take a fresh copy of the edition, or freeze the study again"
Content = TypeVar("Content")


class _Folder(Mapping[str, bytes]):
    """The files of a folder. Pictures and sounds are read each time they are needed, because they can be many
    megabytes. All others are kept in memory, so that what is used is what was verified."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self.__path = path
        self.__held = {name: _read(path / name, name) for name in names if parse_media_name(name) is None}
        self.__names = names

    def __getitem__(self, name: str) -> bytes:
        if name in self.__held:
            return self.__held[name]
        if name not in self.__names:
            raise KeyError(name)
        return _read(self.__path / name, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.__names)

    def __len__(self) -> int:
        return len(self.__names)


def read_edition_files(path: Path) -> Mapping[str, bytes]:
    """All files in the folder of an edition, by path with `/`. Raises StudyError EDITION_001 or EDITION_004."""
    if not (path / MANIFEST).is_file():
        cause = "there is no edition.json in it"
        raise StudyError(Problem("EDITION_001", str(path), cause, "give the folder that `kuule freeze` made"))
    names: list[str] = []
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path).as_posix()
        if file.is_symlink() or (file.is_dir() and name not in EDITION_FOLDERS):
            raise StudyError(_unlisted(name))
        if file.is_file():
            names.append(name)
    return _Folder(path, names)


def _read(file: Path, name: str) -> bytes:
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise StudyError(Problem("EDITION_006", name, "it is larger than any edition's file", _AGAIN))
        return file.read_bytes()
    except OSError as error:
        raise StudyError(Problem("EDITION_003", name, f"it cannot be read ({error.strerror})", _AGAIN)) from None


def files_without_media(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files without pictures and sounds. An archive takes these along: it is opened without media."""
    return {name: files[name] for name in files if parse_media_name(name) is None}


def verify_files(
    files: Mapping[str, bytes], known_formats: Sequence[int], *, with_media: bool = True
) -> Mapping[str, object]:
    """Check that every file is there, listed and unchanged, and return the manifest. Raises StudyError with everything
    that is wrong.

    Not `with_media`: pictures and sounds may be missing (in an archive they are), but those that are there have to be
    right.
    """
    manifest = _manifest(files)
    if manifest.get("format") not in known_formats:
        known = " and ".join(map(str, known_formats))
        cause = f"its format is {manifest.get('format')!r}, and this version knows {known}"
        raise StudyError(Problem("EDITION_002", MANIFEST, cause, "use the version of Kuule that made it"))
    hashes = manifest.get("files")
    if not isinstance(hashes, dict):
        raise StudyError(_damaged("it does not list its files"))
    strange = [name for name, digest in hashes.items() if not _belongs(name, digest)]
    problems = [_unlisted(name) for name in sorted({*files, *strange}) if name != MANIFEST and name not in hashes]
    problems += [_unlisted(name) for name in strange]
    for name in sorted({*hashes, *REQUIRED_FILES}):
        if name not in files:
            if with_media or parse_media_name(name) is None:
                problems.append(Problem("EDITION_003", name, "this file is missing", _AGAIN))
        elif name in hashes and sha256(files[name]).hexdigest() != hashes[name]:
            problems.append(Problem("EDITION_005", name, "this file was changed after the freeze", _AGAIN))
    if problems:
        raise StudyError(*problems)
    return manifest


def _belongs(name: str, digest: object) -> bool:
    """Whether an edition can have a file with this name. A file in `media/` has the hash of its content in its name."""
    if parse_media_name(name) is not None:
        return str(digest).startswith(hash_in_media_name(name))
    return name in (*REQUIRED_FILES, *OPTIONAL_FILES) or _TEXTS.fullmatch(name) is not None


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
    """Reads verified files. A file that is unchanged and still cannot be read raises EDITION_006."""

    files: Mapping[str, bytes]

    def read(self, name: str, reader: Callable[[str], Content]) -> Content:
        """What `reader` makes of a file's text, or of an empty one if the file is optional and missing."""
        if name in OPTIONAL_FILES and name not in self.files:
            return reader("")
        if name not in self.files:
            raise StudyError(Problem("EDITION_003", name, "this file is missing", _AGAIN))
        try:
            return reader(self.files[name].decode())
        except KuuleError as error:
            cause = "; ".join(problem.cause for problem in error.problems)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            cause = str(error) or type(error).__name__
        raise StudyError(Problem("EDITION_006", name, f"it does not read: {cause}", _AGAIN))
