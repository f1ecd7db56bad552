"""What a desk needs before it opens: which project it is of, that nobody else can read it, and help for its readers."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

from kuule.core.problems import KuuleError, Problem
from kuule.core.shell_paths import shell_path
from kuule.helplines.directory import built_in_directory, merge_directories, read_support_file
from kuule.helplines.service import INTERNATIONAL, Service, ServiceKind

SUPPORT_FILE = "support.csv"
_FOR_READERS = (ServiceKind.SURVIVOR, ServiceKind.CRISIS, ServiceKind.VICTIM)


class DeskOpeningError(KuuleError):
    """The desk does not open."""


def desk_project(path: Path) -> tuple[Path, Path | None]:
    """The project that somebody means, and the dataset if they gave that: its project is beside it and is called as it
    is, with `.project`. Raises DeskOpeningError DESK_003 if there is none."""
    if not path.is_dir():
        return path, None
    project = path.resolve().with_name(f"{path.resolve().name}.project")
    if not project.is_file():
        begin = f"kuule project new {shell_path(path)} --to {shell_path(project)} --as ROLE"
        remedy = f"{begin}, or give the file of the project"
        raise _opening_error("DESK_003", path, f"there is no project beside it ({project.name})", remedy)
    return project, path


def check_nobody_else_reads(path: Path) -> None:
    """Raise DeskOpeningError DESK_002 if other users of this machine can read a file or look into a folder."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        kept = "700" if path.is_dir() else "600"
        raise _opening_error("DESK_002", path, "other users of this machine can read it", f"chmod {kept} {path}")


def help_for_readers(study: Path | None, country: str, *, today: date) -> tuple[Service, ...]:
    """The services that a reader is shown: of a country and of none, from a study's list of help and the built-in one.
    What nobody has checked is among them and says so. Raises what `read_support_file` raises."""
    directory = built_in_directory()
    if study is not None and (study / SUPPORT_FILE).is_file():
        directory = merge_directories(directory, read_support_file(study / SUPPORT_FILE))
    directory = directory.of_kinds(_FOR_READERS)
    wanted = [place for place in (country.upper(), INTERNATIONAL) if place]
    return tuple(one for place in wanted for one in directory.for_country(place, drafts=True, today=today))


def _opening_error(code: str, path: Path, cause: str, remedy: str) -> DeskOpeningError:
    return DeskOpeningError(Problem(code, str(path), cause, remedy))
