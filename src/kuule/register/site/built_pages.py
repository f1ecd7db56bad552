"""The folder that a register's pages go into: which files in it are ours, and what becomes of those that are gone.

A list in the folder names the files that a build made. The next build replaces these and no others, and removes those
that it no longer makes; what somebody else put there stays as it is.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kuule.core.files import write_atomically
from kuule.core.folders import create_unfinished_folder
from kuule.core.problems import Problem
from kuule.register.format_numbers import BUILT_PAGES_FORMAT
from kuule.register.reading.yaml_documents import RegisterError

LIST_FILE = ".kuule-register-site.json"
"""The names of the files that are ours, in the folder itself."""


@dataclass(frozen=True, slots=True)
class BuiltPages:
    """The files that a build made, and those of an earlier one that it removed."""

    written: tuple[Path, ...]
    removed: tuple[Path, ...]


@contextmanager
def site_draft(to: Path) -> Iterator[Path]:
    """A folder beside `to` to write a site into. It is removed at the end; what is wanted of it is moved by
    `move_into_place` before that."""
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = create_unfinished_folder(to)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def own_files(to: Path, list_file: str = LIST_FILE) -> frozenset[str]:
    """The files of an earlier build, as names within the folder; `list_file` is that of another kind of site. Raises
    RegisterError REGISTER_032 where something else is there."""
    if not to.exists() and not to.is_symlink():
        return frozenset()
    if not to.is_dir():
        raise RegisterError(_not_ours(to, "is no folder"))
    listed = to / list_file
    if not listed.is_file():
        if any(to.iterdir()):
            raise RegisterError(_not_ours(to, f"has files in it, and no {list_file} that would say which are pages"))
        return frozenset()
    try:
        return frozenset(_names(json.loads(listed.read_text("utf-8"))))
    except (ValueError, KeyError, TypeError):
        raise RegisterError(_not_ours(to, f"has a {list_file} that Kuule did not write so")) from None


def _names(content: object) -> Iterator[str]:
    if not isinstance(content, dict) or content["format"] != BUILT_PAGES_FORMAT:
        raise ValueError("another format")
    for name in content["files"]:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError("a name that lies outside")
        yield name


def _not_ours(to: Path, cause: str) -> Problem:
    remedy = "give a new or an empty folder; nothing was written, and nothing there was changed"
    return Problem("REGISTER_032", str(to), cause, remedy)


def move_into_place(draft: Path, to: Path, names: Iterable[str], list_file: str = LIST_FILE) -> BuiltPages:
    """Replace the site in `to` by the files `names` of the draft, and remove what an earlier build made and this one
    did not. Raises RegisterError REGISTER_032, and REGISTER_033 where a file of somebody else has one of these
    names."""
    owned, made = own_files(to, list_file), tuple(dict.fromkeys(names))
    taken = [name for name in made if name not in owned and _is_taken(to / name)]
    if taken:
        raise RegisterError(*(_taken(to / name) for name in taken))
    to.mkdir(exist_ok=True)
    _write_list(to / list_file, owned | set(made))
    for name in made:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (draft / name).replace(to / name)
    removed = tuple(sorted(_removed(to, owned - set(made))))
    _write_list(to / list_file, made)
    return BuiltPages(tuple(to / name for name in made), removed)


def _is_taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _taken(path: Path) -> Problem:
    cause = "a page would have this name, and the file that is there was not made by an earlier build"
    return Problem("REGISTER_033", str(path), cause, "move the file away, or give another folder; nothing was written")


def _write_list(file: Path, names: Iterable[str]) -> None:
    content = {"format": BUILT_PAGES_FORMAT, "files": sorted(names)}
    write_atomically(file, json.dumps(content, indent=1).encode() + b"\n")


def _removed(to: Path, names: Iterable[str]) -> Iterator[Path]:
    """Remove files within the folder, and the folders that are empty after that."""
    root = to.resolve()
    for name in names:
        path = to / name
        if not path.parent.resolve().is_relative_to(root) or not (path.is_file() or path.is_symlink()):
            continue
        path.unlink()
        yield path
        for folder in path.parents:
            if folder == to or any(folder.iterdir()):
                break
            folder.rmdir()
