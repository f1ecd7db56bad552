"""What would change on a machine: each file that is wanted beside the one that is there."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kuule.core.problems import KuuleError, Problem
from kuule.deployment.file_record import FileRecord
from kuule.deployment.host_files import HostFile


class FileChangeKind(StrEnum):
    """What becomes of one file."""

    NEW = "new"
    CHANGED = "changed"
    REPLACED = "replaced"
    """Somebody else wrote what is there, or changed it by hand: the old one is kept beside the new one."""
    AS_IT_IS = "as it is"
    REMOVED = "removed"
    """It was written before, and is not needed any more."""
    LEFT_BEHIND = "left behind"
    """It is not needed any more, but was changed by hand."""


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """What becomes of one file. `before` is what is there now, None where nothing is; `kept_as` is the path at which
    the old one is kept."""

    file: HostFile
    kind: FileChangeKind
    before: bytes | None = None
    kept_as: str = ""

    @property
    def is_written(self) -> bool:
        """Whether anything happens to the file."""
        return self.kind not in (FileChangeKind.AS_IT_IS, FileChangeKind.LEFT_BEHIND)

    def difference(self) -> list[str]:
        """The unified difference, without what is the same; nothing of a new file, which can be read as a whole."""
        if self.before is None or not self.is_written or self.file.is_link:
            return []
        old = self.before.decode("utf-8", "replace").splitlines()
        new = [] if self.kind is FileChangeKind.REMOVED else self.file.text.splitlines()
        names = (f"{self.file.path} (now)", f"{self.file.path} (then)")
        return list(difflib.unified_diff(old, new, *names, lineterm="", n=1))


def planned_changes(wanted: Sequence[HostFile], record: FileRecord, root: Path) -> tuple[PlannedChange, ...]:
    """What becomes of every file that is wanted, or was written before. Raises KuuleError DEPLOY_005 where a path leads
    elsewhere or cannot be read."""
    named = {file.path for file in wanted}
    return (
        *(_change(file, record, root) for file in wanted),
        *(_no_longer(path, record, root) for path in sorted(set(record.files) - named)),
    )


def place_of(path: str, root: Path) -> Path:
    """Where a path of the machine is below `root`. Raises KuuleError DEPLOY_005 if a link leads out of it."""
    place = root / path.lstrip("/")
    if not place.parent.resolve().is_relative_to(root.resolve()):
        raise _in_the_way(path, f"a link leads it out of {root}", "take the link away")
    return place


def _change(file: HostFile, record: FileRecord, root: Path) -> PlannedChange:
    place = place_of(file.path, root)
    before = _read(place, file.path, is_link=file.is_link)
    wanted = file.text.encode()
    if before is None:
        return PlannedChange(file, FileChangeKind.NEW)
    if before == wanted:
        return PlannedChange(file, FileChangeKind.AS_IT_IS, before)
    if file.is_link or record.has_written(file.path, before):
        return PlannedChange(file, FileChangeKind.CHANGED, before)
    return PlannedChange(file, FileChangeKind.REPLACED, before, _kept_name(place, file.path, before))


def _no_longer(path: str, record: FileRecord, root: Path) -> PlannedChange:
    place = place_of(path, root)
    is_link = place.is_symlink()
    before = _read(place, path, is_link=is_link)
    # one that is gone already may be of a run that was stopped before it ended the service
    ours = before is None or record.has_written(path, before)
    kind = FileChangeKind.REMOVED if ours else FileChangeKind.LEFT_BEHIND
    return PlannedChange(HostFile(path, "", "not needed any more", is_link=is_link), kind, before)


def _read(place: Path, path: str, *, is_link: bool) -> bytes | None:
    """What is there: of a link, where it leads."""
    try:
        if is_link and place.is_symlink():
            return str(place.readlink()).encode()
        if place.is_symlink() or (place.exists() and not place.is_file()) or (is_link and place.exists()):
            raise _in_the_way(path, "something else is there, not a file", "look at it, and move it away")
        return place.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _in_the_way(path, f"it cannot be read ({error.strerror})", "run the command with sudo") from None


def _kept_name(place: Path, path: str, before: bytes) -> str:
    """Where the old one is kept: the first name that is free, or that already has it since an earlier run."""
    number = 1
    while True:
        kept = place.with_name(f"{place.name}.kept-{number}")
        if not kept.exists() or kept.read_bytes() == before:
            return f"{path}.kept-{number}"
        number += 1


def _in_the_way(path: str, cause: str, remedy: str) -> KuuleError:
    return KuuleError(Problem("DEPLOY_005", path, cause, remedy))
