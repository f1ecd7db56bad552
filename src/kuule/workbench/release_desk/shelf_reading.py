"""Reading the folder of releases without trust: what cannot be read, is too large, is a link or is of another study
becomes a problem with a code, and keeps no other release from being read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, WorkbenchError
from kuule.releases.lineage import lineage_problems, version_order
from kuule.releases.release_folder import EVERY_FILE, RELEASE_FILES, ReleaseFolder, read_release
from kuule.workbench.errands.problem_tables import without_place
from kuule.workbench.release_desk.shelved_release import ShelvedRelease, shelved_release

MOST_BYTES = 16 * 1024 * 1024
"""The most bytes of a release that is shown here. One of 49 tables in 30 languages has 1.4 million."""
MOST_FOLDERS = 100
_ELSEWHERE = "look at it with kuule release show on another machine"


@dataclass(frozen=True, slots=True)
class ReadShelf:
    """The releases, the newest first, and what is wrong with other folders or between them."""

    releases: tuple[ShelvedRelease, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Reading:
    study: str
    today: date
    shelved: dict[str, ShelvedRelease] = field(default_factory=dict)
    read: list[ReleaseFolder] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_shelf(folder: Path, *, study: str, today: date) -> ReadShelf:
    """The releases of a study in the folders of a folder. Raises WorkbenchError WORKBENCH_014 if it has no list."""
    reading = _Reading(study, today)
    names = list(release_folder_names(folder))
    for name in names[:MOST_FOLDERS]:
        try:
            _read_one(folder / name, reading)
        except KuuleError as error:
            reading.problems += (_at_shelf(one, folder, name) for one in error.problems)
    if len(names) > MOST_FOLDERS:
        cause = f"there are more than {MOST_FOLDERS} folders; the rest is not shown"
        reading.problems.append(Problem("WORKBENCH_015", folder.name, cause, "move releases that are out elsewhere"))
    reading.problems += (_at_shelf(one, folder) for one in lineage_problems(reading.read))
    newest_first = sorted(
        reading.shelved.values(), key=lambda one: (version_order(one.version), one.day, one.folder), reverse=True
    )
    local = (replace(one, problems=tuple(_at_shelf(each, folder) for each in one.problems)) for one in newest_first)
    return ReadShelf(tuple(local), tuple(reading.problems))


def release_folder_names(folder: Path) -> Iterator[str]:
    """The names of what is in the folder and looks like a release or like a link, sorted. A folder that is being
    written under a name with a dot is none yet. Raises WorkbenchError WORKBENCH_014."""
    try:
        with os.scandir(folder) as entries:
            found = [one.name for one in entries if not one.name.startswith(".") and _may_be_release(one)]
    except OSError as error:
        cause = f"it cannot be listed ({(error.strerror or 'unknown').lower()})"
        remedy = "see that the folder is there, and to its rights"
        raise WorkbenchError(Problem("WORKBENCH_014", "--releases", cause, remedy)) from None
    yield from sorted(found)


def read_shelved(path: Path) -> ReleaseFolder:
    """Read one release of the shelf. Raises PublishingError RELEASE_001 to RELEASE_005, and WorkbenchError
    WORKBENCH_015 for a link and for one that is too large."""
    if path.is_symlink():
        raise _refused(path, "it is a link", "put the folder itself there")
    size = 0
    for name in EVERY_FILE:
        try:
            size += (path / name).lstat().st_size
        except OSError:
            continue  # `read_release` says what is wrong with it
    if size > MOST_BYTES:
        raise _refused(path, f"its files have {size:,} bytes, and {MOST_BYTES:,} are shown here at most", _ELSEWHERE)
    try:
        return read_release(path)
    except (MemoryError, RecursionError):
        raise _refused(path, "it takes more memory than it is given here", _ELSEWHERE) from None


def _read_one(path: Path, reading: _Reading) -> None:
    found = read_shelved(path)
    if found.release.study != reading.study:
        cause = f"it is of the study {found.release.study[:60]!r}"
        raise _refused(path, cause, "show it at the workbench of that study")
    if (same := reading.shelved.get(found.content)) is not None:
        raise _refused(path, f"it is the same release as {same.folder}", "keep the one that has all approvals")
    reading.shelved[found.content] = shelved_release(found, today=reading.today)
    # What lineage is about is kept, and not the tables of each.
    reading.read.append(
        replace(found, release=replace(found.release, tables=(), wordings={}, languages={}, text="", quotes=()))
    )


def _may_be_release(entry: os.DirEntry[str]) -> bool:
    if entry.is_symlink():
        return True
    path = Path(entry.path)
    return entry.is_dir(follow_symlinks=False) and any(os.path.lexists(path / name) for name in RELEASE_FILES)


def _refused(path: Path, cause: str, remedy: str) -> WorkbenchError:
    return WorkbenchError(Problem("WORKBENCH_015", path.name, cause, remedy))


def _at_shelf(problem: Problem, folder: Path, name: str = "") -> Problem:
    """The problem as the page of `folder` says it, with the name of the release that it is about."""
    said = without_place(problem, (folder,))
    return said if name in ("", said.place) else replace(said, place=f"{name}, {said.place}")
