"""Files of the study that change at this desk: read, replaced by one rename so that none is ever half there, and kept
as they were in the workbench's own folder. What git knows of the study's folder is left to git."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.locks import BusyError, exclusive_lock
from kuule.core.problems import Problem, WorkbenchError
from kuule.core.regular_files import is_named_as_file, read_regular_file
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.study_desk.disk_trouble import disk_trouble

EARLIER = "earlier"
"""The folder of what a file was, in the folder that keeps it."""
_DIGITS = 32
_MOST_EARLIER = 100
_PATIENCE = 10.0
_EARLIER_NAME = re.compile(rf"(\d{{8}}T\d{{6}})-([0-9a-f]{{{_DIGITS}}})\.[a-z]{{1,5}}")


@dataclass(frozen=True, slots=True)
class StudyFile:
    """A file of the study by its name and its content."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """What names this content; "" where there is none."""
        return hashlib.sha256(self.content).hexdigest()[:_DIGITS] if self.content else ""

    @property
    def ending(self) -> str:
        return Path(self.name).suffix


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """What a file of the study was, and until when."""

    path: Path
    digest: str
    until: datetime

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def read_study_file(site: WorkbenchSite, name: str) -> StudyFile:
    """The file as it is; without any content if there is none. Raises StudyError STUDY_013 for what is no ordinary
    file."""
    path = site.study_folder / name
    return StudyFile(name, read_regular_file(path) if is_named_as_file(path) else b"")


def replace_study_file(site: WorkbenchSite, new: StudyFile, *, kept: str, seen: str) -> bool:
    """Make this the study's file of that name, and keep the one before in the folder `kept` of the workbench's own.
    False if the one that is there is not the one that was `seen`: then nothing changes. Raises WorkbenchError
    WORKBENCH_022 if others write for too long, WORKBENCH_010 if it cannot be written."""
    held = site.data / kept / ".form.held"
    try:
        with disk_trouble(new.name):
            held.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with exclusive_lock(held, patience=_PATIENCE):
                return _replace(site, new, kept, seen)
    except BusyError:
        cause, remedy = "somebody else is writing it at this moment", "try again in a minute; nothing was changed"
        raise WorkbenchError(Problem("WORKBENCH_022", new.name, cause, remedy)) from None


def put_back(site: WorkbenchSite, before: StudyFile, *, kept: str, seen: str) -> None:
    """Undo a replacement: the file is what it was `before`, if it is still the one that was `seen`."""
    if before.content:
        replace_study_file(site, before, kept=kept, seen=seen)
    elif read_study_file(site, before.name).digest == seen:
        (site.study_folder / before.name).unlink()


def earlier_files(site: WorkbenchSite, kept: str) -> tuple[EarlierFile, ...]:
    """What the file was whose earlier contents are in the folder `kept`, the latest first."""
    return tuple(sorted(_earlier(site.data / kept / EARLIER), key=lambda one: one.until, reverse=True))


def find_earlier_file(site: WorkbenchSite, kept: str, digest: str) -> EarlierFile | None:
    """The one of this content."""
    return next((one for one in earlier_files(site, kept) if one.digest == digest), None)


def _replace(site: WorkbenchSite, new: StudyFile, kept: str, seen: str) -> bool:
    present = read_study_file(site, new.name)
    if present.digest != seen:
        return False
    if present.content:
        _keep_earlier(site, present, kept)
    target = site.study_folder / new.name
    mode = stat.S_IMODE(target.stat().st_mode) if present.content else None
    write_atomically(target, new.content, mode=mode)
    return True


def _keep_earlier(site: WorkbenchSite, present: StudyFile, kept: str) -> None:
    folder = site.data / kept / EARLIER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{site.clock():%Y%m%dT%H%M%S}-{present.digest}{present.ending}"
    write_atomically(folder / name, present.content, mode=0o600)
    for old in earlier_files(site, kept)[_MOST_EARLIER:]:
        old.path.unlink(missing_ok=True)


def _earlier(folder: Path) -> Iterator[EarlierFile]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if match := _EARLIER_NAME.fullmatch(path.name):
            until = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            yield EarlierFile(path, match[2], until)
