"""What changes whenever a file of the study does."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kuule.workbench.file_stamps import FileStamp, file_stamp


def study_stamp(folder: Path) -> FileStamp:
    """Of every file of the study but hidden ones, such as those of git. A folder that is away for a moment, as while
    another takes its place, has none; what reads the study says then that it is not there."""
    try:
        names = [one.name for one in folder.iterdir()]
    except OSError:
        names = []
    return file_stamp(folder, sorted(one for one in names if not one.startswith(".")))


def study_digest(folder: Path) -> str:
    """The same, short enough for a field of a form."""
    return hashlib.sha256(repr(study_stamp(folder)).encode()).hexdigest()[:16]
