"""A copy of a study's folder in which one file is another: to look at what the study would be with it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kuule.core.problems import StudyError
from kuule.core.regular_files import MAX_TEXT_BYTES
from kuule.study.folder.study_folder import FORM_FILES
from kuule.study.settings.study_toml import read_settings


@contextmanager
def study_with_file(study: Path, content: bytes, name: str) -> Iterator[Path]:
    """A copy of the study with another file of this name, until the block ends. A questionnaire takes the place of the
    one that is there, whichever its name. The copy lies as deep as the study does, so that the way to a register beside
    it is the same."""
    replaced = FORM_FILES if name in FORM_FILES else (name,)
    with TemporaryDirectory() as place:
        folder = Path(place, *study.resolve().parts[1:])
        apart = shutil.ignore_patterns(".*", *replaced)
        shutil.copytree(study, folder, ignore=apart, copy_function=_copy, ignore_dangling_symlinks=True)
        (folder / name).write_bytes(content)
        _link_register(study, folder, Path(place))
        yield folder


def _copy(source: str, to: str) -> None:
    """Copy a file. What is none, or is larger than any, becomes a link: the copy has the study's problem, and a device
    that never ends is not copied."""
    status = Path(source).stat()
    if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_TEXT_BYTES:
        shutil.copy2(source, to)
    else:
        Path(to).symlink_to(Path(source).absolute())


def _link_register(study: Path, folder: Path, place: Path) -> None:
    try:
        named = read_settings(study).help.register
    except StudyError:
        return  # whoever reads the copy says why
    there = Path(os.path.normpath(folder / named))
    if named and (study / named).is_dir() and there.is_relative_to(place) and not there.exists():
        there.parent.mkdir(parents=True, exist_ok=True)
        there.symlink_to((study / named).resolve())
